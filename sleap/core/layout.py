"""The instances of one video laid out by frame and column, a block of frames at a time.

What programs for analysis want is a grid: a row per frame of the video, a column per animal. The
rules by which labels become one:

- A prediction that the user corrected (``from_predicted``), or that shares its frame and track
  with a user instance, gives way to what the user set.
- A column per track, in the order of the tracks; a track without an instance in this video is
  left out, unless asked for.
- Instances without a track lie in columns of their own behind the tracks, named ``untracked_0``,
  ``untracked_1``, ..., by rank within the frame, what the user set first. Such a column is not one
  animal: who is first on a frame may be second on the next. But no pose is lost.
- Several instances of one kind in the same frame and track: the last has the column, the others
  lie in untracked columns.
- A video without any track, and with at most one user instance and one prediction a frame, shows
  one animal: one column, where the user's instance covers the prediction.
- Points that are not visible are missing: they are places where the user put no point.
- Instances of several skeletons share one with the nodes and edges of all, joined by name.
"""

import logging
from collections.abc import Iterator

import numpy as np
from attrs import frozen

from sleap.core.arrays import (
    N_BLOCK,
    choose_instances,
    frame_indices_of,
    gather_points,
    rank_in_frame,
    superseded,
)
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import USER, BoolArray, FloatArray, IntArray

logger = logging.getLogger(__name__)


@frozen(eq=False)
class Grid:
    """The instances of some frames in dense arrays; NaN where nothing is.

    Attributes:
        points: (n_frames, n_columns, n_nodes, 2) float64, (x, y) in pixels of the full frame.
        point_scores: (n_frames, n_columns, n_nodes) float64; NaN of user instances, too.
        scores: (n_frames, n_columns) float64; NaN of user instances, too.
        tracking_scores: (n_frames, n_columns) float64; NaN of user instances, too.
        occupancy: (n_frames, n_columns) bool, where an instance is.
    """

    points: FloatArray
    point_scores: FloatArray
    scores: FloatArray
    tracking_scores: FloatArray
    occupancy: BoolArray


