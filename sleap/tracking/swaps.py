"""Places where two tracks seem to have exchanged their animals, the most suspicious first.

Between one frame that shows both tracks of a pair and the next, each animal is taken to move on as
it did before. If the motion fits better with the two tracks exchanged, a swap is suspected. All
pairs of all frames are handled at once, in flat arrays with an entry per instance or per pair, so
that the number of tracks of a file does not matter, but only how many are there at a time.
"""

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sleap.core.tables import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    from sleap.core.labels import Labels
    from sleap.core.video import Video

WINDOW = 5
"""Frames before, and after, from which a velocity is taken."""

_N_BLOCK = 1 << 13
_LEAST_NOISE = 1.0  # px: no pose is more exact than that, however straight the tracks are


@frozen(order=True)
class Swap:
    """A suspected exchange of identities.

    Args:
        score: How much better the motion fits with the tracks exchanged: the logarithm to base 2 of
            the ratio of misfits. 1: half the misfit; 0: no difference.
        frame: Index of the first frame from which on the tracks are exchanged.
        first: Number of one track, the smaller.
        second: Number of the other.
    """

    score: float
    frame: int
    first: int
    second: int


@frozen(eq=False)
class _Sorted:
    """Instances by track, then by frame, each track once a frame."""

    frames: IntArray
    tracks: IntArray
    points: FloatArray
    centers: FloatArray


@frozen(eq=False)
class _Pairs:
    """Two tracks on a frame that shows both, and on the next such frame: four instances each."""

    a_before: IntArray
    b_before: IntArray
    a_after: IntArray
    b_after: IntArray

    def select(self, chosen: BoolArray | slice) -> "_Pairs":
        return _Pairs(
            self.a_before[chosen], self.b_before[chosen], self.a_after[chosen], self.b_after[chosen]
        )

    def __len__(self) -> int:
        return len(self.a_before)


def find_swaps_of(
    labels: "Labels", video: "Video", *, max_gap: int = 30, min_score: float = 0.5
) -> list[Swap]:
    """Find suspected swaps in the tracks of a video.

    Args:
        labels: Predictions that a user instance was made from are left out, and so are points that
            are not visible.
        video: One of ``labels.videos``.
        max_gap: As for ``find_swaps``.
        min_score: As for ``find_swaps``.

    Returns:
        The swaps, the most suspicious first; track numbers are places in ``labels.tracks``.
    """
    from sleap.core.series.sightings import all_sightings

    if not labels.tracks:
        return []
    seen = all_sightings(labels.store, labels.videos.index(video))
    return find_swaps(
        seen.frame_indices[seen.owners],
        seen.tracks,
        seen.read_points(),
        max_gap=max_gap,
        min_score=min_score,
    )


def find_swaps(
    frames: IntArray,
    tracks: IntArray,
    points: FloatArray,
    *,
    max_gap: int = 30,
    min_score: float = 0.5,
) -> list[Swap]:
    """Find suspected swaps.

    Of suspicions about the same two tracks less than ``WINDOW`` frames apart, only the strongest
    is told.

    Args:
        frames: (n,) index in the video of the frame of each instance, in any order.
        tracks: (n,) number of the track of each; negative: none, left out. Of several with the
            same frame and track the first counts.
        points: (n, n_nodes, 2) pixels, NaN where missing.
        max_gap: How many frames may at most pass between two that show both tracks of a pair.
        min_score: How suspicious a place must be, as ``Swap.score``.

    Returns:
        The swaps, the most suspicious first.
    """
    seen = _sort(frames, tracks, points)
    pairs = _choose_near(seen, _pair_up(seen, max_gap))
    if not len(pairs):
        return []
    blocks = [
        _misfits(seen, pairs.select(slice(begin, begin + _N_BLOCK)))
        for begin in range(0, len(pairs), _N_BLOCK)
    ]
    kept, exchanged = np.concatenate(blocks, axis=1)
    known = ~np.isnan(kept) & ~np.isnan(exchanged)
    if not known.any():
        return []
    noise = max(float(np.median(kept[known])), _LEAST_NOISE)
    scores = np.where(known, np.log2((kept + noise) / (exchanged + noise)), -np.inf)
    chosen = np.flatnonzero((scores >= min_score) & _is_peak(seen, pairs, scores))
    swaps = [
        Swap(float(scores[place]), int(seen.frames[a]), int(seen.tracks[a]), int(seen.tracks[b]))
        for place, a, b in zip(
            chosen.tolist(), pairs.a_after[chosen], pairs.b_after[chosen], strict=True
        )
    ]
    return sorted(swaps, key=lambda swap: (-swap.score, swap.frame, swap.first, swap.second))


def _sort(frames: IntArray, tracks: IntArray, points: FloatArray) -> _Sorted:
    """Put the instances that have a track and a point in order."""
    there = ~np.isnan(points[:, :, 0])
    counts = there.sum(axis=1)
    usable = np.flatnonzero((tracks >= 0) & (counts > 0))
    order = usable[np.lexsort((frames[usable], tracks[usable]))]
    frames, tracks = frames[order].astype(np.int64), tracks[order].astype(np.int64)
    is_first = np.r_[True, (np.diff(frames) != 0) | (np.diff(tracks) != 0)][: len(order)]
    order, frames, tracks = order[is_first], frames[is_first], tracks[is_first]
    points = points[order]
    sums = np.where(there[order, :, None], points, 0).sum(axis=1)
    return _Sorted(frames, tracks, points, sums / counts[order, None])


