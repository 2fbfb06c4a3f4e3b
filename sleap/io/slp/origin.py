"""Where the images of a video are to be had: in a package that holds some, in the recording."""

from pathlib import Path

import numpy as np
from attrs import field, frozen

from sleap.core.tables import BoolArray, IntArray
from sleap.core.video import Video
from sleap.io.slp import hdf5, spec, videos


@frozen(eq=False)
class Origin:
    """The files from which the images of a video can be taken now.

    Args:
        video: The video.
        package: The file that holds some of its images; None if there is none or it is missing.
        held: (n,) indices in the recording of the images in the package, by row.
        recording: The recording itself, if its file was found.
    """

    video: Video
    package: Path | None = None
    held: IntArray = field(factory=lambda: np.empty(0, np.int64))
    recording: Video | None = None

    @property
    def is_missing(self) -> bool:
        """Whether no file was found at all."""
        return self.package is None and self.recording is None

    def has(self, indices: IntArray) -> BoolArray:
        """Return (n,) bool: which frames have an image here, as far as is known unopened."""
        if self.recording is not None:
            return np.ones(len(indices), bool)
        return np.isin(indices, self.held)


def find_origin(video: Video) -> Origin:
    """Look for the files of a video; none is missed with an error here.

    Raises:
        FormatError: If the package of an embedded video is damaged.
    """
    from sleap.video.locate import find_video

    if not video.is_embedded:
        found = find_video(video, videos.search_folders(video))
        return Origin(video, recording=video if found else None)
    package = find_video(video, videos.search_folders(video))
    recording = _find_recording(video)
    if not isinstance(package, Path):
        return Origin(video, recording=recording)
    return Origin(video, package, _read_numbers(video, package), recording)


def _find_recording(video: Video) -> Video | None:
    """Return the first video in the chain of sources that is no package and is there."""
    from sleap.video.locate import find_video

    source = video.source
    while source is not None:
        if not source.is_embedded and find_video(source, videos.search_folders(source)):
            return source
        source = source.source
    return None


def _read_numbers(video: Video, package: Path) -> IntArray:
    if video.frame_numbers is not None:
        return video.frame_numbers
    with hdf5.opened(package) as file:
        images = hdf5.find_dataset(file, str(video.dataset))
        group = str(video.dataset).rpartition("/")[0]
        stored = hdf5.find_dataset(file, f"{group}/{spec.FRAME_NUMBERS}")
        if stored is not None:
            return np.asarray(stored[()]).astype(np.int64)
        return np.arange(0 if images is None else images.shape[0])
