"""From the pose of one animal to pixels.

An animal is painted into a small patch: limbs first, then the bent body, then what lies on top of
it (wings, ears). The patch is laid over the picture with a shadow below it.
"""

import cv2
import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from sleap.samples.spine import Spine
from sleap.samples.texture import Sprite

FloatArray = npt.NDArray[np.float64]
Float32Array = npt.NDArray[np.float32]

_FINE = 4  # limbs are drawn this much larger and averaged down
_SHIFT = 6  # sub-pixel bits of that drawing

LIGHT = np.array([-0.42, -0.48, 0.77], dtype=np.float32)


@frozen
class Limb:
    """A chain of segments: a leg, an antenna, a tail.

    Attributes:
        path: (n_frames, n_joints, 2) px.
        radii: (n_joints,) px.
        colour: (channels,) 0 to 1.
    """

    path: FloatArray
    radii: FloatArray
    colour: Float32Array


@frozen
class Sheet:
    """A flat part that turns about a hinge: a wing, an ear.

    Attributes:
        hinge: (n_frames, 2) px, where (0, 0) of the sprite lies.
        angle: (n_frames,) radians, the direction of the sprite's s axis.
        scale: Pixels per unit of the sprite.
        sprite: What it looks like.
    """

    hinge: FloatArray
    angle: FloatArray
    scale: float
    sprite: Sprite


@frozen
class Pose:
    """Everything that is drawn of one animal.

    Attributes:
        spine: The bent axis.
        skin: The sprite of the trunk, in body coordinates.
        limbs: What is drawn below the trunk.
        sheets: What is drawn above the trunk.
        gloss: How shiny the skin is.
        extent: (n_frames, n, 2) px; the animal lies within the box of these.
    """

    spine: Spine
    skin: Sprite
    limbs: list[Limb]
    sheets: list[Sheet]
    gloss: float
    extent: FloatArray = field(repr=False)


@frozen
class Patch:
    """A painted animal.

    Attributes:
        origin: (x, y) of its first pixel.
        colour: (height, width, channels) float32, already multiplied by the coverage.
        cover: (height, width) float32, 0 to 1.
    """

    origin: tuple[int, int]
    colour: Float32Array
    cover: Float32Array


def paint(pose: Pose, frame: int, size: tuple[int, int], margin: int) -> Patch | None:
    """Paint one animal.

    Args:
        pose: What to paint.
        frame: Which frame of it.
        size: (height, width) of the picture, px.
        margin: Room around the animal, px.

    Returns:
        The patch, or None when the animal lies outside of the picture.
    """
    corners = pose.extent[frame]
    x0, y0 = np.maximum(np.floor(corners.min(axis=0)).astype(int) - margin, -margin)
    x1 = min(int(np.ceil(corners[:, 0].max())) + margin, size[1] + margin)
    y1 = min(int(np.ceil(corners[:, 1].max())) + margin, size[0] + margin)
    if x1 <= x0 or y1 <= y0:
        return None
    origin, shape = (int(x0), int(y0)), (y1 - int(y0), x1 - int(x0))
    channels = pose.skin.albedo.shape[2]
    colour = np.zeros((*shape, channels), np.float32)
    cover = np.zeros(shape, np.float32)
    for limb in pose.limbs:
        path, thick = limb.path[frame], float(limb.radii.max())
        part, corner = _within(path, thick + 2, origin, shape)
        mask = draw_limb(path, limb.radii, corner, cover[part].shape)
        ridge = np.asarray(cv2.GaussianBlur(mask, (0, 0), max(thick * 0.7, 0.5)), np.float32)
        shaded = limb.colour * (0.55 + 0.6 * ridge)[..., None]
        _over(colour[part], cover[part], shaded, mask)
    part, corner = _within(_outline(pose, frame), 2, origin, shape)
    _over(colour[part], cover[part], *_skin(pose, frame, corner, cover[part].shape))
    for sheet in pose.sheets:
        part, corner = _within(_corners(sheet, frame), 2, origin, shape)
        _over(colour[part], cover[part], *draw_sheet(sheet, frame, corner, cover[part].shape))
    return Patch(origin, colour, cover)


