"""The videos that a prediction is made on, and which of their frames."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FileError, OptionError, SleapError
from sleap.hdf5.files import open_checked
from sleap.io.files import load_file
from sleap.video import open_video
from sleap.workflows.frame_ranges import format_frames, parse_frames

if TYPE_CHECKING:
    from sleap.video.reader import Reader

IntArray = npt.NDArray[np.int64]


@frozen(eq=False)
class Recording:
    """One video, and the frames of it to look at.

    Attributes:
        video: The video, as it is named in the predictions.
        frames: (n,), ascending.
        search: Folders in which to look for a missing file.
    """

    video: Video
    frames: IntArray
    search: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return self.video.name

    def open(self) -> "Reader":
        """Open the video.

        Raises:
            VideoError: If it is not found or cannot be read.
        """
        return open_video(self.video, search=self.search)


@frozen(kw_only=True)
class Wanted:
    """Which frames to look at, and how to read an HDF5 video.

    Attributes:
        frames: Numbers and ranges; all if empty.
        only_labeled: Of a project, only frames that were labeled by hand.
        only_suggested: Of a project, only suggested frames.
        dataset: Dataset of an HDF5 video.
        input_format: Order of the axes of an HDF5 video; told from the shape if empty.
    """

    frames: str = ""
    only_labeled: bool = False
    only_suggested: bool = False
    dataset: str = ""
    input_format: str = ""


def find_recordings(path: Path, wanted: Wanted) -> list[Recording]:
    """Find the videos that a file is, or names, and check that they can be read.

    Args:
        path: A video, a project or a training package.
        wanted: Which frames.

    Returns:
        The videos that have frames to look at.

    Raises:
        FileError: If there is no such file.
        VideoError: If a video is not found or cannot be read.
        OptionError: If no video has the frames asked for.
    """
    if not path.exists():
        raise FileError(f"There is no video or labels file '{path}'. Check the path.")
    ranges = parse_frames(wanted.frames) if wanted.frames else None
    if not wanted.dataset and is_labels_file(path):
        return _of_labels(path, wanted, ranges)
    if wanted.only_labeled or wanted.only_suggested:
        raise OptionError(
            f"'{path}' is a video: only a project has labeled or suggested frames. Use --frames."
        )
    with open_video(
        path, dataset=wanted.dataset or None, input_format=wanted.input_format or None
    ) as reader:
        video, readable = reader.describe(), reader.frame_indices
    return [Recording(video, choose_frames(readable, ranges, video.name, is_only=True))]


def is_labels_file(path: Path) -> bool:
    """Tell whether a file is a project, a package or predictions rather than a video."""
    if path.suffix.lower() in (".slp", ".json"):
        return True
    if path.suffix.lower() not in (".h5", ".hdf5") or not path.is_file():
        return False
    try:
        with open_checked(path) as file:
            return "metadata" in file and "frames" in file
    except (OSError, SleapError):
        return False


def _of_labels(path: Path, wanted: Wanted, ranges: list[range] | None) -> list[Recording]:
    """Find the videos of a labels file."""
    labels = load_file(path)
    search = (path.absolute().parent,)
    recordings = []
    for video in labels.videos:
        with open_video(video, search=search) as reader:
            readable = reader.frame_indices
        frames = choose_frames(readable, ranges, video.name, is_only=len(labels.videos) == 1)
        if wanted.only_labeled or wanted.only_suggested:
            frames = np.intersect1d(frames, _marked(labels, video, wanted))
        if len(frames):
            recordings.append(Recording(video, frames, search))
    if not recordings:
        raise OptionError(
            f"'{path}' has no frames to predict: none of its {len(labels.videos)} videos has the "
            f"frames asked for."
        )
    return recordings


def choose_frames(
    readable: IntArray, ranges: list[range] | None, name: str, *, is_only: bool
) -> IntArray:
    """Choose frames of a video.

    Args:
        readable: The frames it has.
        ranges: The frames asked for; None: all.
        name: Name of the video.
        is_only: Whether it is the only video, so that a frame it does not have is an error.

    Returns:
        (n,) ascending, each once.

    Raises:
        OptionError: If the only video does not have all of the frames asked for.
    """
    readable = np.unique(readable)
    if ranges is None:
        return readable
    asked = np.unique(np.concatenate([np.arange(part.start, part.stop) for part in ranges]))
    chosen = np.intersect1d(asked, readable)
    if is_only and len(chosen) < len(asked):
        missing = np.setdiff1d(asked, readable)
        raise OptionError(
            f"The video '{name}' does not have the frames {format_frames(missing.tolist())}: "
            f"it has {format_frames(readable.tolist())}."
        )
    return chosen


def _marked(labels: Labels, video: Video, wanted: Wanted) -> IntArray:
    """Return the frames of a video that were labeled by hand, or suggested, as asked for."""
    frames: list[int] = []
    if wanted.only_labeled:
        frames += [frame.frame_idx for frame in labels.user_frames() if frame.video is video]
    if wanted.only_suggested:
        frames += [item.frame_idx for item in labels.suggestions if item.video is video]
    return np.array(sorted(set(frames)), dtype=np.int64)
