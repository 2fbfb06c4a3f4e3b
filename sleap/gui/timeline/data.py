"""What a timeline shows of the labels of one video, in arrays that follow edits."""

from collections.abc import Iterable

import numpy as np
from attrs import define, field

from sleap.core.labels import Labels
from sleap.core.landmarks import suggested_indices
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.gui.timeline.marks import Marks
from sleap.gui.timeline.runs import Runs
from sleap.gui.timeline.scan import scan, scan_frame

N_FEW = 64
"""So many new suggestions are entered one by one."""


@define(eq=False)
class TimelineData:
    """The labels of one video, by frame and by track.

    Attributes:
        video: The video.
        n_frames: How many frame indices it has: its length, or up to the last label.
        marks: Labeled frames, suggestions, frames without an animal.
        runs: Where each track is.
    """

    video: Video
    n_frames: int
    marks: Marks
    runs: Runs
    _suggestions: list[SuggestionFrame] = field(factory=list, init=False)

    @classmethod
    def of(cls, labels: Labels, video: Video) -> "TimelineData":
        """Read the tables once.

        Args:
            labels: The labels.
            video: One of their videos.
        """
        store = labels.store
        labeled, flags, runs = scan(store, store.find_in(labels.videos, video))
        data = cls(video, 1, Marks(labeled, flags), runs)
        data.update_suggestions(labels)
        data.update_anchors(labels)
        data._measure()
        return data

    def update(self, labels: Labels, frame_indices: Iterable[int]) -> bool:
        """Look at some frames again, after an edit.

        Args:
            labels: The labels, with the video still among them.
            frame_indices: Indices of the frames that were edited.

        Returns:
            Whether anything is to be drawn differently.
        """
        store = labels.store
        number = store.find_in(labels.videos, self.video)
        is_news = False
        for frame_idx in frame_indices:
            flags, tracks = scan_frame(store, number, frame_idx)
            is_news |= self.marks.set_flags(frame_idx, flags)
            is_news |= self.runs.set_frame(frame_idx, tracks)
        self._measure()
        return is_news

    def update_suggestions(self, labels: Labels) -> None:
        """Look at the suggestions again; quick where only a few were added at the end."""
        old, new = self._suggestions, labels.suggestions
        self._suggestions = list(new)
        added = new[len(old) :]
        if old and len(added) <= N_FEW and new[: len(old)] == old:
            for one in added:
                if one.video is self.video:
                    self.marks.add_suggested(one.frame_idx)
        else:
            self.marks.set_suggested(suggested_indices(labels, self.video))

    def update_anchors(self, labels: Labels) -> None:
        """Look at the places without an animal again."""
        number = labels.store.find_in(labels.videos, self.video)
        anchors = labels.negative_anchors.get(number, [])
        self.marks.anchored = np.unique(np.array([one[0] for one in anchors], np.int64))

    def _measure(self) -> None:
        labeled = self.marks.labeled
        last = int(labeled[-1]) + 1 if len(labeled) else 1
        self.n_frames = self.video.n_indices or last
