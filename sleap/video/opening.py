"""Opens a video of any kind, or describes it.

What is found out on opening a described video is noted in the description, for the next save of its
labels: where it lies, its shape and its fingerprint. So no save ever needs to look at a video.
"""

import logging
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import numpy.typing as npt

from sleap.core.video import Video
from sleap.errors import OptionError, VideoError
from sleap.video.locate import FOUND, find_video, head_place, missing

if TYPE_CHECKING:
    from sleap.video.reader import Reader

Source = str | Path | Sequence[str | Path] | npt.NDArray[Any]

logger = logging.getLogger(__name__)

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

    Only ordinary files and folders are opened: a stored path may name a device or a pipe, which
    would never end. Where the content is not the one that the project knows, a warning is logged.

    Args:
        video: A described video, whose unknown ``shape`` and ``fingerprint`` are filled in; or a
            path: of a video file, an HDF5 file, a ``.npy`` array, an image, a folder of images; or
            a list of paths of images; or an array in memory, (frames, height, width[, channels]).
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
    _check_ordinary(location if isinstance(location, Path) else location[0])
    for name in READERS:
        reader = READERS.get(name)
        if reader.accepts(described, location):
            opened = reader.open(described, location)
            opened.claim_files()
            is_asked_as_stored = dataset is None and input_format is None and grayscale is None
            _note(opened, location, video if is_asked_as_stored else described)
            return opened
    shown = location if isinstance(location, Path) else location[0]
    raise VideoError(f"Cannot open '{shown}': it is of no known kind of video.")


def _check_ordinary(path: Path) -> None:
    """Refuse what cannot be a video and might never end: devices, pipes, sockets, empty files."""
    try:
        status = path.stat()
    except OSError as error:
        raise VideoError(f"Cannot open video '{path}': {error.strerror or error}.") from None
    if stat.S_ISDIR(status.st_mode):
        return
    if not stat.S_ISREG(status.st_mode):
        raise VideoError(
            f"Cannot open '{path}' as a video: it is a device or a pipe. Give an ordinary file."
        )
    if not status.st_size:
        raise VideoError(f"Cannot open '{path}' as a video: the file is empty. Copy it again.")


def _note(reader: "Reader", location: Path | list[Path], video: Video | Source) -> None:
    """Note where a video was found, and what it is, in the reader's description and the given."""
    fingerprint = reader.fingerprint()
    known = reader.video.fingerprint
    place = head_place(reader.video, location)
    if place is not None:
        reader.video.metadata[FOUND] = (reader.video.filename, str(place))
    if reader.video.compare_fingerprint(fingerprint) is False:
        logger.warning(
            "'%s' is not the recording that the labels were made on (%s, and not %s): they may not "
            "fit. If it was encoded anew, compare some frames.",
            reader.name,
            fingerprint,
            known,
        )
    reader.video.fingerprint = fingerprint or known
    if isinstance(video, Video):
        video.fingerprint = known or fingerprint
        if video.shape is None:
            video.shape = reader.shape


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
