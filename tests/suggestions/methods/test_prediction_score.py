from pathlib import Path

import numpy as np

import sleap
from sleap.suggestions.options import PredictionScoreOptions, SuggestionOptions
from sleap.suggestions.suggest import suggest


def frames_of(labels: sleap.Labels, video: int, **limits: float) -> list[int]:
    options = SuggestionOptions(
        method="prediction_score",
        prediction_score=PredictionScoreOptions(**limits),  # type: ignore[arg-type]
    )
    return [one.frame_idx for one in suggest(labels, [labels.videos[video]], options)]


def test_frames_with_enough_poor_predictions(project: sleap.Labels) -> None:
    assert frames_of(project, 0) == list(range(3, 120, 20))
    assert frames_of(project, 0, instance_limit_lower=1) == list(range(3, 120, 10))


def test_frames_with_no_more_than_so_many(project: sleap.Labels) -> None:
    found = frames_of(project, 0, instance_limit_lower=1, instance_limit_upper=1)
    assert found == list(range(13, 120, 20))


def test_the_limit_itself_is_not_poor(project: sleap.Labels) -> None:
    assert frames_of(project, 0, score_limit=1, instance_limit_lower=1) == []


def test_a_real_project(data_dir: Path) -> None:
    labels = sleap.load_file(data_dir / "centered_pair" / "predictions.slp")
    expected = [
        frame.frame_idx
        for frame in labels
        if np.sum([one.score < 20 for one in frame.predicted_instances]) >= 2
    ]
    assert expected and frames_of(labels, 0, score_limit=20.0) == expected