def _pair_up(seen: _Sorted, max_gap: int) -> _Pairs:
    """Find all pairs of tracks, each with two successive frames that show both."""
    by_frame = np.lexsort((seen.tracks, seen.frames))
    frames = seen.frames[by_frame]
    firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for shift in range(1, len(frames)):
        same = np.flatnonzero(frames[shift:] == frames[:-shift])
        if not len(same):
            break
        firsts.append(by_frame[same])
        seconds.append(by_frame[same + shift])
    a, b = np.concatenate(firsts), np.concatenate(seconds)
    order = np.lexsort((seen.frames[a], seen.tracks[b], seen.tracks[a]))
    a, b = a[order], b[order]
    pairs = _Pairs(a[:-1], b[:-1], a[1:], b[1:])
    gaps = seen.frames[pairs.a_after] - seen.frames[pairs.a_before]
    same_a = seen.tracks[pairs.a_after] == seen.tracks[pairs.a_before]
    same_b = seen.tracks[pairs.b_after] == seen.tracks[pairs.b_before]
    return pairs.select(same_a & same_b & (gaps <= max_gap))


def _choose_near(seen: _Sorted, pairs: _Pairs) -> _Pairs:
    """Leave out pairs too far from each other to be exchanged without a jump."""
    if not len(pairs):
        return pairs
    kept = _steps(seen, pairs.a_before, pairs.a_after) + _steps(seen, pairs.b_before, pairs.b_after)
    exchanged = _steps(seen, pairs.a_before, pairs.b_after) + _steps(
        seen, pairs.b_before, pairs.a_after
    )
    sample = slice(None, None, max(len(seen.points) // 1000, 1))
    spread = seen.points[sample] - seen.centers[sample, None]
    body = 2 * np.nanmedian(np.sqrt((spread * spread).sum(axis=2)))
    return pairs.select(exchanged <= kept + 2 * body + WINDOW * np.median(kept))


def _steps(seen: _Sorted, before: IntArray, after: IntArray) -> FloatArray:
    way = seen.centers[after] - seen.centers[before]
    length: FloatArray = np.sqrt((way * way).sum(axis=1))
    return length


def _misfits(seen: _Sorted, pairs: _Pairs) -> FloatArray:
    """Return (2, n) how badly motion fits, in pixels: with the tracks as they are; exchanged."""
    gaps = seen.frames[pairs.a_after] - seen.frames[pairs.a_before]
    lasting = np.minimum(gaps, WINDOW)[:, None, None]  # no animal goes straight on for long
    a, b = (
        (seen.points[rows], _velocities(seen, rows, -1))
        for rows in (pairs.a_before, pairs.b_before)
    )
    later_a, later_b = (
        (seen.points[rows], _velocities(seen, rows, 1)) for rows in (pairs.a_after, pairs.b_after)
    )
    kept = _misfit(*a, *later_a, lasting) + _misfit(*b, *later_b, lasting)
    exchanged = _misfit(*a, *later_b, lasting) + _misfit(*b, *later_a, lasting)
    return np.stack([kept, exchanged])


def _velocities(seen: _Sorted, rows: IntArray, direction: int) -> FloatArray:
    """Fit lines through points and what is less than ``WINDOW`` frames before or after them.

    Args:
        seen: All instances.
        rows: (n,) which ones.
        direction: -1: look at those before; 1: after.

    Returns:
        (n, n_nodes, 2) pixels a frame; 0 for points that are not seen a second time.
    """
    here = seen.points[rows]
    above, below = np.zeros_like(here), np.zeros_like(here)
    for shift in range(1, WINDOW):
        other = np.clip(rows + direction * shift, 0, len(seen.frames) - 1)
        time = seen.frames[other] - seen.frames[rows]
        valid = (seen.tracks[other] == seen.tracks[rows]) & (np.abs(time) < WINDOW)
        time = np.where(valid, time, 0)[:, None, None]
        ways = (seen.points[other] - here) * time
        there = ~np.isnan(ways)
        above += np.where(there, ways, 0)
        below += np.where(there, time * time, 0)
    velocities: FloatArray = above / np.maximum(below, 1)
    return velocities


def _misfit(
    place: FloatArray,
    velocity: FloatArray,
    later_place: FloatArray,
    later_velocity: FloatArray,
    time: IntArray,
) -> FloatArray:
    """Return (n,) how far two straight motions lie apart, in pixels, as the mean over nodes.

    They are compared half a window after the later place and half a window before the earlier one,
    so that both place and direction count. NaN without common nodes.
    """
    ahead = WINDOW / 2
    forward = place + velocity * (time + ahead) - later_place - later_velocity * ahead
    backward = place - velocity * ahead - later_place + later_velocity * (time + ahead)
    apart = np.sqrt((forward * forward).sum(axis=2)) + np.sqrt((backward * backward).sum(axis=2))
    there = ~np.isnan(apart)
    counts = there.sum(axis=1)
    total = np.where(there, apart, 0).sum(axis=1)
    mean: FloatArray = np.where(counts > 0, total / np.maximum(counts, 1), np.nan)
    return mean


def _is_peak(seen: _Sorted, pairs: _Pairs, scores: FloatArray) -> BoolArray:
    """Tell which places are the most suspicious of their pair within a window."""
    frames = seen.frames[pairs.a_after]
    first, second = seen.tracks[pairs.a_after], seen.tracks[pairs.b_after]
    peak = np.ones(len(scores), bool)
    for shift in range(1, WINDOW):
        near = (first[shift:] == first[:-shift]) & (second[shift:] == second[:-shift])
        near &= frames[shift:] - frames[:-shift] < WINDOW
        peak[shift:] &= ~(near & (scores[:-shift] >= scores[shift:]))
        peak[:-shift] &= ~(near & (scores[shift:] > scores[:-shift]))
    return peak
