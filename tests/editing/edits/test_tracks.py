from collections.abc import Callable
from typing import Any

import pytest

from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.track import Track
from sleap.editing.edits import tracks
from sleap.errors import LabelsError

Run = Callable[..., Any]


def names(labels: Labels) -> list[list[str | None]]:
    """Return the names of the tracks on each frame."""
    return [[None if one.track is None else one.track.name for one in frame] for frame in labels]


@pytest.fixture
def before(labels: Labels) -> list[list[str | None]]:
    assert names(labels) == [["1", "2", "1"], ["1", "2"], ["1", None], ["3"], ["1"]]
    return names(labels)


def test_tracks_are_exchanged_to_the_end(run: Run, labels: Labels) -> None:
    run(tracks.set_track, labels[1].instances[0], labels.tracks[1])
    assert names(labels) == [["1", "2", "1"], ["2", "1"], ["2", None], ["3"], ["1"]]


def test_tracks_are_exchanged_on_one_frame(run: Run, labels: Labels) -> None:
    run(tracks.set_track, labels[1].instances[0], labels.tracks[1], propagate=False)
    assert names(labels)[1:3] == [["2", "1"], ["1", None]]


def test_tracks_are_exchanged_on_a_stretch(run: Run, labels: Labels) -> None:
    run(tracks.set_track, labels[0].instances[2], labels.tracks[1], frame_range=(7, 11))
    assert names(labels) == [["2", "1", "2"], ["2", "1"], ["1", None], ["3"], ["1"]]
    run(tracks.transpose_tracks, *labels[1].instances, frame_range=(12, 12))
    assert names(labels)[1:3] == [["2", "1"], ["2", None]]
    run(tracks.set_track, labels[1].instances[0], labels.tracks[2], frame_range=(99, 99))
    assert names(labels)[1:3] == [["2", "1"], ["2", None]]


def test_a_prediction_goes_along_with_what_was_made_of_it(run: Run, labels: Labels) -> None:
    run(tracks.set_track, labels[0].instances[2], None)
    assert names(labels)[0] == [None, "2", None]
    run(tracks.set_track, labels[0].instances[2], labels.tracks[1])
    assert names(labels)[0] == ["2", None, "2"]


def test_only_here_a_track_is_given_to_what_has_none(
    run: Run, labels: Labels, before: list[Any]
) -> None:
    run(tracks.set_track, labels[2].instances[1], labels.tracks[0])
    assert names(labels) == [*before[:2], [None, "1"], *before[3:]]
    run(tracks.set_track, labels[2].instances[1], labels.tracks[0])


def test_a_prediction_that_differs_keeps_its_track(run: Run, labels: Labels) -> None:
    made = labels[0].instances[2]
    made.track = None
    run(tracks.set_track, made, labels.tracks[0])
    assert names(labels)[0] == ["1", "2", "1"]


def test_a_track_may_be_new(run: Run, labels: Labels) -> None:
    run(tracks.set_track, labels[1].instances[0], Track("queen"))
    assert names(labels)[1:3] == [["queen", "2"], ["queen", None]]
    assert [track.name for track in labels.tracks] == ["1", "2", "3", "queen"]


def test_new_tracks_are_named_by_the_next_integer(run: Run, labels: Labels) -> None:
    track = run(tracks.set_new_track, labels[1].instances[1])
    assert (track.name, track.spawned_on) == ("4", 11)
    assert names(labels)[:3] == [["1", "2", "1"], ["1", "4"], ["1", None]]
    labels.tracks[3].name = "queen"
    labels.tracks[0].name = "17"
    assert run(tracks.set_new_track, labels[1].instances[0], propagate=False).name == "18"
    assert names(labels)[1:3] == [["18", "queen"], ["17", None]]
    assert tracks.next_name([]) == "1"


def test_a_track_is_added_to_the_list(run: Run, labels: Labels) -> None:
    assert run(tracks.add_track).name == "4"
    run(tracks.add_track, "queen", 7)
    assert [track.name for track in labels.tracks] == ["1", "2", "3", "4", "queen"]
    assert labels.tracks[-1].spawned_on == 7


