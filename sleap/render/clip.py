"""Labels and their video into a clip, frame by frame."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sleap.core.frame import LabeledFrame
from sleap.core.labels import Labels
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError, OptionError
from sleap.progress import SILENT, Progress
from sleap.render.draw import Shape, View, draw
from sleap.render.style import Style
from sleap.video import open_video
from sleap.video.locate import find_video
from sleap.video.reader import Reader
from sleap.video.writer import VideoWriter

FloatArray = npt.NDArray[np.float64]
Image = npt.NDArray[np.uint8]

_FOLLOW = 0.12  # how fast a crop moves after the instances, per frame


def render_clip(
    labels: Labels,
    output: str | Path,
    *,
    video: Video | None = None,
    frames: Sequence[int] | None = None,
    fps: float = 25.0,
    style: Style | None = None,
    search: Sequence[Path] = (),
    progress: Progress = SILENT,
) -> int:
    """Write a clip of a video with the instances drawn over it.

    One frame is held in memory at a time.

    Args:
        labels: What to draw.
        output: The file to write: .mp4 or .avi.
        video: One of the labels' videos; None for the first.
        frames: Which frames, in order; None for all.
        fps: Frames per second of the clip.
        style: How to draw; None for the defaults.
        search: Folders in which to look for a video that is not at its place.
        progress: Told how far the work is.

    Returns:
        How many frames were written.

    Raises:
        VideoError: If the video cannot be read or the clip cannot be written.
        OptionError: If there are no frames to write.
        FileError: If the clip would replace the video.
    """
    style = style or Style()
    video = video or labels.video
    _spare_video(Path(output), video, search)
    count = 0
    with open_video(video, search=search) as reader:
        wanted = reader.frame_indices.tolist() if frames is None else list(frames)
        if not wanted:
            raise OptionError("There are no frames to render: the range is empty.")
        with VideoWriter(output, fps, quality=90) as writer:
            progress.begin("Rendering", len(wanted))
            for image in pictures(labels, video, reader, wanted, style):
                progress.check()
                writer.write(image)
                count += 1
                progress.advance()
        progress.end()
    return count


def _spare_video(output: Path, video: Video, search: Sequence[Path]) -> None:
    """Refuse to write a clip over the very recording it is made of."""
    location = find_video(video, search) if output.exists() else None
    if isinstance(location, Path) and location.samefile(output):
        raise FileError(
            f"Cannot write a clip to '{output}': that is the video it is made of. Choose another "
            "name."
        )


def pictures(
    labels: Labels, video: Video, reader: Reader, frames: Sequence[int], style: Style
) -> Iterator[Image]:
    """Draw frames one after the other.

    Args:
        labels: What to draw.
        video: One of the labels' videos.
        reader: Its pixels.
        frames: Which frames, in order.
        style: How to draw.

    Yields:
        (height, width, 3) uint8 RGB, all of the same size.
    """
    _, height, width, _ = reader.shape
    numbers = {id(track): number for number, track in enumerate(labels.tracks)}
    trail = _Trail(style.trail_length)
    previous = -1
    window = _Window((width, height), style.crop)
    for frame_idx, image in _images(reader, frames, style.background):
        # Frames that are passed over are not shown, but their trails are.
        if frame_idx <= previous:
            trail, previous = _Trail(style.trail_length), -1
        for passed in range(max(frame_idx - style.trail_length, previous + 1), frame_idx):
            trail.add(_shapes(labels.find(video, passed), numbers))
        shapes = _shapes(labels.find(video, frame_idx), numbers)
        trail.add(shapes)
        previous = frame_idx
        view = View(window.follow(shapes), window.size, style.scale)
        yield draw(image, shapes, style, view=view, trails=trail.paths())


def _images(reader: Reader, frames: Sequence[int], background: str) -> Iterable[tuple[int, Image]]:
    """Read frames, or make empty ones when the video will not be seen."""
    if background == "original":
        return reader.iterate(frames)
    blank = np.zeros(reader.shape[1:], np.uint8)
    return ((frame_idx, blank) for frame_idx in frames)


def _shapes(frame: LabeledFrame | None, numbers: dict[int, int]) -> list[Shape]:
    """Return what to draw of a frame: predictions that nobody corrected, then user instances."""
    if frame is None:
        return []
    user = frame.user_instances
    taken = {id(instance.track) for instance in user if instance.track is not None}
    free = [one for one in frame.unused_predictions if id(one.track) not in taken]
    shapes = []
    for rank, instance in enumerate([*free, *user]):
        track: Track | None = instance.track
        shapes.append(
            Shape(
                instance.numpy(),
                instance.skeleton,
                rank,
                -1 if track is None else numbers.get(id(track), -1),
                np.asarray(instance.points["visible"], bool),
                "" if track is None else track.name,
            )
        )
    return shapes


class _Trail:
    """The last places of every track.

    Args:
        length: How many frames are remembered; 0 for none.
    """

    def __init__(self, length: int) -> None:
        self._places: deque[dict[int, FloatArray]] = deque(maxlen=length + 1 if length else 0)

    def add(self, shapes: Sequence[Shape]) -> None:
        """Remember the middles of one frame's instances."""
        seen = (shape for shape in shapes if shape.track >= 0)
        self._places.append({shape.track: _middle(shape.points) for shape in seen})

    def paths(self) -> dict[int, FloatArray]:
        """Return (n, 2) px for each track, oldest first, NaN where it was not seen."""
        tracks = sorted({track for places in self._places for track in places})
        gap = np.full(2, np.nan)
        return {
            track: np.array([places.get(track, gap) for places in self._places]) for track in tracks
        }


class _Window:
    """The part of the picture that is shown; a crop glides after the instances.

    Args:
        full: (width, height) of the video, px.
        crop: (width, height) of the crop; None for all.
    """

    def __init__(self, full: tuple[int, int], crop: tuple[int, int] | None) -> None:
        self.full = full
        width, height = crop or full
        self.size = (min(width, full[0]), min(height, full[1]))
        self._centre: FloatArray | None = None

    def follow(self, shapes: Sequence[Shape]) -> tuple[int, int]:
        """Return (x, y) of the first pixel shown, given what is on the frame."""
        if self.size == self.full:
            return (0, 0)
        middles = np.array([_middle(shape.points) for shape in shapes]).reshape(-1, 2)
        middles = middles[np.isfinite(middles).all(axis=1)]
        if len(middles):
            target = middles.mean(axis=0)
            centre = target if self._centre is None else self._centre
            self._centre = centre + _FOLLOW * (target - centre)
        centre = np.array(self.full) / 2 if self._centre is None else self._centre
        low = np.clip(np.rint(centre - np.array(self.size) / 2), 0, np.array(self.full) - self.size)
        return int(low[0]), int(low[1])


def _middle(points: FloatArray) -> FloatArray:
    """Return the mean of the points that are not missing; NaN if there are none."""
    present = np.isfinite(points).all(axis=1)
    return np.asarray(points[present].mean(axis=0)) if present.any() else np.full(2, np.nan)