def draw_limb(
    path: FloatArray, radii: FloatArray, origin: tuple[int, int], shape: tuple[int, int]
) -> Float32Array:
    """Draw the coverage of a chain of segments.

    Args:
        path: (n_joints, 2) px.
        radii: (n_joints,) px.
        origin: (x, y) of the window's first pixel.
        shape: (height, width) of the window.

    Returns:
        (height, width) float32, 0 to 1, exact to a fraction of a quarter pixel.
    """
    mask = np.zeros((shape[0] * _FINE, shape[1] * _FINE), np.uint8)
    # The fine grid's sample k lies at (k + 0.5) / _FINE - 0.5 of the coarse one.
    fine = (path - np.asarray(origin) + 0.5) * _FINE - 0.5
    dots = np.rint(fine * 2**_SHIFT).astype(np.int32)
    half = radii * _FINE
    for start in range(len(path) - 1):
        along = fine[start + 1] - fine[start]
        length = float(np.hypot(*along))
        if length > 1e-6:
            side = np.array([-along[1], along[0]]) / length
            wide = half[start] * side, half[start + 1] * side
            there = (fine[start] + wide[0], fine[start + 1] + wide[1])
            back = (fine[start + 1] - wide[1], fine[start] - wide[0])
            corners = np.rint(np.array([*there, *back]) * 2**_SHIFT).astype(np.int32)
            cv2.fillConvexPoly(mask, corners, 255, cv2.LINE_8, _SHIFT)
    for dot, radius in zip(dots, half, strict=True):
        size = round(float(radius) * 2**_SHIFT)
        cv2.circle(mask, (int(dot[0]), int(dot[1])), size, 255, -1, cv2.LINE_8, _SHIFT)
    small = cv2.resize(mask, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / np.float32(255)


def draw_sheet(
    sheet: Sheet, frame: int, origin: tuple[int, int], shape: tuple[int, int]
) -> tuple[Float32Array, Float32Array]:
    """Draw a flat part: its lit colour and its coverage within a window."""
    sprite, angle = sheet.sprite, float(sheet.angle[frame])
    per_pixel = sprite.resolution / sheet.scale
    cos, sin = np.cos(angle) * per_pixel, np.sin(angle) * per_pixel
    x, y = sheet.hinge[frame] - origin
    # Window pixel -> sprite pixel: s along (cos, sin), t to the left of it, (sin, -cos).
    into = np.array([[cos, sin, -cos * x - sin * y], [sin, -cos, -sin * x + cos * y]])
    into[0, 2] -= sprite.origin[0] * sprite.resolution
    into[1, 2] -= sprite.origin[1] * sprite.resolution
    size = (shape[1], shape[0])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    albedo = np.asarray(cv2.warpAffine(sprite.albedo, into, size, flags=flags), np.float32)
    form = np.asarray(cv2.warpAffine(sprite.form, into, size, flags=flags), np.float32)
    forward = float(np.cos(angle) * LIGHT[0] + np.sin(angle) * LIGHT[1])
    left = float(np.sin(angle) * LIGHT[0] - np.cos(angle) * LIGHT[1])
    lit = _lit(form, forward, left, 0.2)[..., None]
    return albedo.reshape(*shape, -1) * lit, form[..., 0]


def _skin(
    pose: Pose, frame: int, origin: tuple[int, int], shape: tuple[int, int]
) -> tuple[Float32Array, Float32Array]:
    """Draw the trunk: its lit colour and its coverage within a window."""
    sprite, spine = pose.skin, pose.spine
    s, t, nearest = spine.unbend(frame, origin, shape)
    columns = (s - np.float32(sprite.origin[0])) * np.float32(sprite.resolution)
    rows = (t - np.float32(sprite.origin[1])) * np.float32(sprite.resolution)
    albedo = np.asarray(cv2.remap(sprite.albedo, columns, rows, cv2.INTER_LINEAR), np.float32)
    form = np.asarray(cv2.remap(sprite.form, columns, rows, cv2.INTER_LINEAR), np.float32)
    cos, sin = np.cos(spine.angles[frame]), np.sin(spine.angles[frame])
    # s runs towards the rear, so the light along it changes sign.
    along = (-cos * LIGHT[0] - sin * LIGHT[1]).astype(np.float32)[nearest]
    across = (sin * LIGHT[0] - cos * LIGHT[1]).astype(np.float32)[nearest]
    lit = _lit(form, along, across, pose.gloss)[..., None]
    return albedo.reshape(*shape, -1) * lit, form[..., 0]


def _lit(
    form: Float32Array, along: Float32Array | float, across: Float32Array | float, gloss: float
) -> Float32Array:
    """Return how brightly each pixel is lit, given the light in the sprite's own axes."""
    facing = form[..., 1] * along + form[..., 2] * across + form[..., 3] * LIGHT[2]
    facing = np.maximum(facing, 0)
    shine = facing * facing
    shine = shine * shine
    return np.asarray(0.42 + 0.72 * facing + gloss * shine * shine, np.float32)


def _within(
    points: FloatArray, pad: float, origin: tuple[int, int], shape: tuple[int, int]
) -> tuple[tuple[slice, slice], tuple[int, int]]:
    """Return the part of a window around some points, and the (x, y) of its first pixel."""
    limits = np.array(shape[::-1]) - 1
    low = np.clip(np.floor(points.min(axis=0) - pad).astype(int) - origin, 0, limits)
    high = np.clip(np.ceil(points.max(axis=0) + pad).astype(int) - origin + 1, low + 1, limits + 1)
    part = (slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0])))
    return part, (origin[0] + int(low[0]), origin[1] + int(low[1]))


def _outline(pose: Pose, frame: int) -> FloatArray:
    """Return points around the trunk; (n, 2) px."""
    spine, sprite = pose.spine, pose.skin
    rows, columns = sprite.form.shape[:2]
    s0, t0 = sprite.origin
    s1, t1 = s0 + (columns - 1) / sprite.resolution, t0 + (rows - 1) / sprite.resolution
    on_trunk = (spine.places >= s0) & (spine.places <= s1)
    points, angles = spine.points[frame][on_trunk], spine.angles[frame][on_trunk]
    side = np.stack([np.sin(angles), -np.cos(angles)], axis=-1) * spine.length
    return np.concatenate([points + t0 * side, points + t1 * side])


def _corners(sheet: Sheet, frame: int) -> FloatArray:
    """Return the corners of a sheet; (4, 2) px."""
    sprite, angle = sheet.sprite, float(sheet.angle[frame])
    rows, columns = sprite.form.shape[:2]
    s = sprite.origin[0] + np.array([0, 1, 0, 1]) * (columns - 1) / sprite.resolution
    t = sprite.origin[1] + np.array([0, 0, 1, 1]) * (rows - 1) / sprite.resolution
    x, y = s * np.cos(angle) + t * np.sin(angle), s * np.sin(angle) - t * np.cos(angle)
    return np.asarray(sheet.hinge[frame] + sheet.scale * np.stack([x, y], axis=-1))


def _over(
    colour: Float32Array, cover: Float32Array, paint_: Float32Array, mask: Float32Array
) -> None:
    """Lay a layer over what is there."""
    colour += mask[..., None] * (paint_ - colour)
    cover += mask * (1 - cover)
