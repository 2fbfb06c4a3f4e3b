"""Every option has an effect on what is suggested."""

from typing import Any

import attrs
import numpy as np
import pytest

import sleap
from sleap.suggestions.options import METHODS, SuggestionOptions, method_options
from sleap.suggestions.suggest import suggest
from tests.suggestions.planted import make_planted

BRISK = {"feature_type": "brisk", "per_video": 15, "n_clusters": 3, "per_cluster": 2}
CHANGES: dict[str, tuple[dict[str, Any], Any]] = {
    "sample.per_video": ({}, 7),
    "sample.sampling_method": ({}, "random"),
    "sample.seed": ({"sampling_method": "random"}, 3),
    "image_features.per_video": ({}, 30),
    "image_features.sample_method": ({"per_video": 30}, "random"),
    "image_features.scale": ({}, 0.1),
    "image_features.merge_video_features": ({}, "across_all_videos"),
    "image_features.feature_type": ({}, "hog"),
    "image_features.brisk_threshold": (BRISK, 10),
    "image_features.vocab_size": (BRISK, 3),
    "image_features.pca_components": ({}, 1),
    "image_features.n_clusters": ({}, 2),
    "image_features.per_cluster": ({}, 2),
    "image_features.seed": ({"per_video": 30, "sample_method": "random"}, 4),
    "prediction_score.score_limit": ({}, 6.0),
    "prediction_score.instance_limit_lower": ({}, 1),
    "prediction_score.instance_limit_upper": ({"instance_limit_lower": 1}, 1),
    "velocity.node": ({}, "tail"),
    "velocity.threshold": ({}, 1.0),
    "displacement.displacement_threshold": ({}, 1.0),
    "chunk.frame_from": ({}, 7),
    "chunk.frame_to": ({}, 8),
    "label_quality.per_video": ({}, 2),
    "label_quality.shape_limit": ({}, 60.0),
    "label_quality.flip_limit": ({}, 60.0),
    "label_quality.overlap_limit": ({}, 0.01),
    "label_quality.disagreement_limit": ({}, 9.0),
}
"""By option: the other options, and another value that must change what is found."""


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> sleap.Labels:
    """Two videos of noise of many kinds, and predictions whose two nodes move differently."""
    random = np.random.default_rng(0)
    skeleton, track = sleap.Skeleton(["head", "tail"]), sleap.Track("a")
    frames = []
    for name in ("one", "two"):
        images = []
        for _ in range(60):
            size = int(random.choice([2, 4, 8, 16]))
            small = random.integers(0, 256, (96 // size, 128 // size))
            images.append(np.kron(small, np.ones((size, size))).astype(np.uint8)[..., None])
        path = tmp_path_factory.mktemp("video") / f"{name}.npy"
        np.save(path, np.array(images))
        video = sleap.load_video(path)
        for index in range(60):
            poses = [
                sleap.PredictedInstance(
                    skeleton, random.random((2, 2)) * 20, track, score=random.random() * 8
                ),
                sleap.PredictedInstance(skeleton, [[1.0, 1], [2, 2]], score=random.random() * 8),
            ]
            frames.append(sleap.LabeledFrame(video, index, poses))
    return sleap.Labels(frames)


def test_no_option_is_forgotten() -> None:
    every = [f"{name}.{one.name}" for name in METHODS for one in attrs.fields(method_options(name))]
    assert list(CHANGES) == every


@pytest.mark.parametrize("name", CHANGES)
def test_another_value_finds_other_frames(name: str, labels: sleap.Labels) -> None:
    method, _, option = name.partition(".")
    labels = make_planted() if method == "label_quality" else labels
    others, value = CHANGES[name]

    def run(**changed: Any) -> list[tuple[int, int | None]]:
        group = method_options(method)(**(others | changed))
        options: dict[str, Any] = {"method": method, method: group}
        found = suggest(labels, None, SuggestionOptions(**options))
        return [(one.frame_idx, one.group) for one in found]

    assert run() != run(**{option: value})
