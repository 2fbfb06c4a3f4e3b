from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sleap.core.choice import Choice
from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.tables import USER
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.editing.edits import predictions
from sleap.errors import LabelsError

Run = Callable[..., Any]


def counts(labels: Labels) -> dict[tuple[int, int], int]:
    return {(labels.videos.index(one.video), one.frame_idx): len(one) for one in labels}


ALL = {(0, 10): 3, (0, 11): 2, (0, 12): 2, (0, 20): 1, (1, 5): 1}


def test_all_go_with_the_frames_left_empty(run: Run, labels: Labels) -> None:
    assert run(predictions.delete_predictions) == 6
    assert counts(labels) == {(0, 10): 1, (0, 12): 2}
    assert labels[0].instances[0].from_predicted is None


def test_all_of_a_video_go(run: Run, labels: Labels) -> None:
    assert run(predictions.delete_predictions, labels.videos[1]) == 1
    assert counts(labels) == {key: count for key, count in ALL.items() if key != (1, 5)}


def test_those_of_a_clip_go(run: Run, labels: Labels) -> None:
    assert run(predictions.delete_predictions_in_clip, labels.video, 11, 20) == 3
    assert counts(labels) == {(0, 10): 3, (0, 12): 2, (1, 5): 1}


def test_those_outside_of_a_clip_go(run: Run, labels: Labels) -> None:
    assert run(predictions.delete_predictions_outside_clip, labels.video, 11, 12) == 3
    assert counts(labels) == {(0, 10): 1, (0, 11): 2, (0, 12): 2, (1, 5): 1}


def test_those_in_an_area_go(run: Run, labels: Labels) -> None:
    area = (400.0, 200.0, 290.0, 50.0)
    assert run(predictions.delete_predictions_in_area, labels.video, area, (11, 11)) == 1
    assert run(predictions.delete_predictions_in_area, labels.video, area) == 1
    assert counts(labels) == {**ALL, (0, 10): 2, (0, 11): 1}
    assert run(predictions.delete_predictions_in_area, labels.video, area) == 0


def test_poor_ones_go(run: Run, labels: Labels) -> None:
    assert run(predictions.delete_low_scores, 0.65) == 3
    assert counts(labels) == {(0, 10): 2, (0, 11): 2, (0, 12): 2}
    assert run(predictions.delete_low_scores, 0.75, labels.videos[1]) == 0


def test_those_beyond_a_limit_go(run: Run, labels: Labels) -> None:
    assert run(predictions.delete_beyond_instance_limit, 1) == 2
    assert counts(labels) == {**ALL, (0, 10): 2, (0, 11): 1}
    with pytest.raises(LabelsError, match="expected 0 or more"):
        run(predictions.delete_beyond_instance_limit, -1)


def test_any_choice_goes(run: Run, labels: Labels) -> None:
    choice = Choice(kind=USER, tracks=[0], frame_range=(12, 99))
    assert run(predictions.delete_chosen, choice) == 1
    assert run(predictions.delete_chosen, Choice(tracks=[1])) == 2
    assert counts(labels) == {**ALL, (0, 10): 2, (0, 11): 1, (0, 12): 1}


def found(frame_idx: int, n: int) -> Poses:
    points = np.arange(n * 8.0).reshape(n, 4, 2)
    return Poses(frame_idx, points, np.ones((n, 4)), np.ones(n), np.arange(n))


def test_new_predictions_replace_old_ones_on_their_frames(run: Run, labels: Labels) -> None:
    poses = [found(10, 1), found(20, 0), found(21, 2)]
    assert run(predictions.add_poses, labels.video, poses) == 3
    assert counts(labels) == {(0, 10): 2, (0, 11): 2, (0, 12): 2, (0, 21): 2, (1, 5): 1}
    assert labels[0].user_instances[0].from_predicted is None
    np.testing.assert_array_equal(labels[0].predicted_instances[0].numpy()[0], (0, 1))


def test_many_new_predictions_replace_old_ones(
    run: Run, labels: Labels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predictions, "FEW", 1)
    assert run(predictions.add_poses, labels.video, [found(10, 1), found(20, 0)]) == 1
    assert counts(labels) == {(0, 10): 2, (0, 11): 2, (0, 12): 2, (1, 5): 1}


def test_new_predictions_may_come_beside_old_ones(run: Run, labels: Labels) -> None:
    video, tracks = Video("day3.mp4"), [Track("x"), Track("y")]
    args = (labels.video, [found(11, 1)], labels.skeleton, tracks)
    assert run(predictions.add_poses, *args, replace=False) == 1
    assert labels[1].instances[2].track is tracks[0]
    assert run(predictions.add_poses, video, [found(1, 1)]) == 1
    assert counts(labels) == {**ALL, (0, 11): 3, (2, 1): 1}
