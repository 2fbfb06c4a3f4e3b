"""How animals move about: walking, pausing, turning, grooming, following each other.

Each animal is a small state machine whose wishes (a speed and a rate of turning) pass through a
low-pass filter, so that paths are smooth. Walls are avoided; other animals are not, much: crossing
and occlusion are part of what a tracker has to stand.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import define, frozen

FloatArray = npt.NDArray[np.float64]

WALK, PAUSE, TURN, GROOM, FOLLOW = range(5)
# How often each state is chosen next, and how long it lasts (frames, at 30 frames/s).
_CHANCES = (0.40, 0.18, 0.10, 0.14, 0.18)
_DURATIONS = ((35, 130), (20, 80), (8, 22), (40, 110), (50, 150))


@frozen
class Motion:
    """Where the animals are and what they do, frame by frame.

    Attributes:
        position: (n_frames, n_animals, 2) px, the pivot of each body.
        heading: (n_frames, n_animals) radians, unwrapped; the head points to (cos, sin), y down.
        speed: (n_frames, n_animals) px per frame.
        turn: (n_frames, n_animals) radians per frame.
        grooming: (n_frames, n_animals) 0 to 1, how much the animal is grooming.
        courting: (n_frames, n_animals) 0 to 1, how closely it follows another.
    """

    position: FloatArray
    heading: FloatArray
    speed: FloatArray
    turn: FloatArray
    grooming: FloatArray
    courting: FloatArray


@define
class _Animal:
    """The state of one animal at one moment."""

    x: float
    y: float
    heading: float
    length: float
    pace: float
    speed: float = 0.0
    turn: float = 0.0
    grooming: float = 0.0
    courting: float = 0.0
    state: int = PAUSE  # so that the first thing it does is to move
    remaining: int = 0
    wish_speed: float = 0.0
    wish_turn: float = 0.0
    leader: int = -1

    def choose(self, me: int, n_animals: int, rng: np.random.Generator) -> None:
        """Choose what to do next, and for how long."""
        rested = self.state in (PAUSE, GROOM)
        self.state = int(rng.choice(5, p=_CHANCES))
        alone = self.state == FOLLOW and n_animals == 1
        if alone or (rested and self.state in (PAUSE, GROOM)):
            self.state = WALK
        self.remaining = int(rng.integers(*_DURATIONS[self.state]))
        self.wish_speed = self.pace * self.length * float(rng.uniform(0.5, 1.2))
        self.wish_turn = float(rng.uniform(-0.02, 0.02))
        if self.state in (PAUSE, GROOM):
            self.wish_speed = self.wish_turn = 0.0
        elif self.state == TURN:
            self.wish_speed *= 0.35
            self.wish_turn = float(rng.choice((-1.0, 1.0)) * rng.uniform(0.05, 0.12))
        elif self.state == FOLLOW:
            self.leader = int((me + rng.integers(1, n_animals)) % n_animals)

    def wishes(
        self, herd: Sequence["_Animal"], room: tuple[float, float, float]
    ) -> tuple[float, float]:
        """Return the wished speed (px/frame) and turning rate (radians/frame)."""
        speed, turn = self.wish_speed, self.wish_turn
        if self.state == FOLLOW:
            leader = herd[self.leader]
            dx = leader.x - 0.95 * self.length * math.cos(leader.heading) - self.x
            dy = leader.y - 0.95 * self.length * math.sin(leader.heading) - self.y
            turn = _limit(0.12 * _wrap(math.atan2(dy, dx) - self.heading), 0.1)
            speed = min(math.hypot(dx, dy) / 9.0, 1.3 * self.pace * self.length)
        width, height, margin = room
        ahead_x = self.x + self.length * math.cos(self.heading)
        ahead_y = self.y + self.length * math.sin(self.heading)
        out_x = max(margin - ahead_x, ahead_x - (width - 1 - margin), 0.0)
        out_y = max(margin - ahead_y, ahead_y - (height - 1 - margin), 0.0)
        out = max(out_x, out_y) / self.length
        if out > 0 and speed > 0:
            to_centre = math.atan2((height - 1) / 2 - self.y, (width - 1) / 2 - self.x)
            side = math.copysign(1.0, _wrap(to_centre - self.heading))
            turn += side * 0.13 * min(1.0, out * 1.6)
            speed *= 1.0 - 0.6 * min(1.0, out)
        return speed, turn

    def step(self, speed: float, turn: float, room: tuple[float, float, float]) -> None:
        """Move by one frame towards the wishes."""
        self.speed += 0.18 * (speed - self.speed)
        self.turn += 0.22 * (turn - self.turn)
        self.heading += self.turn
        width, height, margin = room
        x = self.x + self.speed * math.cos(self.heading)
        y = self.y + self.speed * math.sin(self.heading)
        # An animal that is pushed to the wall glides along it.
        x, y = min(max(x, margin), width - 1 - margin), min(max(y, margin), height - 1 - margin)
        self.speed = min(self.speed, math.hypot(x - self.x, y - self.y) + 0.02 * self.length)
        self.x, self.y = x, y
        self.grooming += 0.16 * ((self.state == GROOM) - self.grooming)
        self.remaining -= 1


def simulate(
    n_frames: int,
    n_animals: int,
    size: tuple[int, int],
    lengths: FloatArray,
    rng: np.random.Generator,
    *,
    margin: float,
    pace: float,
) -> Motion:
    """Let animals behave.

    Args:
        n_frames: How many frames.
        n_animals: How many animals.
        size: (height, width) of the arena, px.
        lengths: (n_animals,) body lengths, px.
        rng: Where all chance comes from.
        margin: How far the pivots stay from the border, in body lengths (less when the arena is
            too small for that).
        pace: Walking speed, body lengths per frame.

    Returns:
        The motion of all animals.
    """
    height, width = size
    edge = min(margin * float(lengths.max()), 0.3 * min(height, width))
    room = (float(width), float(height), edge)
    herd = _place(n_animals, room, lengths, rng, pace)
    jitter = rng.normal(0.0, 0.016, (n_frames, n_animals))
    track = np.empty((n_frames, n_animals, 7))
    for frame in range(n_frames):
        for me, animal in enumerate(herd):
            if animal.remaining <= 0:
                animal.choose(me, n_animals, rng)
            speed, turn = animal.wishes(herd, room)
            turn += _shy(animal, me, herd) + float(jitter[frame, me]) * min(1.0, speed + 0.1)
            animal.step(speed, turn, room)
            near = _nearest(animal, me, herd) < 1.7 * animal.length
            wooing = animal.state == FOLLOW and near
            animal.courting += 0.09 * (wooing - animal.courting)
            track[frame, me] = (
                *(animal.x, animal.y, animal.heading, animal.speed, animal.turn),
                *(animal.grooming, animal.courting),
            )
    return Motion(track[..., :2].copy(), *(track[..., k].copy() for k in range(2, 7)))


def _place(
    n_animals: int,
    room: tuple[float, float, float],
    lengths: FloatArray,
    rng: np.random.Generator,
    pace: float,
) -> list[_Animal]:
    """Put the animals down, apart from each other where there is room."""
    width, height, edge = room
    herd: list[_Animal] = []
    for me in range(n_animals):
        spot, best = (width / 2, height / 2), -1.0
        for _ in range(12):
            x, y = rng.uniform(edge, width - 1 - edge), rng.uniform(edge, height - 1 - edge)
            gap = min((math.hypot(x - a.x, y - a.y) for a in herd), default=math.inf)
            if gap > best:
                spot, best = (float(x), float(y)), gap
        own_pace = pace * float(rng.uniform(0.85, 1.15))
        heading = float(rng.uniform(-math.pi, math.pi))
        herd.append(_Animal(*spot, heading, float(lengths[me]), own_pace))
    return herd


def _nearest(animal: _Animal, me: int, herd: Sequence[_Animal]) -> float:
    """Return the distance to the nearest other animal, px."""
    gaps = (math.hypot(a.x - animal.x, a.y - animal.y) for k, a in enumerate(herd) if k != me)
    return min(gaps, default=math.inf)


def _shy(animal: _Animal, me: int, herd: Sequence[_Animal]) -> float:
    """Return a turn away from whoever is too close; nobody rests on top of another."""
    turn = 0.0
    for k, other in enumerate(herd):
        gap = math.hypot(other.x - animal.x, other.y - animal.y)
        if k == me or gap > 0.7 * animal.length:
            continue
        side = _wrap(math.atan2(other.y - animal.y, other.x - animal.x) - animal.heading)
        turn -= 0.03 * math.copysign(1.0, side) * (abs(side) < 2.0)
        if animal.state != WALK:
            animal.state, animal.remaining = WALK, 25
            animal.wish_speed, animal.wish_turn = animal.pace * animal.length, 0.0
    return turn


def _wrap(angle: float) -> float:
    """Bring an angle into [-pi, pi)."""
    return (angle + math.pi) % (2 * math.pi) - math.pi


def _limit(value: float, bound: float) -> float:
    """Bring a value into [-bound, bound]."""
    return min(max(value, -bound), bound)
