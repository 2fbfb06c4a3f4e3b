"""What a file shows as a video, read in a thread: first image, shape, and what can be chosen."""

from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.video import Video
from sleap.errors import SleapError

ORDERS = ("channels_last", "channels_first")


@frozen(kw_only=True)
class VideoChoice:
    """A file, and how it is to be read.

    Attributes:
        path: The file, or the folder of images.
        dataset: Dataset of an HDF5 file; None to find it.
        input_format: Order of its axes, "channels_last" or "channels_first"; None to tell from
            the shape.
        grayscale: Whether one channel is read; None to tell from the pixels.
    """

    path: Path
    dataset: str | None = None
    input_format: str | None = None
    grayscale: bool | None = None


@frozen(eq=False)
class Probe:
    """What was found.

    Attributes:
        video: Its description, with all that was found out; None if it cannot be read.
        image: (height, width, channels) uint8, its first frame.
        fps: Frames per second; None if it does not say.
        datasets: Of an HDF5 file, names and shapes of what may be a video.
        error: Why it cannot be read; "" if it can.
    """

    video: Video | None = None
    image: npt.NDArray[np.uint8] | None = None
    fps: float | None = None
    datasets: tuple[tuple[str, tuple[int, ...]], ...] = ()
    error: str = ""


def probe(choice: VideoChoice) -> Probe:
    """Open a file, and read its first image. What is wrong is told, not raised.

    Of several datasets that may be videos, the first is taken if none is chosen.
    """
    from sleap.video import open_video
    from sleap.video.hdf5_file import is_hdf5

    datasets: tuple[tuple[str, tuple[int, ...]], ...] = ()
    try:
        if choice.path.is_file() and is_hdf5(choice.path):
            datasets = _datasets(choice.path)
            if choice.dataset is None and datasets:
                choice = attrs.evolve(choice, dataset=datasets[0][0])
        with open_video(
            str(choice.path),
            dataset=choice.dataset,
            input_format=choice.input_format,
            grayscale=choice.grayscale,
        ) as reader:
            image = reader.read(int(reader.frame_indices[0]))
            return Probe(reader.describe(), image, reader.fps, datasets)
    except SleapError as error:
        return Probe(datasets=datasets, error=str(error))


def _datasets(path: Path) -> tuple[tuple[str, tuple[int, ...]], ...]:
    from sleap.video.hdf5_file import open_file, video_datasets

    with open_file(path) as file:
        return tuple((name, tuple(file[name].shape)) for name in video_datasets(file))


def describe(found: Probe) -> str:
    """Say what a video is, in one line."""
    if found.video is None or found.video.shape is None:
        return ""
    frames, height, width, channels = found.video.shape
    parts = [f"{frames:,} {'frame' if frames == 1 else 'frames'}", f"{width:,} × {height:,} pixels"]
    parts.append("grayscale" if channels == 1 else "colour")
    if found.fps:
        parts.append(f"{found.fps:.4g} frames per second")
    return ", ".join(parts)
