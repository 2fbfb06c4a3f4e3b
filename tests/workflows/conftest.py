"""A small video of blobs, and networks that see them as they are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import frozen

from sleap.core.skeleton import Skeleton
from sleap.nn.config.model import ModelConfig
from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.config.output_type import OutputType
from sleap.nn.config.profile import Profile
from sleap.nn.saved.graph import Layer, Network
from sleap.nn.saved.keras_h5 import write_network
from sleap.nn.saved.run_folder import RunFolder

SIGMA = 4.0


@frozen(eq=False)
class BlobVideo:
    """Two animals of three nodes that go to the right; node k is a blob in colour channel k."""

    path: Path
    images: np.ndarray
    points: np.ndarray
    """(n_frames, 2, 3, 2)."""


@pytest.fixture(scope="session")
def blob_video(tmp_path_factory: pytest.TempPathFactory) -> BlobVideo:
    start = np.array([[[30, 30], [50, 36], [70, 30]], [[30, 110], [50, 104], [70, 110]]])
    points = start + np.arange(8)[:, None, None, None] * np.array([3.0, 0.5])
    y, x = np.mgrid[:144, :160]
    images = np.zeros((len(points), *x.shape, 3))
    for image, animals in zip(images, points, strict=True):
        for animal in animals:
            for channel, (px, py) in enumerate(animal):
                image[..., channel] += np.exp(-((x - px) ** 2 + (y - py) ** 2) / (2 * SIGMA**2))
    path = tmp_path_factory.mktemp("video") / "blobs.npy"
    images = np.round(np.minimum(images, 1) * 255).astype(np.uint8)
    np.save(path, images)
    return BlobVideo(path, images, points)


@pytest.fixture
def blob_models(tmp_path: Path) -> Callable[..., list[str]]:
    """Makes run folders: the networks pass colours on, which is ideal for blobs."""

    def make(*types: OutputType, **trainer: Any) -> list[str]:
        folders = []
        for output_type in types:
            profile = Profile(
                model=ModelConfig(output_type=output_type),
                trainer=TrainerConfig(**{"sigma": SIGMA, "bounding_box_size": 64} | trainer),
            )
            profile.skeleton = Skeleton(["a", "b", "c"], [("a", "b"), ("b", "c")])
            folder = RunFolder(tmp_path / "models" / output_type.word)
            folder.path.mkdir(parents=True)
            folder.save_job(profile)
            is_centroids = output_type is OutputType.CENTROIDS
            kernel = np.array([[0], [1], [0]]) if is_centroids else np.eye(3)
            settings = {"filters": kernel.shape[1], "kernel_size": [1, 1], "use_bias": False}
            layers = [Layer("in", "InputLayer", {}, []), Layer("out", "Conv2D", settings, ["in"])]
            weights = {"out": [kernel[None, None].astype(np.float32)]}
            write_network(Network(layers, ["out"], weights, (None, None, 3)), folder.best_path)
            folders.append(str(folder.path))
        return folders

    return make


@pytest.fixture
def make_run(tmp_path: Path) -> Callable[..., Path]:
    """Makes run folders with a profile and a table of losses, but without a network."""

    def make(name: str, losses: str = "0,4,2\n1,3,1\n2,2,1.5\n", **trainer: Any) -> Path:
        profile = Profile(
            model=ModelConfig(output_type=OutputType.CENTROIDS, input_channels=1),
            trainer=TrainerConfig(**trainer),
        )
        profile.skeleton = Skeleton(["a", "b"], [("a", "b")])
        folder = RunFolder(tmp_path / "models" / name)
        folder.path.mkdir(parents=True)
        folder.save_job(profile)
        if losses:
            (folder.path / "training_log.csv").write_text(f"epoch,loss,val_loss\n{losses}")
        return folder.path

    return make
