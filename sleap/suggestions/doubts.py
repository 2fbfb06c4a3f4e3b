"""User labels that are probably wrong, with the reasons, worst first."""

from collections.abc import Iterable, Iterator

import numpy as np
from attrs import evolve, frozen

from sleap.core.arrays import choose_instances, frames_of, gather_points, superseded
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, BoolArray, FloatArray, IntArray
from sleap.progress import SILENT, Progress
from sleap.suggestions.options import LabelQualityOptions
from sleap.suggestions.shapes import LEAST_POSES, Shape, best_swaps, fit_shape, radii, rarities

SHAPE, FLIP, DUPLICATE, DISAGREEMENT = 1, 2, 3, 4
"""Kinds of doubt; the numbers of their groups of suggestions."""

_LEAST_DEVIATION = 0.05


@frozen
class Doubt:
    """Why the labels of a frame may be wrong.

    Attributes:
        frame: Row of the frame.
        kind: ``SHAPE``, ``FLIP``, ``DUPLICATE`` or ``DISAGREEMENT``.
        score: By which factor it exceeds the limit of its kind; at least 1.
        reason: What is doubtful, to be read after the number of the frame.
    """

    frame: int
    kind: int
    score: float
    reason: str


@frozen(eq=False)
class _Poses:
    """All user instances of one skeleton by frame: rows, rows of frames, points, usual shape."""

    skeleton: Skeleton
    rows: IntArray
    frames: IntArray
    points: FloatArray
    shape: Shape | None
    options: LabelQualityOptions


def find_doubts(
    store: Store, options: LabelQualityOptions, progress: Progress = SILENT
) -> list[Doubt]:
    """Find doubtful labels of users in all videos.

    Args:
        store: The tables (``labels.store``).
        options: From where on each kind is a doubt.
        progress: Stops it when it is cancelled.

    Returns:
        Worst first; a frame may be there several times.

    Raises:
        CancelledError: If the user stopped it.
    """
    found: list[Doubt] = []
    rows = choose_instances(store, kind=USER)
    kinds = store.instances.rows["skeleton"][rows]
    for number, skeleton in enumerate(store.skeletons):
        chosen = rows[kinds == number]
        frames = frames_of(store, chosen)
        order = np.argsort(frames, kind="stable")
        points = _visible(store, chosen[order], skeleton.n_nodes)
        poses = _Poses(skeleton, chosen[order], frames[order], points, fit_shape(points), options)
        for part in (_shapes, _sizes, _duplicates, _disagreements):
            progress.check()
            found += part(store, poses)
    return sorted(found, key=lambda one: (-one.score, one.frame, one.kind))


def worst_of_frames(doubts: Iterable[Doubt]) -> list[Doubt]:
    """Keep the worst doubt of each frame, with all reasons in it; the order stays."""
    by_frame: dict[int, Doubt] = {}
    for one in doubts:
        known = by_frame.get(one.frame)
        if known is None:
            by_frame[one.frame] = one
        elif one.reason not in known.reason:
            by_frame[one.frame] = evolve(known, reason=f"{known.reason}; {one.reason}")
    return list(by_frame.values())


def _visible(store: Store, rows: IntArray, n_nodes: int) -> FloatArray:
    values = gather_points(store, rows, n_nodes, 4)
    points: FloatArray = values[..., :2]
    points[values[..., 3] != 1] = np.nan
    return points


def _shapes(store: Store, poses: _Poses) -> Iterator[Doubt]:
    """Doubt nodes far from where they are in any similar pose, and swapped sides."""
    shape = poses.shape
    if shape is None:
        return
    names, pairs = poses.skeleton.node_names, poses.skeleton.symmetries
    gains, swaps = best_swaps(shape, poses.points, pairs)
    is_flipped = gains >= poses.options.flip_limit
    for place in np.flatnonzero(is_flipped).tolist():
        swapped = pairs if swaps[place] < 0 else [pairs[swaps[place]]]
        what = (
            "left and right"
            if swaps[place] < 0 and len(pairs) > 1
            else " and ".join(names[node] for node in swapped[0])
        )
        score = float(gains[place]) / poses.options.flip_limit
        yield Doubt(int(poses.frames[place]), FLIP, score, f"{what} seem swapped")
    far = np.nan_to_num(rarities(shape, poses.points, poses.options.shape_limit))
    worst = far.max(axis=1) / poses.options.shape_limit
    for place in np.flatnonzero((worst >= 1) & ~is_flipped).tolist():
        name = names[int(far[place].argmax())]
        reason = f"{name} is where it is on few others"
        yield Doubt(int(poses.frames[place]), SHAPE, float(worst[place]), reason)


