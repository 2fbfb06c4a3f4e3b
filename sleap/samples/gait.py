"""Feet that stand on the ground while the body moves over them.

A foot is planted once a step, where its place of rest will be half-way through the stance, and
swings to the next such place. All of it is computed from the path of the body, without simulation.
"""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def stride_phase(speed: FloatArray, turn: FloatArray, stride: float, reach: float) -> FloatArray:
    """Return how many steps have been made until each frame.

    Args:
        speed: (n_frames,) px per frame.
        turn: (n_frames,) radians per frame.
        stride: Way of the body during one step, px.
        reach: Distance of the feet from the pivot, px: what a turn moves the ground under them.

    Returns:
        (n_frames,) strictly increasing.
    """
    way = np.maximum(speed, np.abs(turn) * reach)
    # A tiny drift keeps the phase invertible through a pause.
    return np.cumsum(way / stride + 1e-5)


def foot_path(
    position: FloatArray,
    heading: FloatArray,
    phase: FloatArray,
    rest: tuple[float, float],
    *,
    offset: float,
    swing: float = 0.4,
) -> FloatArray:
    """Return where one foot is in every frame.

    Args:
        position: (n_frames, 2) px, the pivot of the body.
        heading: (n_frames,) radians, unwrapped.
        phase: (n_frames,) steps made, strictly increasing.
        rest: (forward, left) of the foot at rest relative to the pivot, px.
        offset: Phase of this foot within the step, 0 to 1.
        swing: Fraction of a step that the foot is in the air.

    Returns:
        (n_frames, 2) px.
    """
    steps = phase + offset
    count = np.floor(steps)
    here = _planted(position, heading, phase, rest, count + (1 - swing) / 2 - offset)
    following = _planted(position, heading, phase, rest, count + 1 + (1 - swing) / 2 - offset)
    air = np.clip((steps - count - (1 - swing)) / swing, 0.0, 1.0)
    air = air * air * (3 - 2 * air)
    return here + air[:, None] * (following - here)


def _planted(
    position: FloatArray,
    heading: FloatArray,
    phase: FloatArray,
    rest: tuple[float, float],
    at: FloatArray,
) -> FloatArray:
    """Return where the place of rest is when the phase is ``at``; (n, 2) px."""
    frames = np.arange(len(phase), dtype=np.float64)
    when = np.interp(at, phase, frames)
    x, y = np.interp(when, frames, position[:, 0]), np.interp(when, frames, position[:, 1])
    angle = np.interp(when, frames, heading)
    cos, sin = np.cos(angle), np.sin(angle)
    forward, left = rest
    return np.stack([x + forward * cos + left * sin, y + forward * sin - left * cos], axis=-1)
