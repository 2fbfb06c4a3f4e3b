import cv2
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.nn.config.profile import Profile
from sleap.video import load_video

SIZE = 48
TINY = {"down_blocks": 1, "up_blocks": 1, "convs_per_depth": 1, "num_filters": 2, "kernel_size": 3}


def _make_labels(folder, n_frames, seed=0, n_instances=1, size=(SIZE, SIZE)):
    """Images of animals that are a bright head and a gray tail on a dark ground."""
    rng = np.random.default_rng(seed)
    skeleton = Skeleton(["head", "tail"], edges=[("head", "tail")])
    folder.mkdir(parents=True, exist_ok=True)
    paths, all_points = [], []
    for i in range(n_frames):
        image = rng.normal(30, 5, size)
        points = np.empty((n_instances, 2, 2))
        for k in range(n_instances):
            head = rng.uniform(14, min(size) - 14, 2)
            angle = rng.uniform(0, 2 * np.pi)
            points[k] = head, head + 9 * np.array([np.cos(angle), np.sin(angle)])
            for (x, y), level in zip(points[k], (200, 90), strict=True):
                columns, rows = np.meshgrid(np.arange(size[1]), np.arange(size[0]))
                image += level * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / 8)
        paths.append(folder / f"{i:03d}.png")
        cv2.imwrite(str(paths[-1]), np.clip(image, 0, 255).astype(np.uint8))
        all_points.append(points)
    video = load_video(paths)
    frames = [
        LabeledFrame(video, i, [Instance(skeleton, one) for one in points])
        for i, points in enumerate(all_points)
    ]
    return Labels(frames)


def _make_profile(output_type=0, backbone=None, **trainer):
    options = {
        "sigma": 3.0,
        "batch_size": 4,
        "num_epochs": 2,
        "steps_per_epoch": 3,
        "learning_rate": 0.005,
        "augment_rotate": False,
        "precision": "float32",
        "csv_logging": True,
    }
    model = {
        "output_type": output_type,
        "backbone_name": "UNet",
        "backbone": backbone or TINY,
    }
    return Profile.from_dict({"model": model, "trainer": options | trainer})


@pytest.fixture(scope="session")
def make_labels():
    return _make_labels


@pytest.fixture(scope="session")
def make_profile():
    return _make_profile


@pytest.fixture
def labels(tmp_path):
    return _make_labels(tmp_path / "images", 10)


@pytest.fixture
def profile():
    return _make_profile()
