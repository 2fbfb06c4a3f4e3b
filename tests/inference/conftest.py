"""A world of coloured blobs, and ideal networks that see it: whatever error is left is ours."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from attrs import frozen

from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.inference.batches import ImagePath
from sleap.inference.engine import Engine
from sleap.inference.stage import Stage
from sleap.inference.timings import BusyClock
from sleap.nn.codecs import confidence_maps, part_affinity_fields
from sleap.nn.config.model import ModelConfig
from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.config.output_type import OutputType
from sleap.nn.config.profile import Profile
from sleap.nn.saved.graph import Layer, Network
from sleap.nn.saved.keras_h5 import write_network
from sleap.nn.saved.run_folder import RunFolder
from sleap.video.reader import Reader

NODES = ["head", "thorax", "tail"]
EDGES = [("head", "thorax"), ("thorax", "tail")]
BLOB_SIGMA = 4.0


class ArrayReader(Reader):
    """A video in memory."""

    def __init__(self, images: np.ndarray) -> None:
        super().__init__(Video("array.npy"), "array.npy")
        self.images = images
        self.n_read = 0

    @classmethod
    def accepts(cls, video: Video, location: Path | list[Path]) -> bool:
        return False

    @classmethod
    def open(cls, video: Video, location: Path | list[Path]) -> "ArrayReader":
        raise NotImplementedError

    @property
    def shape(self) -> tuple[int, int, int, int]:
        n_frames, height, width, channels = self.images.shape
        return n_frames, height, width, channels

    def _read(self, row: int) -> np.ndarray:
        self.n_read += 1
        return self.images[row]

    def _release(self) -> None:
        pass


@frozen(eq=False)
class World:
    """Animals of three nodes; node k is a blob in colour channel k."""

    points: np.ndarray
    """(n_frames, n_animals, 3, 2)."""
    reader: ArrayReader


@pytest.fixture
def skeleton() -> Skeleton:
    return Skeleton(NODES, EDGES)


@pytest.fixture
def make_world() -> Callable[..., World]:
    def make(
        n_animals: int = 2, n_frames: int = 5, size: tuple[int, int] = (203, 331), seed: int = 0
    ) -> World:
        random = np.random.default_rng(seed)
        slots = np.linspace(60, size[1] - 60, n_animals) if n_animals > 1 else [size[1] / 2]
        points = np.empty((n_frames, n_animals, 3, 2))
        for frame in points:
            for animal, x in zip(frame, slots, strict=True):
                centre = np.array([x, size[0] / 2]) + random.uniform(-8, 8, 2)
                angle = random.uniform(0, 2 * np.pi)
                arm = 24 * np.array([np.cos(angle), np.sin(angle)])
                animal[:] = centre - arm, centre, centre + arm
        images = np.stack([draw(frame, size) for frame in points])
        return World(points, ArrayReader(images))

    return make


def draw(points: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Draw animals (n, 3, 2) as blobs: (height, width, 3)."""
    y, x = np.mgrid[: size[0], : size[1]]
    image = np.zeros((*size, 3))
    for animal in points:
        for channel, (px, py) in enumerate(animal):
            blob = np.exp(-((x - px) ** 2 + (y - py) ** 2) / (2 * BLOB_SIGMA**2))
            image[..., channel] = np.maximum(image[..., channel], blob)
    return np.round(image * 255).astype(np.uint8)


def find_blobs(plane: np.ndarray) -> np.ndarray:
    """Find the centres of mass of the blobs of one colour: (n, 2)."""
    n, labels, _, _ = cv2.connectedComponentsWithStats((plane > 0).astype(np.uint8))
    centres = []
    for label in range(1, n):
        y, x = np.nonzero(labels == label)
        mass = plane[y, x].astype(float)
        if mass.max() > 60:
            centres.append([(x * mass).sum() / mass.sum(), (y * mass).sum() / mass.sum()])
    return np.array(centres).reshape(-1, 2)


