from typing import Any

import numpy as np
import pytest

from sleap.core.choice import Choice, remove_with_frames
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.tables import PREDICTED, USER
from sleap.core.track import Track

# Rows of the fixture: 0 prediction (3, 3) of track 0 with score 0.8, 1 user (1, 2) on head,
# 2 prediction (5, 5) of track 1 with score 0.4, all on frame 7; 3 user on frame 2.


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        (Choice(), [0, 1, 2, 3]),
        (Choice(video=1), []),
        (Choice(kind=PREDICTED), [0, 2]),
        (Choice(frame_indices=[2, 3]), [3]),
        (Choice(frame_range=(3, 7)), [0, 1, 2]),
        (Choice(frame_range=(2, 6)), [3]),
        (Choice(area=(0, 0, 3, 3)), [0, 1]),
        (Choice(area=(0, 0, 7, 7), kind=USER), [1, 3]),
        (Choice(score_below=0.5, kind=PREDICTED), [2]),
        (Choice(score_below=0.5), [1, 2, 3]),
        (Choice(rank_limit=1), [2]),
        (Choice(rank_limit=0, kind=USER), [1, 3]),
        (Choice(tracks=[1, -1]), [2, 3]),
        (Choice(tracks=[]), []),
        (Choice(keep_tracked=True), [3]),
        (Choice(keep_user_frames=True), []),
        (Choice(tracks=[0], kind=USER), [1]),
    ],
)
def test_each_condition_narrows(labels: Labels, choice: Choice, rows: list[int]) -> None:
    labels[0].append(gone := Instance(labels.skeleton, {"head": (1, 1)}))
    labels[0].remove(gone)
    assert choice.rows(labels.store).tolist() == rows


def test_an_instance_without_points_lies_nowhere(labels: Labels) -> None:
    labels[1].append(Instance(labels.skeleton))
    assert len(Choice(area=(-1e9, -1e9, 1e9, 1e9)).rows(labels.store)) == 4


def test_the_best_by_score_are_kept_on_every_frame(labels: Labels) -> None:
    scores = [0.2, np.nan, 0.9, 0.9, 0.5]
    frames = [labels.add_frame(labels.video, index) for index in (9, 8)]
    for score in scores:
        for frame in frames:
            frame.append(PredictedInstance(labels.skeleton, score=score))
    rows = Choice(rank_limit=3, frame_range=(8, 9)).rows(labels.store)
    left = labels.store.instances.rows["score"][rows]
    np.testing.assert_array_equal(np.sort(left), np.float32([0.2, 0.2, np.nan, np.nan]))
    first = Choice(rank_limit=1, frame_range=(8, 8), score_below=2, kind=PREDICTED)
    assert 0.9 in labels.store.instances.rows["score"][first.rows(labels.store)].round(3)


def test_frames_emptied_go_and_frames_empty_before_stay(labels: Labels) -> None:
    labels.add_frame(labels.video, 4)
    assert remove_with_frames(labels.store, np.array([3])).tolist() == [1]
    assert [frame.frame_idx for frame in labels] == [7, 4]


def test_conditions_are_all_met(labels: Labels) -> None:
    frame = labels.add_frame(labels.video, 4)
    frame.append(PredictedInstance(labels.skeleton, score=0.3))
    frame.append(PredictedInstance(labels.skeleton, track=Track("c"), score=np.nan))

    def choose(**conditions: Any) -> list[int]:
        return Choice(kind=PREDICTED, **conditions).rows(labels.store).tolist()

    assert choose() == [0, 2, 4, 5]
    assert choose(score_below=0.5) == [2, 4, 5]
    assert choose(frame_indices=[4, 99]) == [4, 5]
    assert choose(keep_tracked=True) == [4]
    assert choose(keep_user_frames=True) == [4, 5]
    assert choose(video=0, score_below=0.5, frame_indices={7}) == [2]
