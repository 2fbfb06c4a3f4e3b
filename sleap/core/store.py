"""The single state behind Labels and its views: four tables, three lists, and who is alive.

Rows never move while a store lives. Removal marks rows dead; an instance that cannot lie in the
row range of its frame is listed in ``extras``. ``sleap.core.compact`` makes clean tables of it.
"""

from collections.abc import Callable, Iterable
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from sleap.core.occupancy import FRAME_BITS, Occupancy
from sleap.core.skeleton import Skeleton
from sleap.core.tables import (
    FRAMES,
    INSTANCES,
    POINTS,
    PRED_POINTS,
    PREDICTED,
    USER,
    IntArray,
    Rows,
    Table,
)
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError


class Store:
    """Tables of frames, instances and points, and the videos, skeletons and tracks they number.

    The order of the instances of a frame is the order of their rows.

    Args:
        videos: Named by number in the table of frames.
        skeletons: Named by number in the table of instances.
        tracks: Named by number in the table of instances.
        frames: (n,) ``FRAMES``.
        instances: (n,) ``INSTANCES``.
        points: (n,) ``POINTS``, of user instances.
        pred_points: (n,) ``PRED_POINTS``, of predicted instances.
    """

    def __init__(
        self,
        videos: Iterable[Video] = (),
        skeletons: Iterable[Skeleton] = (),
        tracks: Iterable[Track] = (),
        *,
        frames: Rows | None = None,
        instances: Rows | None = None,
        points: Rows | None = None,
        pred_points: Rows | None = None,
    ) -> None:
        self.videos = list(videos)
        self.skeletons = list(skeletons)
        self.tracks = list(tracks)
        self.frames = Table(np.empty(0, FRAMES) if frames is None else frames)
        self.instances = Table(np.empty(0, INSTANCES) if instances is None else instances)
        self.points = Table(np.empty(0, POINTS) if points is None else points)
        self.pred_points = Table(np.empty(0, PRED_POINTS) if pred_points is None else pred_points)
        self.dead_frames = Table(np.zeros(len(self.frames), bool))
        self.dead_instances = Table(np.zeros(len(self.instances), bool))
        self.n_dead_frames = 0
        self.n_dead_instances = 0
        self.extras: dict[int, list[int]] = {}
        self.occupancy = Occupancy(self.frames, self.dead_frames)
        self.revision = 0
        """Grows with every row added, removed or revived."""
        self.frame_removals = 0
        """Grows with every frame removed or revived."""
        self.frame_views: WeakValueDictionary[int, Any] = WeakValueDictionary()
        self.instance_views: WeakValueDictionary[int, Any] = WeakValueDictionary()
        self.make_frame_view: Callable[[Store, int], Any] = _no_view
        self._positions: dict[int, int] = {}
        self._live_frames: tuple[tuple[int, int], IntArray] | None = None
        self._live_instances: tuple[int, IntArray] | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what names objects of this process, for ``pickle`` and ``copy``."""
        state = self.__dict__.copy()
        del state["frame_views"], state["instance_views"], state["_positions"]
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.frame_views = WeakValueDictionary()
        self.instance_views = WeakValueDictionary()
        self._positions = {}

    # -- the three lists ------------------------------------------------------------------------

    def video_index(self, video: Video) -> int:
        """Return the number of a video, entering it if it is new."""
        return self._position(self.videos, video)

    def skeleton_index(self, skeleton: Skeleton) -> int:
        """Return the number of a skeleton, entering it if it is new."""
        return self._position(self.skeletons, skeleton)

    def track_index(self, track: Track | None) -> int:
        """Return the number of a track, entering it if it is new; -1 for None."""
        return -1 if track is None else self._position(self.tracks, track)

    def find_in(self, items: list[Any], item: object) -> int:
        """Return the position of this very object in one of the three lists, or -1."""
        place = self._positions.get(id(item), -1)
        if 0 <= place < len(items) and items[place] is item:
            return place
        for place, other in enumerate(items):
            if other is item:
                self._positions[id(item)] = place
                return place
        return -1

    def _position(self, items: list[Any], item: object) -> int:
        place = self.find_in(items, item)
        if place < 0:
            place = len(items)
            items.append(item)
            self._positions[id(item)] = place
        return place

    # -- reading --------------------------------------------------------------------------------

    @property
    def live_frames(self) -> IntArray:
        """Rows of the frames that are alive, ascending. Not to be written to."""
        state = len(self.frames), self.frame_removals
        if self._live_frames is None or self._live_frames[0] != state:
            self._live_frames = state, _living(self.dead_frames, self.n_dead_frames)
        return self._live_frames[1]

    @property
    def live_instances(self) -> IntArray:
        """Rows of the instances that are alive, ascending. Not to be written to."""
        if self._live_instances is None or self._live_instances[0] != self.revision:
            rows = _living(self.dead_instances, self.n_dead_instances)
            self._live_instances = self.revision, rows
        return self._live_instances[1]

    @property
    def n_frames(self) -> int:
        """How many frames are alive."""
        return len(self.frames) - self.n_dead_frames

    @property
    def n_instances(self) -> int:
        """How many instances are alive."""
        return len(self.instances) - self.n_dead_instances

    def members(self, frame: int) -> list[int]:
        """Return the rows of the living instances of a frame, in order."""
        record = self.frames.rows[frame]
        rows = list(range(int(record["instance_id_start"]), int(record["instance_id_end"])))
        if frame in self.extras:
            rows += self.extras[frame]
        if self.n_dead_instances:
            dead = self.dead_instances.rows
            rows = [row for row in rows if not dead[row]]
        return rows

    def points_of(self, instance: int, *, writable: bool = False) -> Rows:
        """Return the points of an instance as a slice of their table."""
        record = self.instances.rows[instance]
        table = self.pred_points if record["instance_type"] == PREDICTED else self.points
        rows = table.writable if writable else table.rows
        return rows[int(record["point_id_start"]) : int(record["point_id_end"])]

    # -- adding ---------------------------------------------------------------------------------

    def add_frames(self, video: int | IntArray, frame_indices: IntArray) -> int:
        """Add frames without instances; return the first new row.

        Args:
            video: Number of their video, or (n,) of the video of each.
            frame_indices: (n,) indices in their videos.

        Raises:
            LabelsError: If an index is negative or absurdly large.
        """
        indices = np.asarray(frame_indices, np.int64)
        if len(indices) and (indices.min() < 0 or indices.max() >= 1 << FRAME_BITS):
            raise LabelsError(
                f"Frame index {indices.min()} to {indices.max()}: expected 0 to {1 << FRAME_BITS}."
            )
        first = len(self.frames)
        rows = np.empty(len(indices), FRAMES)
        rows["frame_id"] = np.arange(first, first + len(indices))
        rows["video"] = video
        rows["frame_idx"] = indices
        rows["instance_id_start"] = rows["instance_id_end"] = len(self.instances)
        self.frames.append(rows)
        self.dead_frames.append(np.zeros(len(indices), bool))
        self.occupancy.add_many(first, len(self.frames))
        self.revision += 1
        return first

    def add_instances(self, rows: Rows, points: Rows, pred_points: Rows) -> int:
        """Add instances with their points; return the first new row.

        Args:
            rows: (n,) ``INSTANCES``, by ascending ``frame_id``. ``point_id_start`` and
                ``point_id_end`` count from 0 in the two arrays given here; changed in place.
            points: ``POINTS`` of the user instances.
            pred_points: ``PRED_POINTS`` of the predicted instances.
        """
        for kind, table, new in (
            (USER, self.points, points),
            (PREDICTED, self.pred_points, pred_points),
        ):
            if len(new):
                offset = np.where(rows["instance_type"] == kind, len(table), 0).astype(np.uint64)
                rows["point_id_start"] += offset
                rows["point_id_end"] += offset
                table.append(new)
        first = len(self.instances)
        rows["instance_id"] = np.arange(first, first + len(rows))
        self.instances.append(rows)
        self.dead_instances.append(np.zeros(len(rows), bool))
        self._link(rows["frame_id"].astype(np.int64), first)
        self.revision += 1
        return first

    def _link(self, frames: IntArray, first: int) -> None:
        """Make new rows, from ``first`` on, members of ``frames`` (ascending, one per row).

        A frame with extras has a range that is not empty and ends before them, so that
        its range is never extended past them.
        """
        owners, offsets, counts = np.unique(frames, return_index=True, return_counts=True)
        table = self.frames.writable
        starts, ends = first + offsets, first + offsets + counts
        empty = table["instance_id_start"][owners] == table["instance_id_end"][owners]
        adjacent = table["instance_id_end"][owners].astype(np.int64) == starts
        in_range = empty | adjacent
        table["instance_id_start"][owners[in_range & empty]] = starts[in_range & empty]
        table["instance_id_end"][owners[in_range]] = ends[in_range]
        for frame, start, end in zip(
            owners[~in_range].tolist(),
            starts[~in_range].tolist(),
            ends[~in_range].tolist(),
            strict=True,
        ):
            self.extras.setdefault(frame, []).extend(range(start, end))

    # -- removing -------------------------------------------------------------------------------

    def remove_instances(self, rows: IntArray | list[int]) -> None:
        """Mark instances dead; those that are dead already stay so."""
        self._mark_instances(np.asarray(rows, np.int64), True)

    def revive_instances(self, rows: IntArray | list[int]) -> None:
        """Bring removed instances back, at their old places; their frames must be alive."""
        self._mark_instances(np.asarray(rows, np.int64), False)

    def _mark_instances(self, rows: IntArray, dead: bool) -> None:
        if len(rows):
            self.dead_instances.writable[rows] = dead
            self.n_dead_instances = int(np.count_nonzero(self.dead_instances.rows))
            self.revision += 1

    def remove_frames(self, rows: IntArray | list[int]) -> IntArray:
        """Mark frames and their instances dead; return the rows of instances this removed."""
        rows = np.asarray(rows, np.int64)
        if not len(rows):
            return rows
        self.dead_frames.writable[rows] = True
        self.n_dead_frames = int(np.count_nonzero(self.dead_frames.rows))
        self.frame_removals += 1
        self.revision += 1
        if len(rows) < 64:
            members = np.array([m for row in rows.tolist() for m in self.members(row)], np.int64)
        else:
            live = self.live_instances
            owners = self.instances.rows["frame_id"][live].astype(np.int64)
            members = live[self.dead_frames.rows[owners]]
        self.remove_instances(members)
        return members

    def revive_frames(self, rows: IntArray | list[int]) -> None:
        """Bring removed frames back, without their instances.

        Raises:
            LabelsError: If a frame of that video and index has been added since.
        """
        for row in np.asarray(rows, np.int64).tolist():
            frame = self.frames.rows[row]
            other = self.occupancy.find(int(frame["video"]), int(frame["frame_idx"]))
            if other not in (-1, row):
                raise LabelsError(
                    f"Cannot bring frame {int(frame['frame_idx'])} back: it was labeled again. "
                    "Remove the newer one first."
                )
            if self.dead_frames.rows[row]:
                self.dead_frames.writable[row] = False
                self.n_dead_frames -= 1
                self.occupancy.add(row)
        self.frame_removals += 1
        self.revision += 1


def _living(dead: Table, n_dead: int) -> IntArray:
    rows = np.flatnonzero(~dead.rows) if n_dead else np.arange(len(dead))
    rows.flags.writeable = False
    return rows


def _no_view(store: Store, row: int) -> Any:
    raise ValueError("this store belongs to no Labels")
