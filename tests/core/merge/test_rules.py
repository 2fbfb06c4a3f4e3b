import pytest

from sleap.core.merge.rules import MergeRules, check_map
from sleap.errors import LabelsError


def test_numbers_must_name_something() -> None:
    check_map({0: None, 1: 0}, "video", "ab", "c")
    with pytest.raises(LabelsError, match="merged labels have no video 2: they have 2"):
        check_map({2: 0}, "video", "ab", "c")
    with pytest.raises(LabelsError, match="base has no track 1: it has 1"):
        check_map({0: 1}, "track", "ab", "c")


def test_nothing_is_given_by_default() -> None:
    rules = MergeRules()
    assert not rules.videos and not rules.replace_predictions and rules.match_tracks