@frozen(eq=False)
class Layout:
    """Which instance of a video lies on which frame in which column; made by ``lay_out``.

    Attributes:
        skeleton: What the points mean.
        first_frame: Index in the video of the first frame of the layout.
        n_frames: Number of frames, with and without instances.
        names: Name of each column.
        tracks: (n_columns,) number of the track of each column; -1 for an untracked one.
        frames: (n,) int64, frame of each instance, counted from ``first_frame``; ascending.
        columns: (n,) int64, column of each instance; ascending within a frame.
    """

    skeleton: Skeleton
    first_frame: int
    n_frames: int
    names: tuple[str, ...]
    tracks: IntArray
    frames: IntArray
    columns: IntArray
    _store: Store
    _rows: IntArray

    def __len__(self) -> int:
        """Count the instances."""
        return len(self.frames)

    @property
    def n_columns(self) -> int:
        """Number of columns."""
        return len(self.names)

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return self.skeleton.n_nodes

    def read(self, first: int, last: int) -> PoseTable:
        """Collect the instances of frames ``first`` to ``last`` (exclusive) of the layout.

        Returns:
            Their arrays, by frame and column; frames are counted from ``first``.
        """
        part = slice(*np.searchsorted(self.frames, (first, last)).tolist())
        rows = self._rows[part]
        values = self._gather(rows)
        values[~(values[:, :, 3] == 1), :2] = np.nan
        records = self._store.instances.rows[rows]
        is_user = records["instance_type"] == USER
        scores, tracking_scores = records["score"].astype(float), records["tracking_score"]
        return PoseTable(
            self.frames[part] - first,
            self.columns[part],
            values[:, :, :2],
            values[:, :, 2],
            np.where(is_user, np.nan, scores),
            np.where(is_user, np.nan, tracking_scores),
            is_user,
        )

    def blocks(self, n_frames: int) -> Iterator[tuple[int, int]]:
        """Return (first, last) of runs of at most ``n_frames`` frames that hold an instance.

        Args:
            n_frames: Runs begin at multiples of it.
        """
        for block in np.unique(self.frames // n_frames).tolist():
            yield block * n_frames, min((block + 1) * n_frames, self.n_frames)

    def dense(self, first: int = 0, last: int | None = None) -> Grid:
        """Return the instances of frames ``first`` to ``last`` (exclusive) as dense arrays."""
        last = self.n_frames if last is None else last
        n_frames = last - first
        shape = n_frames, self.n_columns
        grid = Grid(
            np.full((*shape, self.n_nodes, 2), np.nan),
            np.full((*shape, self.n_nodes), np.nan),
            np.full(shape, np.nan),
            np.full(shape, np.nan),
            np.zeros(shape, bool),
        )
        for begin in range(first, last, N_BLOCK):
            part = self.read(begin, min(begin + N_BLOCK, last))
            place = part.frames + (begin - first), part.columns
            grid.points[place] = part.points
            grid.point_scores[place] = part.point_scores
            grid.scores[place] = part.scores
            grid.tracking_scores[place] = part.tracking_scores
            grid.occupancy[place] = True
        return grid

    def _gather(self, rows: IntArray) -> FloatArray:
        """Return (n, n_nodes, 4): x, y, score and whether it is visible."""
        numbers = self._store.instances.rows["skeleton"][rows]
        used = np.unique(numbers).tolist()
        if all(self._store.skeletons[number] is self.skeleton for number in used):
            return gather_points(self._store, rows, self.n_nodes, 4)
        result = np.full((len(rows), self.n_nodes, 4), np.nan)
        for number in used:
            skeleton = self._store.skeletons[number]
            nodes = [self.skeleton.index(name) for name in skeleton.node_names]
            chosen = np.flatnonzero(numbers == number)
            found = gather_points(self._store, rows[chosen], len(nodes), 4)
            result[chosen[:, None], nodes] = found
        return result


def lay_out(
    store: Store, video: int, *, all_frames: bool = True, keep_empty_tracks: bool = False
) -> Layout:
    """Lay the instances of a video out by frame and column.

    Args:
        store: The tables.
        video: Number of the video.
        all_frames: From the first frame of the video to its last (to the last labeled one if the
            length of the video is unknown); else from the first labeled frame to the last.
        keep_empty_tracks: Whether tracks without an instance in this video have a column.
    """
    rows = choose_instances(store, video)
    rows = rows[~superseded(store)[rows]]
    frames = frame_indices_of(store, rows)
    rows, frames, columns = _choose_columns(store, rows, frames)
    order = np.lexsort((columns, frames))
    rows, frames, columns = rows[order], frames[order], columns[order]
    n_tracks = len(store.tracks)
    kept = np.unique(columns)
    if keep_empty_tracks:
        kept = np.union1d(np.arange(n_tracks), kept)
    labeled = store.frames.rows[store.live_frames]
    labeled = labeled["frame_idx"][labeled["video"] == video].astype(np.int64)
    first = 0 if all_frames or not len(labeled) else int(labeled.min())
    last = int(labeled.max()) + 1 if len(labeled) else 0
    if all_frames:
        last = max(last, store.videos[video].n_indices)
    tracks = np.where(kept < n_tracks, kept, -1)
    return Layout(
        _join_skeletons(store, rows),
        first,
        last - first,
        _name_columns(store, tracks),
        tracks,
        frames - first,
        np.searchsorted(kept, columns),
        store,
        rows,
    )


def _choose_columns(
    store: Store, rows: IntArray, frames: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Decide which instances are shown, and where: the track, or behind the tracks by rank."""
    records = store.instances.rows[rows]
    tracks, is_user = records["track"].astype(np.int64), records["instance_type"] == USER
    order = np.lexsort((is_user, tracks, frames))  # the last of equals has the column
    rows, frames, tracks, is_user = rows[order], frames[order], tracks[order], is_user[order]
    group = np.cumsum(
        np.r_[True, (frames[1:] != frames[:-1]) | (tracks[1:] != tracks[:-1])][: len(rows)]
    )
    last = np.r_[group[1:] != group[:-1], True][: len(rows)]
    winners = np.flatnonzero(last)
    has_user = is_user[winners][group - 1]
    is_tracked = tracks >= 0
    beaten = is_tracked & ~last & (is_user == has_user)
    if beaten.any():
        logger.warning(
            "%d instances share their frame and track with another of the same kind; they are "
            "written as untracked.",
            np.count_nonzero(beaten),
        )
    is_untracked = ~is_tracked | beaten
    if not is_tracked.any() and _shows_one_animal(frames, is_user):
        is_untracked &= is_user | ~has_user
    chosen = np.flatnonzero(is_untracked)
    chosen = chosen[np.lexsort((rows[chosen], ~is_user[chosen], frames[chosen]))]
    columns = len(store.tracks) + rank_in_frame(frames[chosen])
    tracked = np.flatnonzero(is_tracked & last)
    every = np.r_[tracked, chosen]
    return rows[every], frames[every], np.r_[tracks[tracked], columns]


def _shows_one_animal(frames: IntArray, is_user: BoolArray) -> bool:
    """Tell whether there is at most one user instance and one prediction a frame."""
    return all(len(np.unique(frames[kind])) == kind.sum() for kind in (is_user, ~is_user))


def _name_columns(store: Store, tracks: IntArray) -> tuple[str, ...]:
    taken = {track.name for track in store.tracks}
    names: list[str] = []
    free = (f"untracked_{number}" for number in range(len(tracks) + len(taken)))
    for number in tracks.tolist():
        if number >= 0:
            names.append(store.tracks[number].name)
        else:
            names.append(next(name for name in free if name not in taken))
    return tuple(names)


def _join_skeletons(store: Store, rows: IntArray) -> Skeleton:
    """Return the skeleton of instances; of several, one with the nodes and edges of all."""
    used = np.unique(store.instances.rows["skeleton"][rows]).tolist()
    skeletons = [store.skeletons[number] for number in used] or store.skeletons[:1]
    if len(skeletons) == 1:
        return skeletons[0]
    nodes = dict.fromkeys(name for one in skeletons for name in one.node_names)
    edges = dict.fromkeys(edge for one in skeletons for edge in one.edge_names)
    return Skeleton(nodes, edges, name=skeletons[0].name if skeletons else "Skeleton-0")
