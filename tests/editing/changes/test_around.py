import pytest
import random_edits

from sleap import Labels, SuggestionFrame
from sleap.editing.changes.around import ReplaceSuggestions, SetMetadata


def suggested(n: int) -> Labels:
    labels = random_edits.start()
    labels.suggestions.extend(SuggestionFrame(labels.video, index) for index in range(n))
    return labels


@pytest.mark.parametrize(
    ("kept", "start", "n_old", "n_new"),
    [
        (lambda s: s, 5, 0, 0),
        (lambda s: [*s[:2], *s[3:]], 2, 1, 0),
        (lambda s: [*s, s[0]], 5, 0, 1),
        (lambda s: [s[4], *s], 0, 0, 1),
        (lambda s: [s[0], s[2], s[1], *s[3:]], 1, 2, 2),
        (lambda s: [], 0, 5, 0),
    ],
)
def test_only_what_differs_is_kept(kept, start: int, n_old: int, n_new: int) -> None:
    labels = suggested(5)
    before = list(labels.suggestions)
    after = kept(before)
    change = ReplaceSuggestions.make(labels, after)
    assert (change.start, len(change.old), len(change.new)) == (start, n_old, n_new)
    the_list = labels.suggestions
    change.apply(labels)
    assert labels.suggestions == after
    change.revert(labels)
    assert labels.suggestions == before
    assert labels.suggestions is the_list


def test_equal_suggestions_are_the_same() -> None:
    labels = suggested(3)
    new = [SuggestionFrame(labels.video, index) for index in range(3)]
    assert not ReplaceSuggestions.make(labels, new).new


def test_entries_of_provenance() -> None:
    labels = Labels(provenance={"a": 1, "b": 2})
    change = SetMetadata.make(labels, "provenance", {"b": 3, "c": 4})
    assert change.old == {"a": 1, "b": 2}
    change.apply(labels)
    assert labels.provenance == {"b": 3, "c": 4}
    change.revert(labels)
    assert labels.provenance == {"a": 1, "b": 2}
    assert not SetMetadata.make(labels, "provenance", {"b": 2, "a": 1}).new


def test_other_metadata_is_not_edited() -> None:
    with pytest.raises(ValueError, match="'metadata'"):
        SetMetadata.make(Labels(), "metadata", {})
