"""What a method of suggestion is, and what it is given to choose from.

A method is a function from a ``Search`` to ``Found``: frames of one video after the other. It asks
``search.allowed`` which frames may be suggested, calls ``search.progress.check()`` often, so that
it can be stopped, and knows no other method and no user interface.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from attrs import define, frozen

from sleap.core.labels import Labels
from sleap.core.tables import BoolArray, IntArray
from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.progress import SILENT, Progress
from sleap.registry import Registry
from sleap.video import open_video
from sleap.video.reader import Reader


@frozen(eq=False)
class Found:
    """Frames of one video that a method chose.

    Attributes:
        video: The video.
        frame_indices: (n,) indices of the frames.
        groups: (n,) number of the group of similar frames each is from; None if there are none.
        is_ranked: Whether their order matters and is to stay: the first is the most important.
    """

    video: Video
    frame_indices: IntArray
    groups: IntArray | None = None
    is_ranked: bool = False


@define(slots=False, eq=False)
class Search:
    """What a method chooses from.

    Attributes:
        labels: The labels; not to be changed meanwhile.
        videos: Their videos to look at.
        options: The options of the method.
        progress: Told how far it is; stops the method.
        folders: Where to look for videos that are not where the labels say.
        skip_suggested: Whether frames suggested already are not allowed.
        skip_labeled: Whether frames labeled by the user are not allowed.
    """

    labels: Labels
    videos: Sequence[Video]
    options: Any
    progress: Progress = SILENT
    folders: Sequence[Path] = ()
    skip_suggested: bool = True
    skip_labeled: bool = True

    def number(self, video: Video) -> int:
        """Return the number of a video in the labels."""
        return self.labels.store.find_in(self.labels.videos, video)

    def open(self, video: Video) -> Reader:
        """Open a video.

        Raises:
            VideoError: If it is not found or cannot be read.
        """
        return open_video(video, search=self.folders)

    def readable(self, video: Video) -> IntArray:
        """Return the indices of the frames that a video has, ascending.

        Of embedded images, those that are there. The file is opened only if its length is not
        known; if it cannot be opened, the video ends with its last labeled frame.

        Raises:
            VideoError: If nothing tells how many frames there are.
        """
        if video.is_embedded and video.frame_numbers is not None:
            return np.unique(video.frame_numbers)
        if video.n_frames is not None and not video.is_embedded:
            return np.arange(video.n_frames)
        try:
            with self.open(video) as reader:
                return np.unique(reader.frame_indices)
        except VideoError:
            labeled = self.labels.labeled_indices(video)
            if not len(labeled):
                raise
            return np.arange(int(labeled[-1]) + 1)

    def taken(self, video: Video, frame_indices: IntArray, labeled: bool = False) -> BoolArray:
        """Return (n,) which frames are not to be suggested: suggested or labeled already.

        Args:
            video: The video.
            frame_indices: (n,) indices of frames.
            labeled: Whether labeled ones are wanted, whatever the user says.
        """
        taken = np.zeros(len(frame_indices), bool)
        if self.skip_suggested:
            taken |= np.isin(frame_indices, self._suggested.get(id(video), []))
        if self.skip_labeled and not labeled:
            taken |= np.isin(frame_indices, self.labels.labeled_indices(video, "user"))
        return taken

    def allowed(self, video: Video, frame_indices: IntArray, labeled: bool = False) -> IntArray:
        """Return those of some frames that may be suggested: not ``taken``, and with an image."""
        if video.is_embedded:
            frame_indices = frame_indices[np.isin(frame_indices, self.readable(video))]
        elif video.n_frames is not None:
            frame_indices = frame_indices[frame_indices < video.n_frames]
        return frame_indices[~self.taken(video, frame_indices, labeled)]

    @cached_property
    def _suggested(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for one in self.labels.suggestions:
            found.setdefault(id(one.video), []).append(int(one.frame_idx))
        return found


Method = Callable[[Search], Iterable[Found]]

METHOD_REGISTRY: Registry[Method] = Registry("method of suggestion")
"""Ways to choose frames; one module for each, named as in ``sleap.suggestions.options.METHODS``."""
