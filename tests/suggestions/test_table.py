import numpy as np
import pytest

import sleap
from sleap.suggestions.table import LABELED, PREDICTED_ONLY, UNLABELED, look_at, tabulate


@pytest.fixture
def labels() -> sleap.Labels:
    skeleton = sleap.Skeleton(["a"])
    videos = [sleap.Video("a.mp4"), sleap.Video("b.mp4")]

    def predict(score: float) -> sleap.PredictedInstance:
        return sleap.PredictedInstance(skeleton, [[1.0, 1]], score=score)

    user = sleap.Instance(skeleton, [[1.0, 1]])
    labels = sleap.Labels(
        [
            sleap.LabeledFrame(videos[1], 7, [predict(1), user]),
            sleap.LabeledFrame(videos[0], 5, [predict(2), predict(4)]),
            sleap.LabeledFrame(videos[0], 3, []),
        ],
        videos=videos,
    )
    places = [(0, 5), (1, 7), (0, 3), (0, 99), (1, 5)]
    labels.suggestions = [
        sleap.SuggestionFrame(videos[video], index, group=index if video else None)
        for video, index in places
    ]
    labels.suggestions.append(sleap.SuggestionFrame(sleap.Video("c.mp4"), 5))
    return labels


STATES = [PREDICTED_ONLY, LABELED, UNLABELED, UNLABELED, UNLABELED, UNLABELED]
SCORES = [3, 1, np.nan, np.nan, np.nan, np.nan]


def test_all_columns(labels: sleap.Labels) -> None:
    table = tabulate(labels)
    assert len(table) == 6 and table.n_labeled == 1
    assert table.videos.tolist() == [0, 1, 0, 0, 1, -1]
    assert table.frame_indices.tolist() == [5, 7, 3, 99, 5, 5]
    np.testing.assert_array_equal(table.groups, [np.nan, 7, np.nan, np.nan, 5, np.nan])
    assert table.states.tolist() == STATES
    np.testing.assert_array_equal(table.scores, SCORES)


def test_one_frame_at_a_time_is_the_same(labels: sleap.Labels) -> None:
    for one, state, score in zip(labels.suggestions[:5], STATES, SCORES, strict=False):
        found = look_at(labels, labels.videos.index(one.video), one.frame_idx)
        assert found == pytest.approx((state, score), nan_ok=True)


def test_removed_frames_and_empty_labels(labels: sleap.Labels) -> None:
    labels.remove_frame(labels[labels.videos[1], 7])
    assert tabulate(labels).states.tolist() == [PREDICTED_ONLY, 0, 0, 0, 0, 0]
    for frame in list(labels):
        labels.remove_frame(frame)
    assert tabulate(labels).states.tolist() == [0] * 6
    assert len(tabulate(sleap.Labels())) == 0