def test_two_instances_exchange_tracks(run: Run, labels: Labels, before: list[Any]) -> None:
    _, b, a = labels[0].instances
    run(tracks.transpose_tracks, a, b)
    assert names(labels) == [["2", "1", "2"], ["2", "1"], ["2", None], ["3"], ["1"]]
    run(tracks.transpose_tracks, a, b, propagate=False)
    assert names(labels) == [["1", "2", "1"], ["2", "1"], ["2", None], ["3"], ["1"]]
    run(tracks.transpose_tracks, *labels[2].instances)
    assert names(labels)[2:] == [[None, "2"], ["3"], ["1"]]
    with pytest.raises(LabelsError, match="two instances of one frame"):
        run(tracks.transpose_tracks, a, labels[1].instances[0])
    with pytest.raises(LabelsError, match="two instances of one frame"):
        run(tracks.transpose_tracks, a, a)


def test_transposing_takes_the_prediction_along(run: Run, labels: Labels) -> None:
    _, other, made = labels[0].instances
    run(tracks.set_track, other, None)
    run(tracks.transpose_tracks, made, other)
    assert names(labels)[0] == [None, "1", None]


def test_two_without_a_track_have_nothing_to_exchange(run: Run, labels: Labels) -> None:
    labels[2].append(Instance(labels.skeleton))
    _, a, b = labels[2].instances
    run(tracks.transpose_tracks, a, b)
    assert names(labels)[2] == ["1", None, None]


def test_an_instance_goes_with_its_track(run: Run, labels: Labels) -> None:
    assert run(tracks.delete_instance_and_track, labels[0].instances[1]) == 2
    assert names(labels) == [["1", "1"], ["1"], ["1", None], ["3"], ["1"]]
    assert [track.name for track in labels.tracks] == ["1", "3"]
    assert run(tracks.delete_instance_and_track, labels[0].instances[0]) == 4
    assert names(labels) == [[None], ["3"], ["1"]]
    assert [track.name for track in labels.tracks] == ["1", "3"]  # one is in the second video
    assert run(tracks.delete_instance_and_track, labels[0].instances[0]) == 1
    assert names(labels) == [["3"], ["1"]]


def test_tracks_are_deleted(run: Run, labels: Labels) -> None:
    chosen = [labels.tracks[0], labels.tracks[2]]
    assert run(tracks.delete_tracks, chosen) == 6
    assert names(labels) == [[None, "2", None], [None, "2"], [None, None], [None], [None]]
    assert run(tracks.delete_tracks, labels.tracks, with_instances=True) == 2
    assert names(labels) == [[None, None], [None], [None, None], [None], [None]]
    assert labels.tracks == []
    assert run(tracks.delete_tracks, []) == 0
    with pytest.raises(LabelsError, match="These labels have no Track"):
        run(tracks.delete_tracks, chosen)


def test_frames_emptied_with_a_track_go(run: Run, labels: Labels) -> None:
    assert run(tracks.delete_tracks, [labels.tracks[2]], with_instances=True) == 1
    assert names(labels) == [["1", "2", "1"], ["1", "2"], ["1", None], ["1"]]


def test_unused_tracks_are_deleted(run: Run, labels: Labels) -> None:
    labels.tracks.append(unused := Track("0"))
    assert run(tracks.delete_unused_tracks) == 1
    assert unused not in labels.tracks
    assert run(tracks.delete_unused_tracks) == 0


def test_all_tracks_are_deleted(run: Run, labels: Labels) -> None:
    assert run(tracks.delete_all_tracks) == 8
    assert labels.tracks == []
    assert len(labels) == 5


def test_a_track_is_renamed(run: Run, labels: Labels) -> None:
    run(tracks.rename_track, labels.tracks[0], " queen ")
    assert labels.tracks[0].name == "queen"
    run(tracks.rename_track, labels.tracks[0], "queen")
    with pytest.raises(LabelsError, match="needs a name"):
        run(tracks.rename_track, labels.tracks[0], "  ")
    with pytest.raises(LabelsError, match="These labels have no Track"):
        run(tracks.rename_track, Track("1"), "queen")
