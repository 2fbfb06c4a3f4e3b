"""Labels: all that is known of a project, over the tables that a file holds."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sleap.core import bulk
from sleap.core.check import check_tables
from sleap.core.choice import Area, Choice, remove_with_frames
from sleap.core.compact import Tables, compact
from sleap.core.extract import extract
from sleap.core.frame import LabeledFrame, attach_frames, frame_view
from sleap.core.frame_list import kind_number
from sleap.core.lists import Anchors, EditableLists
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import IntArray, Rows
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError


class Labels(EditableLists):
    """The labeled frames of videos, with their skeletons, tracks and suggestions.

    A list of ``LabeledFrame`` to the eye; inside, the four tables of a labels file (``store``).
    What an added frame or instance refers to and is not yet listed is listed by adding it.

    Args:
        frames: Frames to add; free-standing ones become views of these labels.
        videos: Videos to list first.
        skeletons: Skeletons to list first.
        tracks: Tracks to list first.
        suggestions: Frames worth labeling.
        provenance: Where the labels come from, by any keys that fit into JSON.
        negative_anchors: By number of video: (frame_idx, x, y) of places without an animal.
        metadata: What a file says beyond this; kept for the next save.

    Attributes:
        store: The tables, for code that works on rows.
        suggestions: Frames worth labeling, a list to edit.
        provenance: Where the labels come from, a dictionary to edit.
        negative_anchors: Places without an animal, pixels.
        metadata: Other entries of the file.
    """

    def __init__(
        self,
        frames: Iterable[LabeledFrame] = (),
        *,
        videos: Iterable[Video] = (),
        skeletons: Iterable[Skeleton] = (),
        tracks: Iterable[Track] = (),
        suggestions: Iterable[SuggestionFrame] = (),
        provenance: Mapping[str, Any] | None = None,
        negative_anchors: Anchors | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        self.suggestions = list(suggestions)
        self.provenance = dict(provenance or {})
        self.negative_anchors = dict(negative_anchors or {})
        self.metadata = dict(metadata or {})
        super().__init__(Store(videos, skeletons, tracks))
        attach_frames(self.store, frames)

    @classmethod
    def from_tables(
        cls,
        *,
        frames: Rows,
        instances: Rows,
        points: Rows,
        pred_points: Rows,
        videos: Iterable[Video] = (),
        skeletons: Iterable[Skeleton] = (),
        tracks: Iterable[Track] = (),
        suggestions: Iterable[SuggestionFrame] = (),
        provenance: Mapping[str, Any] | None = None,
        negative_anchors: Anchors | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> "Labels":
        """Make labels of the tables of a file, without copying them.

        The arrays are taken over: writable ones are edited in place, read-only ones (memory-mapped
        files) are copied when something is first written to them.

        Args:
            frames: (n,) rows as in ``sleap.core.tables.FRAMES``.
            instances: (n,) rows as in ``INSTANCES``; ``tracking_score`` may be absent.
            points: (n,) rows as in ``POINTS``.
            pred_points: (n,) rows as in ``PRED_POINTS``.
            videos: As for ``Labels``, and so are the others.
            skeletons: In the order of their numbers in the tables.
            tracks: In the order of their numbers in the tables.
            suggestions: Frames worth labeling.
            provenance: Where the labels come from.
            negative_anchors: Places without an animal.
            metadata: Other entries of the file.

        Raises:
            LabelsError: If the tables do not fit together; the message names the rows.
        """
        labels = cls(
            suggestions=suggestions,
            provenance=provenance,
            negative_anchors=negative_anchors,
            metadata=metadata,
        )
        videos, skeletons, tracks = list(videos), list(skeletons), list(tracks)
        *tables, orphans = check_tables(
            *(frames, instances, points, pred_points),
            n_videos=len(videos),
            skeletons=skeletons,
            n_tracks=len(tracks),
        )
        names = ("frames", "instances", "points", "pred_points")
        labels.use_store(Store(videos, skeletons, tracks, **dict(zip(names, tables, strict=True))))
        labels.store.remove_instances(orphans)
        return labels

    def to_tables(self) -> Tables:
        """Return frames, instances, points and pred_points, ready to be written.

        Ids are row numbers and removed rows are gone. As long as nothing has to be moved these
        are the very arrays of the labels: do not write to them.
        """
        return compact(self.store)

    def copy(self) -> "Labels":
        """Return labels with tables of their own; videos, skeletons and tracks are shared."""
        tables = [table.copy() for table in self.to_tables()]
        return Labels.from_tables(
            frames=tables[0],
            instances=tables[1],
            points=tables[2],
            pred_points=tables[3],
            videos=self.videos,
            skeletons=self.skeletons,
            tracks=self.tracks,
            suggestions=self.suggestions,
            provenance=self.provenance,
            negative_anchors={key: list(value) for key, value in self.negative_anchors.items()},
            metadata=self.metadata,
        )

    def extract(
        self,
        frames: Iterable[LabeledFrame] | IntArray | None = None,
        videos: Iterable[Video] | None = None,
    ) -> "Labels":
        """Return some of the frames as labels of their own.

        Args:
            frames: The frames, or their rows; None: all.
            videos: Only of these videos, which are listed even if none of the frames is of them;
                None: of all.

        Returns:
            Labels with tables of their own and only the videos, skeletons and tracks in use
            (without instances: all skeletons); with the suggestions and negative anchors of these
            videos. Videos, skeletons and tracks are shared.

        Raises:
            LabelsError: If a frame or video is not in these labels.
        """
        rows = self.store.live_frames if frames is None else self._frame_places(frames)
        numbers = self.store.frames.rows["video"][rows].astype(np.int64)
        listed = np.unique(numbers)
        if videos is not None:
            listed = np.unique([self._place(self.videos, video) for video in videos]).astype(int)
            rows = rows[np.isin(numbers, listed)]
        part = extract(self.store, rows, listed)
        new = {int(old): place for place, old in enumerate(listed)}
        return Labels.from_tables(
            frames=part.frames,
            instances=part.instances,
            points=part.points,
            pred_points=part.pred_points,
            videos=part.videos,
            skeletons=part.skeletons,
            tracks=part.tracks,
            suggestions=[one for one in self.suggestions if one.video in part.videos],
            provenance=self.provenance,
            negative_anchors={
                new[old]: list(places)
                for old, places in self.negative_anchors.items()
                if old in new
            },
        )

    def _frame_places(self, frames: Iterable[LabeledFrame] | IntArray) -> IntArray:
        if not isinstance(frames, np.ndarray):
            given = list(frames)
            for frame in given:
                if frame._store is not self.store or not frame.is_attached:
                    raise LabelsError(f"{frame} is not in these labels.")
            frames = np.array([frame.row for frame in given], np.int64)
        first = np.unique(frames, return_index=True)[1]
        rows: IntArray = frames[np.sort(first)]  # each once
        return rows

    def save(self, path: str | Path) -> None:
        """Write the labels to a file, whole or not at all; the suffix says which format.

        A door to the room above: the same as ``sleap.save_file(labels, path)``.

        Raises:
            SleapError: If there is no such format, or the file cannot be written.
        """
        from sleap.io.files import save_file

        save_file(self, path)

    # -- editing --------------------------------------------------------------------------------

    def append(self, frame: LabeledFrame) -> LabeledFrame:
        """Add a frame with its instances; to a frame there already the instances are added.

        Returns:
            That very frame, now a view of these labels; or, if it lies in labels already or there
            is one of that video and index, the view of the frame here.
        """
        return attach_frames(self.store, [frame])[0]

    def extend(self, frames: Iterable[LabeledFrame]) -> None:
        """Add several frames, faster than one by one."""
        attach_frames(self.store, frames)

    def add_frame(self, video: Video, frame_idx: int) -> LabeledFrame:
        """Return the frame of that video and index, adding it without instances if it is new.

        Raises:
            LabelsError: If the index is negative.
        """
        store, number = self.store, self.store.video_index(video)
        row = store.occupancy.find(number, int(frame_idx))
        if row < 0:
            row = store.add_frames(number, np.array([frame_idx], np.int64))
        return frame_view(store, row)

    def remove_frame(self, frame: LabeledFrame) -> None:
        """Take a frame and its instances out; the object stands free again.

        Raises:
            LabelsError: If it is not in these labels.
        """
        if frame._store is not self.store or not frame.is_attached:
            raise LabelsError(f"{frame} is not in these labels.")
        row, video, instances = frame.row, frame.video, frame.instances
        self.store.remove_frames([row])
        frame._stand_free(video, instances)

    def remove_instances(self, rows: IntArray | Sequence[int]) -> None:
        """Take instances out by row."""
        self.store.remove_instances(np.asarray(rows, np.int64))

    def choose_instances(
        self,
        video: Video | None = None,
        kind: str = "all",
        *,
        frame_indices: Iterable[int] | None = None,
        frame_range: tuple[int, int] | None = None,
        area: Area | None = None,
        score_below: float | None = None,
        rank_limit: int | None = None,
        tracks: Iterable[Track | None] | None = None,
        keep_tracked: bool = False,
        keep_user_frames: bool = False,
    ) -> IntArray:
        """Return the rows of the instances that meet all conditions given, ascending.

        Args:
            video: Only in this video.
            kind: "all", "user" or "predicted".
            frame_indices: Only on these frames.
            frame_range: Only from the first to the last of these two frames, both included.
            area: (x0, y0, x1, y1) pixels: only those all of whose points lie in it.
            score_below: Only those with a smaller score (or none).
            rank_limit: Only those beyond the so many best by score of their kind on each frame.
            tracks: Only those that have one of these tracks; None among them: those without.
            keep_tracked: Only those without a track.
            keep_user_frames: Only on frames without user instances.
        """
        find = self.store.find_in
        numbers = None
        if tracks is not None:
            given = [(one, -1 if one is None else find(self.tracks, one)) for one in tracks]
            numbers = [number for one, number in given if number >= 0 or one is None]
        choice = Choice(
            video=self._number(video),
            kind=kind_number(kind),
            frame_indices=frame_indices,
            frame_range=frame_range,
            area=area,
            score_below=score_below,
            rank_limit=rank_limit,
            tracks=numbers,
            keep_tracked=keep_tracked,
            keep_user_frames=keep_user_frames,
        )
        return choice.rows(self.store)

    def remove_predictions(self, video: Video | None = None, **conditions: Any) -> int:
        """Take predicted instances out, and the frames left without any instance by that.

        Every condition given narrows the choice; none at all takes out all predictions.

        Args:
            video: Only in this video.
            **conditions: As for ``choose_instances``.

        Returns:
            How many instances were removed.
        """
        chosen = self.choose_instances(video, "predicted", **conditions)
        remove_with_frames(self.store, chosen)
        return len(chosen)

    def set_tracks(
        self, instance_rows: IntArray | Sequence[int], track_indices: IntArray | Sequence[int]
    ) -> None:
        """Set the tracks of many instances.

        Args:
            instance_rows: (n,) rows in the table of instances.
            track_indices: (n,) places in ``tracks``; -1 for none.

        Raises:
            LabelsError: If there is no such track.
        """
        indices = np.asarray(track_indices, np.int64)
        if len(indices) and (indices.min() < -1 or indices.max() >= len(self.tracks)):
            raise LabelsError(
                f"Track {indices.min()} to {indices.max()}: there are {len(self.tracks)} tracks "
                "(-1 for none)."
            )
        self.store.instances.writable["track"][np.asarray(instance_rows, np.int64)] = indices

    def add_poses(
        self,
        video: Video,
        poses: Iterable[Poses],
        skeleton: Skeleton | None = None,
        tracks: Sequence[Track] | None = None,
    ) -> IntArray:
        """Add predicted instances to frames, new or there already, many at a time.

        Args:
            video: The video they were found in.
            poses: By frame, in any order; frames on which nothing was found are left out.
            skeleton: What their points mean; None: the skeleton of the labels.
            tracks: What the track numbers of the poses stand for; None: ``tracks``.

        Returns:
            (n,) rows of the new instances.

        Raises:
            LabelsError: If the poses fit neither the skeleton nor the tracks.
        """
        return bulk.add_poses(self.store, video, poses, skeleton or self.skeleton, tracks)
