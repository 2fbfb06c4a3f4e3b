"""A project with four kinds of images, and with something in its labels for each method."""

from pathlib import Path

import numpy as np
import pytest

import sleap

N_FRAMES = 120


def paint(kind: int, random: np.random.Generator) -> np.ndarray:
    """Paint an image: dark, bright, striped one way, or striped the other."""
    image = np.full((48, 64), 40.0)
    if kind == 1:
        image += 120
    if kind == 2:
        image[:, ::8] += 150
        image[:, 1::8] += 150
    if kind == 3:
        image[::8] += 150
        image[1::8] += 150
    return np.clip(image + random.normal(0, 3, image.shape), 0, 255).astype(np.uint8)[..., None]


@pytest.fixture(scope="session")
def video_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random = np.random.default_rng(0)
    images = [paint(index // 5 % 4, random) for index in range(N_FRAMES)]
    path = tmp_path_factory.mktemp("video") / "kinds.npy"
    np.save(path, np.array(images))
    return path


@pytest.fixture
def project(video_path: Path) -> sleap.Labels:
    """Predictions on all frames of two videos; some jump, some are poor; some frames are known."""
    skeleton, track = sleap.Skeleton(["head", "tail"]), sleap.Track("a")
    videos = [
        sleap.Video(str(video_path)),
        sleap.Video(str(video_path), shape=(N_FRAMES, 48, 64, 1)),
    ]
    frames = []
    for video in videos:
        for index in range(N_FRAMES):
            x = index / 10 + (20 if index % 30 > 24 else 0)
            poses = [
                sleap.PredictedInstance(
                    skeleton, [[x, 5], [x + 4, 5]], track, score=1 if index % 10 == 3 else 5
                ),
                sleap.PredictedInstance(
                    skeleton, [[30, 5], [34, 5]], score=2 if index % 20 == 3 else 6
                ),
            ]
            if index in (25, 60):
                poses.append(sleap.Instance(skeleton, [[x, 5], [x + 4, 5]], track))
            frames.append(sleap.LabeledFrame(video, index, poses))
    labels = sleap.Labels(frames, videos=videos)
    labels.suggestions = [sleap.SuggestionFrame(videos[0], 55), sleap.SuggestionFrame(videos[0], 0)]
    return labels
