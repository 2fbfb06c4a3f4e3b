"""Poses in and out of labels, many frames at a time."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from sleap.core.arrays import N_BLOCK, choose_instances, frame_indices_of, gather_points
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import INSTANCES, POINTS, PRED_POINTS, PREDICTED, IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError


def add_poses(
    store: Store,
    video: Video,
    poses: Iterable[Poses],
    skeleton: Skeleton,
    tracks: Sequence[Track] | None = None,
) -> IntArray:
    """Add predicted instances to frames, new or there already.

    Args:
        store: The tables.
        video: The video they were found in.
        poses: By frame, in any order; frames on which nothing was found are left out.
        skeleton: What their points mean.
        tracks: What the track numbers of the poses stand for; None: the tracks of the store.

    Returns:
        (n,) the rows of the new instances, by ascending frame row.

    Raises:
        LabelsError: If the poses have another number of nodes, or name a track that is not there.
    """
    found = [one for one in poses if len(one)]
    if not found:
        return np.empty(0, np.int64)
    for one in found:
        if one.n_nodes != skeleton.n_nodes:
            raise LabelsError(
                f"The poses of frame {one.frame_idx} have {one.n_nodes} nodes; "
                f"{skeleton} has {skeleton.n_nodes}."
            )
    track_numbers = _number_tracks(store, found, tracks)
    frames = _frame_rows(store, video, np.array([one.frame_idx for one in found]))
    order = np.argsort(frames, kind="stable")
    found = [found[index] for index in order.tolist()]
    counts = np.array([len(one) for one in found])
    n_nodes = skeleton.n_nodes

    rows = np.zeros(int(counts.sum()), INSTANCES)
    rows["instance_type"] = PREDICTED
    rows["frame_id"] = np.repeat(frames[order], counts)
    rows["skeleton"] = store.skeleton_index(skeleton)
    rows["track"] = track_numbers[np.concatenate([one.tracks for one in found])]
    rows["from_predicted"] = -1
    rows["score"] = np.concatenate([one.scores for one in found])
    rows["tracking_score"] = np.concatenate([one.tracking_scores for one in found])
    rows["point_id_start"] = np.arange(len(rows)) * n_nodes
    rows["point_id_end"] = rows["point_id_start"] + np.uint64(n_nodes)

    points = np.zeros(len(rows) * n_nodes, PRED_POINTS)
    xy = np.concatenate([one.points.reshape(-1, 2) for one in found])
    points["x"], points["y"] = xy[:, 0], xy[:, 1]
    points["visible"] = ~np.isnan(xy[:, 0])
    points["score"] = np.concatenate([one.point_scores.ravel() for one in found])
    first = store.add_instances(rows, np.empty(0, POINTS), points)
    return np.arange(first, first + len(rows))


def _number_tracks(store: Store, found: list[Poses], tracks: Sequence[Track] | None) -> IntArray:
    """Return the number in the store for each track number of the poses; the last is for -1."""
    n_tracks = len(store.tracks if tracks is None else tracks)
    for one in found:
        if one.tracks.max() >= n_tracks or one.tracks.min() < -1:
            raise LabelsError(
                f"The poses of frame {one.frame_idx} name tracks {one.tracks.tolist()}; "
                f"there are {n_tracks} (-1 for none)."
            )
    if tracks is None:
        return np.append(np.arange(n_tracks), -1)
    used = np.unique(np.concatenate([one.tracks for one in found]))
    numbers = np.full(n_tracks + 1, -1)
    for index in used[used >= 0].tolist():
        numbers[index] = store.track_index(tracks[index])
    return numbers


def _frame_rows(store: Store, video: Video, frame_indices: IntArray) -> IntArray:
    """Return the rows of frames, adding those that are not there in ascending order."""
    number = store.video_index(video)
    indices, place = np.unique(frame_indices, return_inverse=True)
    find = store.occupancy.find
    rows = np.array([find(number, index) for index in indices.tolist()], np.int64)
    new = np.flatnonzero(rows < 0)
    rows[new] = store.add_frames(number, indices[new]) + np.arange(len(new))
    result: IntArray = rows[place]
    return result


def iterate_poses(store: Store, video: int, kind: int | None = None) -> Iterator[Poses]:
    """Read poses out, frame by frame in order of time.

    Args:
        store: The tables.
        video: Number of the video.
        kind: Only ``USER`` or ``PREDICTED`` instances.

    Yields:
        The poses of each frame that has any; scores are NaN of user instances.
    """
    rows = choose_instances(store, video, kind)
    frame_indices = frame_indices_of(store, rows)
    if (frame_indices[1:] < frame_indices[:-1]).any():
        order = np.argsort(frame_indices, kind="stable")
        rows, frame_indices = rows[order], frame_indices[order]
    n_nodes = max((skeleton.n_nodes for skeleton in store.skeletons), default=0)
    bounds = np.r_[
        np.flatnonzero(np.r_[True, frame_indices[1:] != frame_indices[:-1]][: len(rows)]),
        len(rows),
    ]
    begin = 0
    while begin < len(bounds) - 1:  # whole frames, about N_BLOCK instances at a time
        end = max(int(np.searchsorted(bounds, bounds[begin] + N_BLOCK)), begin + 2)
        end = min(end, len(bounds))
        offset = int(bounds[begin])
        block = rows[offset : bounds[end - 1]]
        values = gather_points(store, block, n_nodes, 3)
        records = store.instances.rows[block]
        scores = values[:, :, 2].astype(np.float32)
        for start, stop in zip(
            (bounds[begin : end - 1] - offset).tolist(),
            (bounds[begin + 1 : end] - offset).tolist(),
            strict=True,
        ):
            part = slice(start, stop)
            yield Poses(
                int(frame_indices[offset + start]),
                values[part, :, :2],
                scores[part],
                records["score"][part],
                records["track"][part],
                records["tracking_score"][part],
            )
        begin = end - 1
