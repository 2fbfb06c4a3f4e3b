"""Short gaps of tracks, filled with poses in between."""

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sleap.core.poses import Poses
from sleap.core.tables import FloatArray, IntArray

if TYPE_CHECKING:
    from sleap.core.labels import Labels
    from sleap.core.video import Video


@frozen(eq=False)
class Filling:
    """Poses that were not seen, but lie between two that were.

    Args:
        frames: (m,) the frame of each.
        befores: (m,) the place of the instance before the gap, in the arrays that were given.
        points: (m, n_nodes, 2) pixels; NaN for nodes that are missing on either side of the gap.
    """

    frames: IntArray
    befores: IntArray
    points: FloatArray


def fill_gaps_of(labels: "Labels", video: "Video", max_gap: int) -> IntArray:
    """Add predicted instances where tracks of a video have short gaps.

    Their scores are 0: nobody saw them. Frames are added where there are none.

    Args:
        labels: Changed in place. Predictions that a user instance was made from do not count, and
            points that are not visible are missing.
        video: One of ``labels.videos``.
        max_gap: How many frames a gap may have at most.

    Returns:
        (n,) the rows of the new instances.
    """
    from sleap.core.series.sightings import all_sightings

    if not labels.tracks:
        return np.empty(0, np.int64)
    seen = all_sightings(labels.store, labels.videos.index(video))
    frames, tracks, points = seen.frame_indices[seen.owners], seen.tracks, seen.read_points()
    kinds = labels.store.instances.rows["skeleton"][seen.rows]
    filling = fill_gaps(frames, tracks, points, max_gap, kinds)
    added = [np.empty(0, np.int64)]
    for kind in np.unique(kinds[filling.befores]).tolist():
        skeleton = labels.skeletons[kind]
        chosen = np.flatnonzero(kinds[filling.befores] == kind)
        poses = [
            Poses(frame, pose[None], np.zeros((1, skeleton.n_nodes)), np.zeros(1), [track])
            for frame, pose, track in zip(
                filling.frames[chosen].tolist(),
                filling.points[chosen, : skeleton.n_nodes],
                tracks[filling.befores[chosen]].tolist(),
                strict=True,
            )
        ]
        added.append(labels.add_poses(video, poses, skeleton))
    return np.concatenate(added)


def fill_gaps(
    frames: IntArray,
    tracks: IntArray,
    points: FloatArray,
    max_gap: int,
    kinds: IntArray | None = None,
) -> Filling:
    """Let each node go straight on, and evenly, from before a gap to after it.

    Args:
        frames: (n,) index in the video of the frame of each instance, in any order.
        tracks: (n,) number of the track of each; negative: none, left out.
        points: (n, n_nodes, 2) pixels, NaN where missing.
        max_gap: How many frames a gap may have at most.
        kinds: (n,) numbers; a gap is filled only if they are the same before and after it.

    Returns:
        The poses, by track and frame; none without a point.
    """
    usable = np.flatnonzero(tracks >= 0)
    order = usable[np.lexsort((frames[usable], tracks[usable]))]
    before, after = order[:-1], order[1:]
    missing = frames[after] - frames[before] - 1
    is_gap = (tracks[before] == tracks[after]) & (missing > 0) & (missing <= max_gap)
    if kinds is not None:
        is_gap &= kinds[before] == kinds[after]
    before, after, missing = before[is_gap], after[is_gap], missing[is_gap]
    total = int(missing.sum())
    steps = np.arange(1, total + 1) - np.repeat(np.cumsum(missing) - missing, missing)
    share = (steps / np.repeat(missing + 1, missing))[:, None, None]
    start, end = np.repeat(before, missing), np.repeat(after, missing)
    between = (1 - share) * points[start] + share * points[end]
    there = ~np.isnan(between[:, :, 0]).all(axis=1)
    return Filling((frames[start] + steps)[there], start[there], between[there])