class IdealEngine(Engine):
    """Puts out exactly what a network is trained to put out."""

    name = "ideal"
    module = "numpy"

    def __init__(self, kind: str, stride: int, sigma: float) -> None:
        super().__init__(None, "float32", BusyClock())  # type: ignore[arg-type]
        self.kind, self.stride, self.sigma = kind, stride, sigma
        self.shapes: list[tuple[int, ...]] = []

    def submit(self, images: np.ndarray) -> "Future[np.ndarray]":
        assert images.dtype == np.uint8
        self.shapes.append(images.shape)
        future: Future[np.ndarray] = Future()
        future.set_result(np.stack([self.draw_maps(image) for image in images]))
        return future

    def draw_maps(self, image: np.ndarray) -> np.ndarray:
        blobs = [find_blobs(image[..., channel]) for channel in range(3)]
        shape = (image.shape[0], image.shape[1])
        if self.kind == "centroids":
            blobs = blobs[1:2]
        elif self.kind == "topdown":
            middle = (np.array(shape[::-1]) - 1) / 2
            blobs = [nearest(part, middle) for part in blobs]
        if self.kind == "pafs":
            instances = [
                [nearest(blobs[0], thorax)[0], thorax, nearest(blobs[2], thorax)[0]]
                for thorax in blobs[1]
                if len(blobs[0]) and len(blobs[2])
            ]
            return part_affinity_fields.encode(
                np.array(instances).reshape(-1, 3, 2),
                np.array([[0, 1], [1, 2]]),
                shape,
                sigma=self.sigma,
                stride=self.stride,
            )
        points = np.full((max(map(len, blobs)), len(blobs), 2), np.nan)
        for channel, part in enumerate(blobs):
            points[: len(part), channel] = part
        return confidence_maps.encode(points, shape, sigma=self.sigma, stride=self.stride)


def nearest(points: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Choose the point nearest to a place: (1, 2), or (0, 2) of none."""
    return points[np.argsort(np.hypot(*(points - place).T))[:1]]


@pytest.fixture
def make_stage() -> Callable[..., Stage]:
    def make(
        kind: str, *, scale: float = 1.0, stride: int = 2, batch_size: int = 2, sigma: float = 4.0
    ) -> Stage:
        engine = IdealEngine(kind, stride, sigma)
        return Stage(engine, ImagePath(3, scale, max_stride=8), batch_size, sigma)

    return make


@pytest.fixture
def check_poses() -> Callable[[Iterator[Any], World, float], None]:
    """Assert that every animal was found, within a tolerance in pixels, and nothing else."""

    def check(found: Sequence[Any] | Iterator[Any], world: World, tolerance: float = 0.05) -> None:
        found = list(found)
        assert [poses.frame_idx for poses in found] == list(range(len(world.points)))
        for poses, truth in zip(found, world.points, strict=True):
            assert len(poses) == len(truth)
            order = np.argsort(poses.points[:, 1, 0])
            error = np.abs(poses.points[order] - truth[np.argsort(truth[:, 1, 0])])
            assert error.max() < tolerance
            assert (poses.scores > 0.3).all()

    return check


@pytest.fixture
def make_model(tmp_path: Path) -> Callable[..., Path]:
    """Makes run folders whose networks pass colours on: in a world of blobs, an ideal network."""

    def make(
        output_type: OutputType,
        name: str = "",
        *,
        nodes: Sequence[str] = NODES,
        edges: Sequence[tuple[str, str]] = EDGES,
        n_outputs: int | None = None,
        **trainer: Any,
    ) -> Path:
        skeleton = Skeleton(nodes, edges)
        profile = Profile(
            model=ModelConfig(output_type=output_type),
            trainer=TrainerConfig(**{"sigma": BLOB_SIGMA, "bounding_box_size": 80} | trainer),
        )
        profile.skeleton = skeleton
        profile.best_model_filename = "best_model.h5"
        folder = RunFolder(tmp_path / "models" / (name or output_type.word))
        folder.path.mkdir(parents=True)
        folder.save_job(profile)
        kinds = {
            OutputType.CENTROIDS: np.array([[0], [1], [0]]),
            OutputType.PAFS: np.zeros((3, 2 * len(edges))),
        }
        kernel = kinds.get(output_type, np.eye(3, len(nodes)))
        if n_outputs:
            kernel = np.zeros((3, n_outputs))
        settings = {"filters": kernel.shape[1], "kernel_size": [1, 1], "use_bias": False}
        layers = [
            Layer("in", "InputLayer", {}, []),
            Layer("pool", "MaxPooling2D", {"pool_size": [2, 2]}, ["in"]),
            Layer("up", "UpSampling2D", {"size": [2, 2]}, ["pool"]),
            Layer("zero", "Rescaling", {"scale": 0.0, "offset": 0.0}, ["up"]),
            Layer("sum", "Add", {}, ["in", "zero"]),
            Layer("out", "Conv2D", settings, ["sum"]),
        ]
        weights = {"out": [kernel[None, None].astype(np.float32)]}
        write_network(Network(layers, ["out"], weights, (None, None, 3)), folder.best_path)
        return folder.path

    return make
