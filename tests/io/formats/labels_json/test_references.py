from typing import Any

import pytest

from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io.formats.labels_json.references import (
    as_index,
    read_anchors,
    read_suggestions,
    read_track,
)


@pytest.mark.parametrize("value", [3, "3", 3.0, " 3"])
def test_numbers_are_read_in_all_forms(value: Any) -> None:
    assert as_index(value, "thing", 4) == 3


@pytest.mark.parametrize(
    "value",
    [-1, 4, "-1", "x", "", None, True, 1.5, [], {}, 10**30, "9" * 40, float("nan"), float("inf")],
)
def test_what_is_no_number_of_an_entry_is_refused(value: Any) -> None:
    with pytest.raises(FormatError, match="thing"):
        as_index(value, "thing", 4)


@pytest.mark.parametrize(
    "item", [[7, "a"], ["7", "a"], {"spawned_on": 7, "name": "a"}, [7, "a", "more"]]
)
def test_tracks_are_read_in_all_forms(item: Any) -> None:
    track = read_track(item)
    assert (track.name, track.spawned_on) == ("a", 7)


def test_a_track_may_lack_its_first_frame() -> None:
    assert [read_track(item).spawned_on for item in ("a", [None, "a"], {"name": "a"})] == [0, 0, 0]


@pytest.mark.parametrize("item", [3, [1], {}, None, ["x", "a"], [-4, "a"]])
def test_what_is_no_track_is_refused(item: Any) -> None:
    with pytest.raises(FormatError, match="track"):
        read_track(item)


def test_suggestions_are_read_in_both_forms() -> None:
    videos = [Video("a.mp4"), Video("b.mp4")]
    old = read_suggestions({"1": [3, "4"], "0": []}, videos)
    assert [(s.video, s.frame_idx, s.group) for s in old] == [
        (videos[1], 3, None),
        (videos[1], 4, None),
    ]
    new = read_suggestions(
        [
            {"video": "1", "frame_idx": 3, "group": 2},
            {"video": 0, "frame_idx": 4, "group": "x", "note": 1},
            [1, 5],
        ],
        videos,
    )
    assert [(s.video, s.frame_idx, s.group, s.metadata) for s in new] == [
        (videos[1], 3, 2, {}),
        (videos[0], 4, None, {"note": 1, "group": "x"}),
        (videos[1], 5, None, {}),
    ]
    assert read_suggestions(None, videos) == []


@pytest.mark.parametrize("value", [[3], [{}], [{"video": 9, "frame_idx": 1}], {"x": [1]}])
def test_suggestions_that_make_no_sense_are_refused(value: Any) -> None:
    with pytest.raises(FormatError):
        read_suggestions(value, [Video("a.mp4")])


def test_places_without_an_animal_are_read() -> None:
    assert read_anchors({"1": [[4, 1, 2.5]]}) == {1: [(4, 1.0, 2.5)]}
    assert read_anchors(None) == {}
