import time

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.gui.docks.suggestion_rows import SuggestionRows


def expected(labels: Labels) -> list[tuple[int, int, bool, float]]:
    rows = []
    for one in labels.suggestions:
        frame = labels.find(one.video, one.frame_idx)
        user = bool(frame and frame.user_instances)
        scores = [instance.score for instance in frame.predicted_instances] if frame else []
        mean = round(float(np.mean(scores)), 4) if scores else -1.0
        rows.append((labels.videos.index(one.video), one.frame_idx, user, mean))
    return rows


def actual(rows: SuggestionRows) -> list[tuple[int, int, bool, float]]:
    means = [-1.0 if np.isnan(one) else round(float(one), 4) for one in rows.scores]
    return list(
        zip(rows.videos.tolist(), rows.frames.tolist(), rows.labeled.tolist(), means, strict=True)
    )


def test_all_is_read(labels: Labels) -> None:
    rows = SuggestionRows()
    rows.read(labels)
    assert actual(rows) == expected(labels)
    assert rows.n_labeled == 1
    assert rows.find(0, 15) == 2
    assert rows.find(0, 16) == rows.find(1, 15) == -1


def test_no_labels_are_no_suggestions() -> None:
    rows = SuggestionRows()
    rows.read(Labels())
    assert len(rows) == rows.n_labeled == 0
    assert rows.find(0, 0) == -1


def test_suggestions_without_any_label() -> None:
    video = Video("a.mp4")
    labels = Labels(videos=[video], suggestions=[SuggestionFrame(video, 3, 1)])
    rows = SuggestionRows()
    rows.read(labels)
    assert actual(rows) == [(0, 3, False, -1.0)]
    assert rows.groups.tolist() == [1.0]


@pytest.mark.parametrize("n_items", [3, 2500])
def test_the_list_is_followed(labels: Labels, n_items: int) -> None:
    first, second = labels.videos
    labels.suggestions[:] = [SuggestionFrame(first, 2 * number) for number in range(n_items)]
    rows = SuggestionRows()
    rows.read(labels)
    changes = [
        lambda items: items.append(SuggestionFrame(second, 1)),
        lambda items: items.insert(1, SuggestionFrame(second, 2)),
        lambda items: items.pop(0),
        lambda items: items.pop(len(items) // 2),
        lambda items: items.reverse(),
        lambda items: items.clear(),
        lambda items: items.append(SuggestionFrame(first, 10)),
    ]
    for change in changes:
        change(labels.suggestions)
        rows.update_list(labels)
        assert actual(rows) == expected(labels)
        assert all(a is b for a, b in zip(rows.items, labels.suggestions, strict=True))


def test_frames_are_followed(labels: Labels) -> None:
    rows = SuggestionRows()
    rows.read(labels)
    frame = labels.find(labels.videos[0], 10)
    labels.remove_instances([one.row for one in frame.user_instances])
    assert rows.update_frames(labels, [(0, 10), (0, 11)]) == [1]
    assert actual(rows) == expected(labels)
    labels.remove_frame(frame)
    rows.update_frames(labels, [(0, 10)])
    assert actual(rows) == expected(labels)
    rows.update_all(labels)
    assert actual(rows) == expected(labels)


def test_100_000_take_an_instant(labels: Labels) -> None:
    video = labels.videos[0]
    labels.suggestions[:] = [
        SuggestionFrame(video, number, number % 7) for number in range(100_000)
    ]
    rows = SuggestionRows()
    rows.read(labels)
    labels.suggestions.append(SuggestionFrame(labels.videos[1], 0))
    started = time.perf_counter()
    rows.update_list(labels)
    assert time.perf_counter() - started < 0.25
    assert len(rows) == 100_001
    started = time.perf_counter()
    assert rows.find(0, 500) == 500
    rows.update_frames(labels, [(0, 500)])
    assert time.perf_counter() - started < 0.1
