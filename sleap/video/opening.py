"""Opens a video of any kind, or describes it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from sleap.core.video import Video
from sleap.errors import OptionError, VideoError
from sleap.video.locate import find_video, missing

if TYPE_CHECKING:
    from sleap.video.reader import Reader

Source = str | Path | Sequence[str | Path] | npt.NDArray[Any]

INPUT_FORMATS = ("channels_last", "channels_first")


def open_video(
    video: Video | Source,
    *,
    dataset: str | None = None,
    input_format: str | None = None,
    grayscale: bool | None = None,
    search: Sequence[Path] = (),
) -> "Reader":
    """Open a video for reading frames.

    Args:
        video: A described video; or a path: of a video file, an HDF5 file, a ``.npy`` array, an
            image, a folder of images; or a list of paths of images; or an array in memory,
            (frames, height, width[, channels]).
        dataset: Dataset inside an HDF5 file; None for what ``video`` says.
        input_format: Order of the axes of an HDF5 dataset, "channels_last" or "channels_first";
            None for what ``video`` says, or else to tell from the shape.
        grayscale: Whether to read one channel; None for what ``video`` says, or else to tell from
            the pixels of the first frame.
        search: Folders in which to look for a missing file: that of the labels file.

    Returns:
        The reader. Close it, or use it as a context manager.

    Raises:
        VideoError: If the video is not found or cannot be read.
        OptionError: If ``input_format`` is neither of the two.
    """
    from sleap.video.readers import READERS

    array = video if isinstance(video, np.ndarray) else None
    if isinstance(video, Video):
        described = video
    else:
        described = Video("" if isinstance(video, np.ndarray) else video)
    described = attrs.evolve(
        described,
        dataset=described.dataset if dataset is None else dataset,
        input_format=described.input_format if input_format is None else input_format,
        grayscale=described.grayscale if grayscale is None else grayscale,
    )
    if described.input_format and described.input_format not in INPUT_FORMATS:
        raise OptionError(
            f"Input format '{described.input_format}' is not known. "
            f"Choose one of: {', '.join(INPUT_FORMATS)}."
        )
    if array is not None:
        return _open_array(described, array)
    location = find_video(described, search)
    if not location:
        raise missing(described, search)
    for name in READERS:
        reader = READERS.get(name)
        if reader.accepts(described, location):
            opened = reader.open(described, location)
            opened.claim_files()
            return opened
    shown = location if isinstance(location, Path) else location[0]
    raise VideoError(f"Cannot open '{shown}': it is of no known kind of video.")


def _open_array(video: Video, array: npt.NDArray[Any]) -> "Reader":
    from sleap.video.readers.numpy_array import NumpyReader

    return NumpyReader(video, array)


def load_video(
    source: Source,
    *,
    dataset: str | None = None,
    input_format: str | None = None,
    grayscale: bool | None = None,
) -> Video:
    """Describe a video, with its shape; no file is kept open.

    Args:
        source: Path of a video of any kind, or paths of images; see ``open_video``.
        dataset: Dataset inside an HDF5 file.
        input_format: Order of the axes of an HDF5 dataset; None to tell from the shape.
        grayscale: Whether to read one channel; None to tell from the pixels.

    Returns:
        The video. A folder of images becomes the list of its images.

    Raises:
        VideoError: If it is not found or cannot be read.
        OptionError: If ``input_format`` is not known.
    """
    with open_video(
        source, dataset=dataset, input_format=input_format, grayscale=grayscale
    ) as reader:
        return reader.describe()
