"""Frames and instances: added and removed."""

from collections.abc import Iterable, Sequence

import numpy as np

from sleap.core.arrays import frames_of
from sleap.core.attach import attach_instances
from sleap.core.bulk import add_poses
from sleap.core.instance import Instance
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.tables import IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.editing.changes.rows import RemoveFrames, RemoveInstances
from sleap.editing.primitives.recording import FEW, Recording, RowsLike, distinct


class RowPrimitives(Recording):
    """What adds and removes frames and instances."""

    def add_frame(self, video: Video | int, frame_idx: int) -> int:
        """Return the row of a frame, adding it if it is new; so with its video.

        Raises:
            LabelsError: If the index is negative.
        """
        return int(self.add_frames(video, [frame_idx])[0])

    def add_frames(self, video: Video | int, frame_indices: RowsLike) -> IntArray:
        """Return the rows of frames of a video, adding those that are new.

        Args:
            video: The video or its number; one that is not on the list is added.
            frame_indices: (n,) indices.

        Raises:
            LabelsError: If an index is negative.
        """
        number = self._number_video(video) if isinstance(video, Video) else video
        indices, inverse = np.unique(np.asarray(frame_indices, np.int64), return_inverse=True)
        find = self.store.occupancy.find
        rows = np.array([find(number, index) for index in indices.tolist()], np.int64)
        new = np.flatnonzero(rows < 0)
        if len(new):
            with self.appending():
                rows[new] = self.store.add_frames(number, indices[new]) + np.arange(len(new))
        result: IntArray = rows[inverse]
        return result

    def remove_frames(self, rows: RowsLike) -> None:
        """Remove frames with their instances."""
        chosen = distinct(rows, len(self.store.frames))
        chosen = chosen[~self.store.dead_frames.rows[chosen]]
        if len(chosen) < FEW:
            members = [row for frame in chosen.tolist() for row in self.store.members(frame)]
            self.remove_instances(members)
        else:
            is_gone = np.zeros(len(self.store.frames), bool)
            is_gone[chosen] = True
            live = self.store.live_instances
            self.remove_instances(live[is_gone[frames_of(self.store, live)]])
        if len(chosen):
            self.record(RemoveFrames(chosen))

    # -- instances ------------------------------------------------------------------------------

    def add_instances(self, frame_rows: RowsLike, instances: Sequence[Instance]) -> IntArray:
        """Add instances to frames; free-standing ones become the views of their rows.

        Args:
            frame_rows: (n,) the row of the frame of each.
            instances: (n,) what to add; their tracks and skeletons are added if new.

        Returns:
            (n,) the row of each.

        Raises:
            LabelsError: If an instance does not fit its skeleton.
        """
        frames = np.asarray(frame_rows, np.int64)
        order = np.argsort(frames, kind="stable")
        pairs = [(int(frames[index]), instances[index]) for index in order.tolist()]
        with self.appending():
            views = attach_instances(self.store, pairs)
        rows = np.empty(len(order), np.int64)
        rows[order] = [view.row for view in views]
        return rows

    def add_poses(
        self,
        video: Video,
        poses: Iterable[Poses],
        skeleton: Skeleton | None = None,
        tracks: Sequence[Track] | None = None,
    ) -> IntArray:
        """Add predicted instances, many at a time; as ``Labels.add_poses``.

        Returns:
            (n,) rows of the new instances.
        """
        with self.appending():
            return add_poses(self.store, video, poses, skeleton or self.labels.skeleton, tracks)

    def remove_instances(self, rows: RowsLike, *, with_frames: bool = False) -> IntArray:
        """Remove instances.

        Args:
            rows: Which; those that are removed already do not matter.
            with_frames: Whether frames that are left without any instance by that go, too.

        Returns:
            (n,) the rows of the frames removed.
        """
        chosen = distinct(rows, len(self.store.instances))
        chosen = chosen[~self.store.dead_instances.rows[chosen]]
        if not len(chosen):
            return chosen
        self.record(RemoveInstances(chosen))
        if not with_frames:
            return chosen[:0]
        emptied = distinct(frames_of(self.store, chosen), len(self.store.frames))
        if len(emptied) < FEW:
            gone = [row for row in emptied.tolist() if not self.store.members(row)]
            emptied = np.array(gone, np.int64)
        else:
            is_used = np.zeros(len(self.store.frames), bool)
            is_used[frames_of(self.store, self.store.live_instances)] = True
            emptied = emptied[~is_used[emptied]]
        emptied = emptied[~self.store.dead_frames.rows[emptied]]
        if len(emptied):
            self.record(RemoveFrames(emptied))
        return emptied

    def _number_video(self, video: Video) -> int:
        with self.appending():
            return self.store.video_index(video)
