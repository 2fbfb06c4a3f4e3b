import pytest

from sleap.core.merge.rules import MergeRules
from sleap.core.merge.tracks import match_tracks
from sleap.core.track import Track
from sleap.errors import LabelsError


def tracks(*items: tuple[str, int]) -> list[Track]:
    return [Track(*item) for item in items]


def test_tracks_of_one_name_are_one() -> None:
    base = tracks(("a", 5), ("b", 0), ("", 3))
    found = match_tracks(base, tracks(("b", 4), ("c", 1), ("a", 2), ("", 3)), MergeRules())
    assert found.numbers.tolist() == [1, 3, 0, 2, -1]
    assert found.added == (1,) and found.spawned_on == {0: 2} and found.n_matched == 3


def test_several_of_a_name_are_taken_in_order() -> None:
    base = tracks(("a", 0), ("b", 0), ("a", 9))
    found = match_tracks(base, tracks(("a", 9), ("a", 7), ("b", 0), ("a", 8)), MergeRules())
    assert found.numbers.tolist() == [0, 2, 1, 3, -1] and found.spawned_on == {2: 7}


def test_the_same_object_comes_first() -> None:
    twins = tracks(("a", 0), ("a", 0))
    assert match_tracks(twins, twins[::-1], MergeRules()).numbers.tolist() == [1, 0, -1]


def test_the_caller_may_say() -> None:
    base, new = tracks(("a", 0), ("b", 0)), tracks(("a", 0), ("x", 0), ("b", 0))
    rules = MergeRules(tracks={0: None, 1: 0})
    assert match_tracks(base, new, rules).numbers.tolist() == [2, 0, 1, -1]
    found = match_tracks(base, new, MergeRules(match_tracks=False))
    assert found.numbers.tolist() == [2, 3, 4, -1] and found.added == (0, 1, 2)
    with pytest.raises(LabelsError, match="base has no track 5"):
        match_tracks(base, new, MergeRules(tracks={0: 5}))
