"""Some frames of a store with their instances, as tables of their own."""

import numpy as np
from attrs import frozen

from sleap.core.arrays import frames_of
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, IntArray, Rows
from sleap.core.track import Track
from sleap.core.transfer import transfer_points
from sleap.core.video import Video


@frozen(eq=False)
class Extract:
    """Tables and lists of some frames, numbered anew.

    Args:
        frames: (n,) rows of ``FRAMES``.
        instances: (n,) rows of ``INSTANCES``.
        points: (n,) rows of ``POINTS``.
        pred_points: (n,) rows of ``PRED_POINTS``.
        videos: In the order of their numbers.
        skeletons: In the order of their numbers.
        tracks: In the order of their numbers.
        video_numbers: (n_videos,) the number that each had in the store.
    """

    frames: Rows
    instances: Rows
    points: Rows
    pred_points: Rows
    videos: list[Video]
    skeletons: list[Skeleton]
    tracks: list[Track]
    video_numbers: IntArray


def extract(store: Store, frame_rows: IntArray, videos: IntArray) -> Extract:
    """Copy frames, with the skeletons and tracks that they use.

    Args:
        store: The tables.
        frame_rows: (n,) rows of living frames, in their new order.
        videos: (n,) numbers of the videos to list, ascending; with those of all the frames.

    Returns:
        The tables. Without any instance, all skeletons are kept. A user instance keeps the
        prediction it was made from where that is on one of the frames.
    """
    place = np.full(len(store.frames) + 1, -1, np.int64)
    place[frame_rows] = np.arange(len(frame_rows))
    rows = store.live_instances
    owners = place[frames_of(store, rows)]
    rows, owners = rows[owners >= 0], owners[owners >= 0]
    order = np.argsort(owners, kind="stable")
    rows, owners = rows[order], owners[order]

    frames = store.frames.rows[frame_rows]
    frames["frame_id"] = np.arange(len(frames))
    video_number = np.full(len(store.videos), -1, np.int64)
    video_number[videos] = np.arange(len(videos))
    frames["video"] = video_number[frames["video"]]
    bounds = np.searchsorted(owners, np.arange(len(frames) + 1))
    frames["instance_id_start"], frames["instance_id_end"] = bounds[:-1], bounds[1:]

    instances = store.instances.rows[rows]
    new_row = np.full(len(store.instances) + 1, -1, np.int64)  # the last answers for -1
    new_row[rows] = np.arange(len(rows))
    instances["instance_id"] = np.arange(len(rows))
    instances["frame_id"] = owners
    instances["from_predicted"] = new_row[instances["from_predicted"]]
    tracks = np.unique(instances["track"][instances["track"] >= 0])
    track_number = np.full(len(store.tracks) + 1, -1, np.int64)
    track_number[tracks] = np.arange(len(tracks))
    instances["track"] = track_number[instances["track"]]
    skeletons = np.unique(instances["skeleton"])
    if not len(instances):
        skeletons = np.arange(len(store.skeletons))
    skeleton_number = np.zeros(len(store.skeletons), np.int64)
    skeleton_number[skeletons] = np.arange(len(skeletons))
    instances["skeleton"] = skeleton_number[instances["skeleton"]]
    return Extract(
        frames,
        instances,
        gather_table(store, instances, USER),
        gather_table(store, instances, PREDICTED),
        [store.videos[number] for number in videos.tolist()],
        [store.skeletons[number] for number in skeletons.tolist()],
        [store.tracks[number] for number in tracks.tolist()],
        videos,
    )


def gather_table(store: Store, instances: Rows, kind: int) -> Rows:
    """Copy the points of instances of one kind, one after the other.

    Args:
        store: Where the points are.
        instances: (n,) copies of rows of its table; those of the kind are pointed at the copies.
        kind: ``USER`` or ``PREDICTED``.
    """
    table = (store.pred_points if kind == PREDICTED else store.points).rows
    chosen = np.flatnonzero(instances["instance_type"] == kind)
    starts = instances["point_id_start"][chosen].astype(np.int64)
    counts = instances["point_id_end"][chosen].astype(np.int64) - starts
    ends = np.cumsum(counts)
    result: Rows = np.empty(int(ends[-1]) if len(ends) else 0, table.dtype)
    for count in np.unique(counts).tolist():
        of_count = counts == count
        first = (ends - counts)[of_count]
        transfer_points(table, starts[of_count], count, result, first, np.arange(count))
    instances["point_id_start"][chosen] = ends - counts
    instances["point_id_end"][chosen] = ends
    return result