def _sizes(store: Store, poses: _Poses) -> Iterator[Doubt]:
    """Doubt instances much smaller or larger than the others of their video."""
    is_there = ~np.isnan(poses.points[..., 0])
    shape = poses.shape
    if shape is None:
        sizes = np.where(is_there.all(axis=1), radii(poses.points), np.nan)
    else:
        usual = np.stack((shape.nodes.real, shape.nodes.imag), axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            sizes = radii(poses.points) / radii(np.where(is_there[..., None], usual, np.nan))
    logs = np.log(np.maximum(sizes, 1e-3))
    videos = store.frames.rows["video"][poses.frames]
    for video in np.unique(videos):
        places = np.flatnonzero((videos == video) & np.isfinite(logs))
        if len(places) < LEAST_POSES:
            continue
        offsets = logs[places] - np.median(logs[places])
        deviation = max(float(np.median(np.abs(offsets))), _LEAST_DEVIATION)
        scores = np.abs(offsets) / deviation / poses.options.shape_limit
        for place in np.flatnonzero(scores >= 1).tolist():
            factor = float(np.exp(offsets[place]))
            reason = f"an instance has {factor:.2g} times the usual size"
            yield Doubt(int(poses.frames[places[place]]), SHAPE, float(scores[place]), reason)


def _duplicates(store: Store, poses: _Poses) -> Iterator[Doubt]:
    """Doubt instances that lie on another of the same frame."""
    limits = poses.options.overlap_limit * _lengths(poses.points)
    for step in range(1, len(poses.rows)):
        firsts = np.flatnonzero(poses.frames[:-step] == poses.frames[step:])
        if not len(firsts):
            break
        apart = _distances(poses.points[firsts], poses.points[firsts + step])
        limit = np.maximum(limits[firsts], limits[firsts + step])
        scores = limit / np.maximum(apart, limit / 20)
        for place in np.flatnonzero(scores >= 1).tolist():
            frame = int(poses.frames[firsts[place]])
            yield Doubt(frame, DUPLICATE, float(scores[place]), "two instances lie on each other")


def _disagreements(store: Store, poses: _Poses) -> Iterator[Doubt]:
    """Doubt instances unlike any prediction of their frame, and predictions without one.

    Predictions that an instance of the frame was made from tell what was corrected, not what is
    wrong: frames with such are left out.
    """
    rows = choose_instances(store, kind=PREDICTED)
    of_skeleton = store.instances.rows["skeleton"][rows]
    rows = rows[of_skeleton == store.find_in(store.skeletons, poses.skeleton)]
    owners = frames_of(store, rows)
    corrected = np.unique(owners[superseded(store)[rows]])
    chosen = _is_in(owners, poses.frames, len(store.frames))
    chosen &= ~_is_in(owners, corrected, len(store.frames))
    rows, owners = rows[chosen], owners[chosen]
    predicted = _visible(store, rows, poses.skeleton.n_nodes)
    has_points = ~np.isnan(predicted[..., 0]).all(axis=1)
    predicted, owners = predicted[has_points], owners[has_points]
    order = np.argsort(owners, kind="stable")
    predicted, owners = predicted[order], owners[order]
    limits = poses.options.disagreement_limit * _lengths(poses.points)
    for frame in np.unique(owners).tolist():
        begin, end = np.searchsorted(poses.frames, (frame, frame + 1))
        first, last = np.searchsorted(owners, (frame, frame + 1))
        mine, theirs = poses.points[begin:end], predicted[first:last]
        apart = _distances(mine[:, None], theirs[None]) / limits[begin:end, None]
        yield from _compare(frame, apart)


def _compare(frame: int, apart: FloatArray) -> Iterator[Doubt]:
    """Pair instances with predictions of a frame, nearest first.

    Args:
        frame: Row of the frame.
        apart: (n, m) distances of instances and predictions as shares of the limit; NaN for those
            without a common node.
    """
    apart = np.where(np.isnan(apart), np.inf, apart)
    n_mine, n_theirs = apart.shape
    for _ in range(min(n_mine, n_theirs)):
        mine, theirs = np.unravel_index(int(apart.argmin()), apart.shape)
        score = float(apart[mine, theirs])
        if not np.isfinite(score):
            break
        if score >= 1:
            yield Doubt(frame, DISAGREEMENT, score, "an instance is unlike its prediction")
        apart[mine], apart[:, theirs] = np.inf, np.inf
    if n_mine != n_theirs:
        reason = (
            f"{n_mine} instance{'s' * (n_mine > 1)}, "
            f"but {n_theirs} prediction{'s' * (n_theirs > 1)}"
        )
        yield Doubt(frame, DISAGREEMENT, 1.0, reason)


def _is_in(values: IntArray, wanted: IntArray, n_rows: int) -> BoolArray:
    """Tell which of some rows of a table are wanted."""
    mask = np.zeros(n_rows, bool)
    mask[wanted] = True
    return mask[values]


def _lengths(points: FloatArray) -> FloatArray:
    """Return (n,) the radius of each pose, that of the others where it has none; >= 1 pixel."""
    sizes = radii(points)
    known = sizes[~np.isnan(sizes)]
    usual = float(np.median(known)) if len(known) else 1.0
    return np.maximum(np.where(np.isnan(sizes), usual, sizes), 1.0)


def _distances(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return (...) root mean square distance of the nodes that two poses share; NaN if none."""
    squares = ((first - second) ** 2).sum(axis=-1)
    known = ~np.isnan(squares)
    counts = known.sum(axis=-1)
    mean = np.where(known, squares, 0).sum(axis=-1) / np.maximum(counts, 1)
    return np.where(counts > 0, np.sqrt(mean), np.nan)
