"""What labels hold, to be looked through and searched: a list of frames over a store."""

from collections.abc import Iterator
from typing import overload

import numpy as np

from sleap.core import arrays, bulk, statistics
from sleap.core.frame import LabeledFrame, frame_view
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, BoolArray, FloatArray, IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError

KINDS = {"all": None, "user": USER, "predicted": PREDICTED}


class FrameList:
    """The reading half of ``Labels``.

    Args:
        store: The tables.
    """

    store: Store

    def __init__(self, store: Store) -> None:
        self.use_store(store)

    def use_store(self, store: Store) -> None:
        """Be a list over other tables: those of labels that nobody has a view of yet."""
        self.store = store
        store.make_frame_view = frame_view

    @property
    def videos(self) -> list[Video]:
        """The videos; add to the list, but do not remove or reorder: rows name them by place."""
        return self.store.videos

    @property
    def skeletons(self) -> list[Skeleton]:
        """The skeletons; add, but do not remove or reorder: rows name them by place."""
        return self.store.skeletons

    @property
    def tracks(self) -> list[Track]:
        """The tracks; add, but do not remove or reorder: rows name them by place."""
        return self.store.tracks

    @property
    def video(self) -> Video:
        """The first video, mostly the only one.

        Raises:
            LabelsError: If there is none.
        """
        if not self.videos:
            raise LabelsError("The labels have no video: add a frame of one, or load a project.")
        return self.videos[0]

    @property
    def skeleton(self) -> Skeleton:
        """The first skeleton, mostly the only one.

        Raises:
            LabelsError: If there is none.
        """
        if not self.skeletons:
            raise LabelsError("The labels have no skeleton: add an instance, or load a project.")
        return self.skeletons[0]

    def __repr__(self) -> str:
        return (
            f"Labels({len(self)} frames, {self.n_user_instances} user and "
            f"{self.n_predicted_instances} predicted instances, {len(self.videos)} videos, "
            f"{len(self.tracks)} tracks)"
        )

    def __len__(self) -> int:
        """Count the frames."""
        return self.store.n_frames

    def __bool__(self) -> bool:
        """Labels are true even without frames."""
        return True

    def __iter__(self) -> Iterator[LabeledFrame]:
        """Iterate over the frames there are at this moment."""
        return (frame_view(self.store, row) for row in self.store.live_frames.tolist())

    @overload
    def __getitem__(self, key: int) -> LabeledFrame: ...
    @overload
    def __getitem__(self, key: slice) -> list[LabeledFrame]: ...
    @overload
    def __getitem__(self, key: Video) -> list[LabeledFrame]: ...
    @overload
    def __getitem__(self, key: tuple[Video, int]) -> LabeledFrame: ...

    def __getitem__(
        self, key: int | slice | Video | tuple[Video, int]
    ) -> LabeledFrame | list[LabeledFrame]:
        """Return a frame by place or by (video, frame_idx), or the frames of a video by time.

        Raises:
            LabelsError: If that video has no such frame.
            IndexError: If there is no such place.
        """
        if isinstance(key, Video):
            return [frame_view(self.store, row) for row in self.frame_rows(key).tolist()]
        if isinstance(key, tuple):
            frame = self.find(*key)
            if frame is None:
                raise LabelsError(f"Frame {key[1]} of {key[0].name!r} is not labeled.")
            return frame
        rows = self.store.live_frames
        if isinstance(key, slice):
            return [frame_view(self.store, row) for row in rows[key].tolist()]
        return frame_view(self.store, int(rows[key]))

    def find(self, video: Video, frame_idx: int) -> LabeledFrame | None:
        """Return the frame of that video and index, or None."""
        number = self.store.find_in(self.videos, video)
        row = self.store.occupancy.find(number, int(frame_idx)) if number >= 0 else -1
        return None if row < 0 else frame_view(self.store, row)

    def frame_rows(self, video: Video | None = None, kind: str = "all") -> IntArray:
        """Return rows of frames by video, then by time.

        Args:
            video: Only of this video.
            kind: "all", or those with an instance that is "user" or "predicted".
        """
        number = self._number(video)
        return arrays.sorted_frames(self.store, number, kind_number(kind))

    def instance_rows(self, video: Video | None = None, kind: str = "all") -> IntArray:
        """Return rows of instances, ascending.

        Args:
            video: Only of this video.
            kind: "all", "user" or "predicted".
        """
        number = self._number(video)
        return arrays.choose_instances(self.store, number, kind_number(kind))

    def labeled_indices(self, video: Video, kind: str = "all") -> IntArray:
        """Return the indices of the labeled frames of a video, ascending.

        Args:
            video: Which video.
            kind: "all", or those with an instance that is "user" or "predicted".
        """
        rows = self.frame_rows(video, kind)
        return self.store.frames.rows["frame_idx"][rows].astype(np.int64)

    def track_occupancy(self, video: Video | None = None) -> BoolArray:
        """Return (n_frames, n_tracks) bool: where each track has an instance; None: first video.

        There is a row for every frame up to the last labeled one.
        """
        rows = self.instance_rows(video or self.video)
        tracks = self.store.instances.rows["track"][rows]
        rows, tracks = rows[tracks >= 0], tracks[tracks >= 0]
        frame_indices = arrays.frame_indices_of(self.store, rows)
        labeled = self.labeled_indices(video or self.video)
        n_frames = int(labeled[-1]) + 1 if len(labeled) else 0
        occupied = np.zeros((n_frames, len(self.tracks)), bool)
        occupied[frame_indices, tracks] = True
        return occupied

    def user_frames(self, video: Video | None = None) -> list[LabeledFrame]:
        """Return the frames with an instance set by the user, by video and time."""
        return [frame_view(self.store, row) for row in self.frame_rows(video, "user").tolist()]

    def predicted_frames(self, video: Video | None = None) -> list[LabeledFrame]:
        """Return the frames with a predicted instance, by video and time."""
        return [frame_view(self.store, row) for row in self.frame_rows(video, "predicted").tolist()]

    @property
    def n_user_instances(self) -> int:
        """How many instances the user set."""
        return len(self.instance_rows(kind="user"))

    @property
    def n_predicted_instances(self) -> int:
        """How many instances are predicted."""
        return len(self.instance_rows(kind="predicted"))

    def statistics(self, video: Video | None = None) -> statistics.Statistics:
        """Count frames, instances and tracks, of all videos or of one."""
        number = self._number(video)
        return statistics.count(self.store, number)

    def poses(self, video: Video | None = None, kind: str = "all") -> Iterator[Poses]:
        """Read poses out, frame by frame in order of time.

        Args:
            video: None: the first video.
            kind: "all" instances, or only "user" or "predicted" ones.

        Yields:
            The poses of each frame that has any; scores are NaN of user instances.
        """
        number = self._number(video or self.video)
        assert number is not None
        return bulk.iterate_poses(self.store, number, kind_number(kind))

    def numpy(
        self,
        video: Video | None = None,
        *,
        untracked: bool = False,
        return_scores: bool = False,
    ) -> FloatArray:
        """Return the points of a video as one array.

        One row per frame of the video where its length is known, else up to the last labeled
        frame. One column per track; a user instance hides a prediction of the same track, and
        instances without a track are left out. Without any tracks, or with ``untracked``, the
        column is the place of the instance on its frame, without the predictions that a user
        instance was made from.

        Args:
            video: None: the first video.
            untracked: Whether to lay out by place in spite of tracks.
            return_scores: Whether to add the score of each point, NaN for user instances.

        Returns:
            (n_frames, n_tracks, n_nodes, 2 or 3) float64, (x, y) in pixels of the full frame,
            NaN where nothing is.

        Raises:
            LabelsError: If there is no video, or not that one.
        """
        number = self._number(video or self.video)
        if number is None or number < 0:
            raise LabelsError(f"{video} is not a video of these labels.")
        return arrays.to_array(self.store, number, untracked=untracked, return_scores=return_scores)

    def _number(self, video: Video | None) -> int | None:
        """Return the number of a video, -1 if it is not listed, None for None."""
        return None if video is None else self.store.find_in(self.videos, video)


def kind_number(name: str) -> int | None:
    """Return the type number of "user" or "predicted"; None for "all"."""
    if name not in KINDS:
        raise ValueError(f"kind '{name}': expected one of {', '.join(KINDS)}")
    return KINDS[name]
