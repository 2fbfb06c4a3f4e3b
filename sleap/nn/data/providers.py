"""Labeled frames as the training sees them: scaled once, kept in memory as far as it reaches."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import numpy as np
from attrs import define, field

from sleap.core.frame import LabeledFrame
from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import LabelsError, did_you_mean
from sleap.nn.data.example import Float32Array, UInt8Array
from sleap.nn.data.normalize import to_channels
from sleap.nn.data.resize import resize_image, scale_points
from sleap.progress import SILENT, Progress
from sleap.video import open_video
from sleap.video.reader import Reader

BUDGET = 4 << 30
"""Bytes of scaled images kept in memory unless told otherwise."""


@define
class UsableFrame:
    """A frame that a person labeled, and what can be learned from it."""

    video: Video
    frame_idx: int
    points: Float32Array
    """(n_instances, n_nodes, 2), pixels of the full frame, NaN where missing or not visible."""


def usable_frames(labels: Labels, node_names: Sequence[str]) -> list[UsableFrame]:
    """Collect the frames with user instances that have at least one visible point.

    Args:
        labels: Where to look; predictions are left out.
        node_names: The nodes, in the order wanted.

    Returns:
        The frames in the order of the labels, without their empty instances.

    Raises:
        LabelsError: If there is no such frame, or if the labels' nodes are other ones.
    """
    found = []
    for frame in labels.user_frames():
        points = _visible_points(frame, node_names)
        if len(points):
            found.append(UsableFrame(frame.video, frame.frame_idx, points))
    if not found:
        n_predicted = sum(1 for _ in labels.predicted_frames())
        hint = (
            f" There are predictions on {n_predicted} frames: correct them, or save them as user "
            "instances."
            if n_predicted
            else ""
        )
        raise LabelsError(
            f"None of the {len(labels)} frames holds a user instance with a visible point, so "
            f"there is nothing to learn from. Label some frames and save the project.{hint}"
        )
    return found


def _visible_points(frame: LabeledFrame, node_names: Sequence[str]) -> Float32Array:
    """Stack the user instances of a frame, (n, n_nodes, 2), leaving out the empty ones."""
    kept = []
    for instance in frame.user_instances:
        points = instance.numpy()
        points[~np.asarray(instance.is_visible, dtype=bool)] = np.nan
        if instance.skeleton.node_names != list(node_names):
            points = points[_node_order(instance.skeleton.node_names, node_names)]
        is_missing = np.isnan(points).any(axis=1)
        points[is_missing] = np.nan
        if not is_missing.all():
            kept.append(points)
    return np.asarray(kept, dtype=np.float32).reshape(len(kept), len(node_names), 2)


def _node_order(given: Sequence[str], wanted: Sequence[str]) -> list[int]:
    missing = [name for name in wanted if name not in given]
    if missing or len(given) != len(wanted):
        hint = did_you_mean(missing[0], given) if missing else ""
        raise LabelsError(
            f"The labels' nodes are {', '.join(given)}; the network's are {', '.join(wanted)}."
            f"{hint} Train and validation labels must have the same nodes."
        )
    return [list(given).index(name) for name in wanted]


@define
class ScaledFrames:
    """Frames scaled to the network's resolution; a ``FrameSource``. Close it after use."""

    frames: list[UsableFrame]
    scale: float
    channels: int
    """1 or 3, the same for all images."""
    budget: int = BUDGET
    """Bytes of images kept in memory; the others are read anew each time."""
    search: tuple[Path, ...] = ()
    """Folders where a video is looked for."""
    shapes: list[tuple[int, int]] = field(factory=list, init=False)
    """(height, width) of each scaled image."""
    _points: list[Float32Array] = field(factory=list, init=False)
    _images: dict[int, UInt8Array] = field(factory=dict, init=False)
    _kept_bytes: int = field(default=0, init=False)
    _readers: dict[int, Reader] = field(factory=dict, init=False)
    _stack: ExitStack = field(factory=ExitStack, init=False)

    @classmethod
    def read(
        cls,
        frames: Sequence[UsableFrame],
        *,
        scale: float,
        channels: int = 0,
        budget: int = BUDGET,
        search: Sequence[Path] = (),
        progress: Progress = SILENT,
    ) -> Self:
        """Read all frames once.

        Args:
            frames: What to read.
            scale: How much to scale by.
            channels: 1 gray, 3 colour, 0: colour if any of the videos is.
            budget: Bytes of images to keep in memory.
            search: Folders where a video is looked for that is not where the labels say.
            progress: Told of each frame.

        Raises:
            VideoError: If a video or a frame cannot be read.
        """
        made = cls(list(frames), scale, channels, budget, tuple(search))
        try:
            made._open()
            made._read_all(progress)
        except BaseException:
            made.close()
            raise
        return made

    def __len__(self) -> int:
        """Count the frames."""
        return len(self.frames)

    def image(self, frame: int) -> UInt8Array:
        """Return the scaled image of a frame, (height, width, channels)."""
        kept = self._images.get(frame)
        if kept is not None:
            return kept
        wanted = self.frames[frame]
        return self._prepare(self._readers[id(wanted.video)].read(wanted.frame_idx))

    def points(self, frame: int) -> Float32Array:
        """Return the instances of a frame, (n, n_nodes, 2), pixels of the scaled image."""
        return self._points[frame]

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the videos."""
        self.close()

    def close(self) -> None:
        """Close the videos; images that are kept in memory stay readable."""
        self._stack.close()

    def _open(self) -> None:
        for frame in self.frames:
            key = id(frame.video)
            if key not in self._readers:
                reader = self._stack.enter_context(open_video(frame.video, search=self.search))
                self._readers[key] = reader
        if self.channels == 0:
            is_colour = any(reader.shape[3] == 3 for reader in self._readers.values())
            self.channels = 3 if is_colour else 1

    def _read_all(self, progress: Progress) -> None:
        """Read video by video in the order of time, which is fastest."""
        self.shapes = [(0, 0)] * len(self.frames)
        self._points = [frame.points for frame in self.frames]
        progress.begin("Reading labeled frames", len(self.frames))
        rows_of: dict[int, dict[int, list[int]]] = {key: {} for key in self._readers}
        for row, frame in enumerate(self.frames):
            rows_of[id(frame.video)].setdefault(frame.frame_idx, []).append(row)
        for key, rows in rows_of.items():
            for frame_idx, image in self._readers[key].iterate(sorted(rows)):
                for row in rows[frame_idx]:
                    self._take(row, image)
                    progress.advance()
                progress.check()
        progress.end()

    def _take(self, row: int, image: UInt8Array) -> None:
        scaled = self._prepare(image)
        full, small = (image.shape[0], image.shape[1]), (scaled.shape[0], scaled.shape[1])
        self.shapes[row] = small
        self._points[row] = scale_points(self.frames[row].points, full, small)
        if self._kept_bytes + scaled.nbytes <= self.budget:
            self._kept_bytes += scaled.nbytes
            self._images[row] = scaled

    def _prepare(self, image: UInt8Array) -> UInt8Array:
        return np.ascontiguousarray(resize_image(to_channels(image, self.channels), self.scale))
