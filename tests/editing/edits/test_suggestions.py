from collections.abc import Callable
from typing import Any

import pytest

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.editing.edits import suggestions
from sleap.errors import LabelsError

Run = Callable[..., Any]


def places(labels: Labels) -> list[tuple[int, int]]:
    return [(labels.videos.index(one.video), one.frame_idx) for one in labels.suggestions]


def test_all_are_replaced_and_each_frame_is_there_once(run: Run, labels: Labels) -> None:
    new = [SuggestionFrame(labels.video, index, group) for group, index in enumerate((3, 1, 3))]
    assert run(suggestions.replace_suggestions, new) == 2
    assert places(labels) == [(0, 3), (0, 1)]
    assert labels.suggestions[0].group == 0
    run(suggestions.replace_suggestions, [new[0], new[0]])
    assert places(labels) == [(0, 3)]
    assert run(suggestions.replace_suggestions, list(labels.suggestions)) == 1
    assert run(suggestions.replace_suggestions, []) == 0


def test_only_new_ones_are_added(run: Run, labels: Labels) -> None:
    new = [SuggestionFrame(labels.video, index) for index in (3, 10, 3)]
    assert run(suggestions.add_suggestions, new) == 1
    assert places(labels) == [(0, 10), (1, 7), (0, 3)]
    assert run(suggestions.add_suggestions, new) == 0


def test_the_current_frame_is_added_once(run: Run, labels: Labels) -> None:
    assert run(suggestions.add_suggestion, labels.videos[1], 10) == 1
    assert run(suggestions.add_suggestion, labels.videos[1], 10) == 0
    assert places(labels) == [(0, 10), (1, 7), (1, 10)]


def test_suggestions_are_removed(run: Run, labels: Labels) -> None:
    first = labels.suggestions[0]
    assert run(suggestions.remove_suggestions, [first]) == 1
    assert places(labels) == [(1, 7)]
    assert run(suggestions.remove_suggestions, [first]) == 0
    run(suggestions.add_suggestions, [SuggestionFrame(labels.video, index) for index in range(6)])
    chosen = labels.suggestions[2:6:2]
    assert run(suggestions.remove_suggestions, chosen) == 2
    assert places(labels) == [(1, 7), (0, 0), (0, 2), (0, 4), (0, 5)]


def test_duplicates_of_a_file_go(run: Run, labels: Labels) -> None:
    labels.suggestions.insert(1, SuggestionFrame(labels.video, 10, 4))
    assert run(suggestions.remove_duplicate_suggestions) == 1
    assert places(labels) == [(0, 10), (1, 7)]
    assert run(suggestions.remove_duplicate_suggestions) == 0


def test_all_are_cleared(run: Run, labels: Labels) -> None:
    assert run(suggestions.clear_suggestions) == 2
    assert labels.suggestions == []
    assert run(suggestions.clear_suggestions) == 0


@pytest.mark.parametrize("edit", [suggestions.replace_suggestions, suggestions.add_suggestions])
def test_strange_videos_are_refused(run: Run, labels: Labels, edit: Any) -> None:
    with pytest.raises(LabelsError, match="These labels have no Video"):
        run(edit, [SuggestionFrame(labels.video, 1), SuggestionFrame(Video("day1.mp4"), 1)])


@pytest.mark.parametrize("step", [2, 100])
def test_scattered_ones_are_removed_and_come_back(run: Run, labels: Labels, step: int) -> None:
    labels.suggestions[:] = [SuggestionFrame(labels.video, index) for index in range(300)]
    before = places(labels)
    chosen = labels.suggestions[::step] + labels.suggestions[1:3]
    assert run(suggestions.remove_suggestions, chosen) == len({id(one) for one in chosen})
    assert places(labels) == [one for one in before if one[1] % step and one[1] not in (1, 2)]
