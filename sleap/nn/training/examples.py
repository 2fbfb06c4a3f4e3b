"""Pictures of what the network finds while it learns: fixed examples, with the truth."""

from pathlib import Path
from time import perf_counter as now
from typing import Any

import cv2
import numpy as np
from attrs import define, field

from sleap.io.atomic import replacing
from sleap.io.diary import Diary
from sleap.nn.codecs import confidence_maps
from sleap.nn.config.output_type import OutputType
from sleap.nn.data.example import Float32Array, FloatArray, UInt8Array
from sleap.nn.training.callbacks import Callback
from sleap.nn.training.datasets import Dataset
from sleap.nn.training.history import Begin, Epoch, History

FOLDER = "viz"
N_EXAMPLES = 4
N_KEPT = 20
"""Pictures that are kept while the training goes on, unless all are."""
COST_SHARE = 0.02
"""Share of the time that pictures may take."""
THRESHOLD = 0.2
"""Confidence from which on a peak, or a field, is drawn."""
SIDE = 256
"""Longer side of one example in a picture, pixels."""
TRUTH, FOUND = (0, 220, 0), (255, 0, 255)


@define
class Examples(Callback):
    """Draws fixed validation examples after an epoch, now and then.

    The truth is drawn green, what the network finds magenta. The first examples to learn from
    stand in where there are none to judge by.

    Attributes:
        folder: The run folder.
        output: What the network puts out.
        dataset: Where the examples are from.
        diary: Told of each picture.
        keeps_all: Whether all pictures are kept; else the newest few, and at the end the last.
        every_s: Seconds between two pictures at least.
    """

    folder: Path
    output: OutputType
    dataset: Dataset
    diary: Diary
    keeps_all: bool = False
    every_s: float = 10.0
    _images: Float32Array | None = field(default=None, init=False)
    _targets: Float32Array | None = field(default=None, init=False)
    _next: float = field(default=0.0, init=False)
    _last_epoch: int = field(default=-1, init=False)

    def on_begin(self, begin: Begin) -> None:
        """Wait a little with the first picture."""
        self._next = now() + self.every_s / 2

    def on_epoch(self, epoch: Epoch, model: Any) -> None:
        """Draw, unless the last picture is too near."""
        self._last_epoch = epoch.index
        if now() >= self._next:
            self._draw(epoch.index, model)

    def on_end(self, history: History, model: Any) -> None:
        """Draw the last picture."""
        if self._last_epoch >= 0 and not self._path(self._last_epoch).exists():
            self._draw(self._last_epoch, model)
        if not self.keeps_all:
            self._thin(1)

    def _draw(self, epoch: int, model: Any) -> None:
        began = now()
        images, targets = self._examples()
        outputs = np.asarray(model(images, training=False), dtype=np.float32)
        picture = draw_examples(images, targets, outputs, self.output)
        path = self._path(epoch)
        try:
            path.parent.mkdir(exist_ok=True)
            with replacing(path) as temporary:
                temporary.write_bytes(cv2.imencode(".png", picture[:, :, ::-1])[1].tobytes())
        except OSError as error:
            self.diary.write("note", text=f"No picture of epoch {epoch + 1}: {error}.")
        else:
            file = path.relative_to(self.folder).as_posix()
            self.diary.write("example", epoch=epoch, file=file)
            if not self.keeps_all:
                self._thin(N_KEPT)
        spent = now() - began
        self._next = now() + max(self.every_s, spent / COST_SHARE)

    def _path(self, epoch: int) -> Path:
        return self.folder / FOLDER / f"validation.{epoch + 1:04d}.png"

    def _thin(self, n_kept: int) -> None:
        for path in sorted((self.folder / FOLDER).glob("validation.*.png"))[:-n_kept]:
            path.unlink(missing_ok=True)

    def _examples(self) -> tuple[Float32Array, Float32Array]:
        """Make the examples, once: some from all over the list."""
        if self._images is None or self._targets is None:
            batches = self.dataset.val or self.dataset.train
            n = len(batches.examples)
            rows = np.unique(np.linspace(0, n - 1, min(N_EXAMPLES, n)).round().astype(int))
            made = [
                batches.maker.make(batches.examples[row], np.random.default_rng(0)) for row in rows
            ]
            self._images = np.stack([image for image, _ in made])
            self._targets = np.stack([target for _, target in made])
        return self._images, self._targets


def draw_examples(
    images: FloatArray, targets: FloatArray, outputs: FloatArray, output: OutputType
) -> UInt8Array:
    """Draw examples side by side.

    Args:
        images: (n, height, width, channels) in [0, 1].
        targets: (n, rows, columns, n_outputs), what the network should put out.
        outputs: What it puts out.
        output: What that is.

    Returns:
        (height, n * width, 3) uint8, scaled.
    """
    stride = images.shape[1] // outputs.shape[1]
    scale = SIDE / max(images.shape[1:3])
    tiles = []
    for row in range(len(images)):
        tile = _scaled(images[row], scale)
        for maps, colour in ((targets, TRUTH), (outputs, FOUND)):
            one = maps[row : row + 1]
            if output is OutputType.PAFS:
                _draw_fields(tile, one[0], stride, scale, colour)
            else:
                _draw_peaks(tile, _peaks(one, stride, output), scale, colour)
        tiles.append(tile)
    return np.concatenate(tiles, axis=1)


def _peaks(maps: FloatArray, stride: int, output: OutputType) -> FloatArray:
    if output is OutputType.TOPDOWN:
        points, _ = confidence_maps.decode_single(maps, stride=stride, threshold=THRESHOLD)
        return np.asarray(points[0][~np.isnan(points[0]).any(axis=1)])
    return confidence_maps.decode_multi(maps, stride=stride, threshold=THRESHOLD).points


def _scaled(image: FloatArray, scale: float) -> UInt8Array:
    pixels = (np.clip(image, 0, 1) * 255).astype(np.uint8)
    pixels = np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels[:, :, :3]
    size = (max(round(image.shape[1] * scale), 1), max(round(image.shape[0] * scale), 1))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_NEAREST
    return np.ascontiguousarray(cv2.resize(pixels, size, interpolation=how), dtype=np.uint8)


def _draw_peaks(
    tile: UInt8Array, points: FloatArray, scale: float, colour: tuple[int, int, int]
) -> None:
    """Draw circles for the truth, crosses for what was found."""
    for x, y in np.round((points + 0.5) * scale - 0.5).astype(int).tolist():
        if colour == TRUTH:
            cv2.circle(tile, (x, y), 5, colour, 1, cv2.LINE_AA)
        else:
            cv2.drawMarker(tile, (x, y), colour, cv2.MARKER_TILTED_CROSS, 8, 1, cv2.LINE_AA)


def _draw_fields(
    tile: UInt8Array, fields: FloatArray, stride: int, scale: float, colour: tuple[int, int, int]
) -> None:
    """Draw a short line along the field, in every second cell where there is one."""
    vectors = fields.reshape(*fields.shape[:2], -1, 2)
    rows, columns, edges = np.nonzero(np.hypot(vectors[..., 0], vectors[..., 1]) > THRESHOLD)
    for row, column, edge in zip(rows.tolist(), columns.tolist(), edges.tolist(), strict=True):
        if (row + column) % 2:
            continue
        start = (np.array([column, row]) * stride + 0.5) * scale - 0.5
        end = start + vectors[row, column, edge] * stride * scale
        first, last = (tuple(np.round(point).astype(int).tolist()) for point in (start, end))
        cv2.line(tile, first, last, colour, 1, cv2.LINE_AA)
