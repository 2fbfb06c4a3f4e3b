import time

import numpy as np
import pytest

import sleap
from sleap.suggestions.table import Splice, SuggestionTable

Row = tuple[int, int, bool, float]


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


def expected(labels: sleap.Labels) -> list[Row]:
    rows = []
    for one in labels.suggestions:
        is_known = one.video in labels.videos
        frame = labels.find(one.video, one.frame_idx) if is_known else None
        user = bool(frame and frame.user_instances)
        scores = [instance.score for instance in frame.predicted_instances] if frame else []
        mean = round(float(np.mean(scores)), 4) if scores else -1.0
        number = labels.videos.index(one.video) if is_known else -1
        rows.append((number, one.frame_idx, user, mean))
    return rows


def actual(table: SuggestionTable) -> list[Row]:
    means = [-1.0 if np.isnan(one) else round(float(one), 4) for one in table.scores]
    return list(
        zip(
            *(table.videos.tolist(), table.frames.tolist(), table.labeled.tolist(), means),
            strict=True,
        )
    )


def test_all_columns(labels: sleap.Labels) -> None:
    table = SuggestionTable(labels)
    assert len(table) == 6 and table.n_labeled == 1
    assert table.videos.tolist() == [0, 1, 0, 0, 1, -1]
    assert table.frames.tolist() == [5, 7, 3, 99, 5, 5]
    np.testing.assert_array_equal(table.groups, [np.nan, 7, np.nan, np.nan, 5, np.nan])
    np.testing.assert_array_equal(table.scores, [3, 1, np.nan, np.nan, np.nan, np.nan])
    assert actual(table) == expected(labels)
    assert table.find(0, 3) == 2
    assert table.find(0, 16) == table.find(1, 3) == -1


def test_no_labels_are_no_suggestions() -> None:
    table = SuggestionTable(sleap.Labels())
    assert len(table) == table.n_labeled == 0
    assert table.find(0, 0) == -1


@pytest.mark.parametrize("n_items", [3, 2500])
def test_the_list_is_followed(labels: sleap.Labels, n_items: int) -> None:
    first, second = labels.videos
    labels.suggestions[:] = [sleap.SuggestionFrame(first, 2 * number) for number in range(n_items)]
    table = SuggestionTable(labels)
    half = n_items // 2
    changes = [
        (lambda items: items.append(sleap.SuggestionFrame(second, 1)), Splice(n_items, 0, 1)),
        (lambda items: items.insert(1, sleap.SuggestionFrame(second, 2)), Splice(1, 0, 1)),
        (lambda items: items.pop(0), Splice(0, 1, 0)),
        (lambda items: items.pop(half), Splice(half, 1, 0)),
        (lambda items: items.reverse(), None),
        (lambda items: items.clear(), Splice(0, n_items, 0)),
        (lambda items: items.append(sleap.SuggestionFrame(first, 5)), Splice(0, 0, 1)),
    ]
    for change, splice in changes:
        change(labels.suggestions)
        found = table.update_list(labels)
        assert splice is None or found == splice
        assert actual(table) == expected(labels)
        assert all(a is b for a, b in zip(table.items, labels.suggestions, strict=True))


def test_frames_are_followed(labels: sleap.Labels) -> None:
    table = SuggestionTable(labels)
    frame = labels[labels.videos[1], 7]
    labels.remove_instances([one.row for one in frame.user_instances])
    assert table.update_frames(labels, [(1, 7), (0, 11)]) == [1]
    assert actual(table) == expected(labels)
    labels.remove_frame(frame)
    table.update_frames(labels, [(1, 7)])
    assert actual(table) == expected(labels)
    table.update_all(labels)
    assert actual(table) == expected(labels)
    table.read(labels)
    assert actual(table) == expected(labels)


def test_100_000_take_an_instant(labels: sleap.Labels) -> None:
    video = labels.videos[0]
    labels.suggestions[:] = [
        sleap.SuggestionFrame(video, number, number % 7) for number in range(100_000)
    ]
    table = SuggestionTable(labels)
    labels.suggestions.append(sleap.SuggestionFrame(labels.videos[1], 0))
    started = time.process_time()
    table.update_list(labels)
    assert table.find(0, 500) == 500
    table.update_frames(labels, [(0, 500)])
    assert time.process_time() - started < 0.1
    assert len(table) == 100_001
