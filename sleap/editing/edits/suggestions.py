"""Suggestions of frames to label; a hundred thousand of them take an instant."""

import itertools
from collections.abc import Iterable

import numpy as np

from sleap.core.occupancy import FRAME_BITS
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.editing.changes.around import ReplaceSuggestions
from sleap.editing.transaction import Transaction

FEW = 64
"""Of more stretches than this that go, the whole list between them is written down."""


def replace_suggestions(tx: Transaction, suggestions: Iterable[SuggestionFrame]) -> int:
    """Put new suggestions in the place of all there are.

    Args:
        tx: The transaction.
        suggestions: The new ones; of several for one frame the first counts.

    Returns:
        How many there are now.

    Raises:
        LabelsError: If one is of a video that the labels do not have.
    """
    kept, there = _distinct(tx, suggestions), tx.labels.suggestions
    if kept != there:
        tx.record(ReplaceSuggestions(0, tuple(there), tuple(kept)))
    return len(kept)


def add_suggestions(tx: Transaction, suggestions: Iterable[SuggestionFrame]) -> int:
    """Append suggestions, but for frames that are suggested already.

    Args:
        tx: The transaction.
        suggestions: The new ones.

    Returns:
        How many were added.

    Raises:
        LabelsError: If one is of a video that the labels do not have.
    """
    return _append(tx, _distinct(tx, suggestions, tx.labels.suggestions))


def add_suggestion(tx: Transaction, video: Video, frame_idx: int) -> int:
    """Append one frame, such as the current one, unless it is suggested already.

    Args:
        tx: The transaction.
        video: A video of the labels.
        frame_idx: Index of the frame in the video.

    Returns:
        How many were added: 1 or 0.
    """
    tx.number_of(video)
    there = (one.frame_idx == frame_idx and one.video is video for one in tx.labels.suggestions)
    return 0 if any(there) else _append(tx, [SuggestionFrame(video, int(frame_idx))])


def remove_suggestions(tx: Transaction, suggestions: Iterable[SuggestionFrame]) -> int:
    """Remove suggestions.

    Args:
        tx: The transaction.
        suggestions: The very objects of ``labels.suggestions``; others do not matter.

    Returns:
        How many were removed.
    """
    gone, there = {id(one) for one in suggestions}, tx.labels.suggestions
    keys = np.fromiter(map(id, there), np.int64, len(there))
    places = np.flatnonzero(np.isin(keys, list(gone))).tolist()
    runs = _runs(places)
    if len(runs) <= FEW:
        for first, last in reversed(runs):
            tx.record(ReplaceSuggestions(first, tuple(there[first:last]), ()))
    else:
        stretch = there[places[0] : places[-1] + 1]
        kept = tuple(one for one in stretch if id(one) not in gone)
        tx.record(ReplaceSuggestions(places[0], tuple(stretch), kept))
    return len(places)


def remove_duplicate_suggestions(tx: Transaction) -> int:
    """Keep only the first of several suggestions for one frame; return how many went."""
    kept = _distinct(tx, tx.labels.suggestions)
    n_removed = len(tx.labels.suggestions) - len(kept)
    if n_removed:
        tx.set_suggestions(kept)
    return n_removed


def clear_suggestions(tx: Transaction) -> int:
    """Remove all suggestions; return how many there were."""
    there = tuple(tx.labels.suggestions)
    if there:
        tx.record(ReplaceSuggestions(0, there, ()))
    return len(there)


def _append(tx: Transaction, new: list[SuggestionFrame]) -> int:
    if new:
        tx.record(ReplaceSuggestions(len(tx.labels.suggestions), (), tuple(new)))
    return len(new)


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Return the beginning and end of each run of adjacent places; these ascend."""
    firsts = [one for one, before in zip(places, [-2, *places], strict=False) if one > before + 1]
    lasts = [one for one, after in itertools.pairwise(places) if after > one + 1]
    return list(zip(firsts, [one + 1 for one in [*lasts, *places[-1:]]], strict=True))


def _distinct(
    tx: Transaction,
    suggestions: Iterable[SuggestionFrame],
    known: Iterable[SuggestionFrame] = (),
) -> list[SuggestionFrame]:
    """Return the first for each frame that none of ``known`` is for.

    Raises:
        LabelsError: If one is of a video that the labels do not have.
    """
    given, taken = list(suggestions), set(_keys(tx, known))
    keys = _keys(tx, given)
    if min(keys, default=0) < 0:
        for one in given:
            tx.number_of(one.video)
    if len(set(keys)) == len(keys) and taken.isdisjoint(keys):
        return given
    kept = []
    for key, one in zip(keys, given, strict=True):
        if key not in taken:
            taken.add(key)
            kept.append(one)
    return kept


def _keys(tx: Transaction, suggestions: Iterable[SuggestionFrame]) -> list[int]:
    """Return one number for the frame of each; negative if its video is not on the list."""
    starts = {id(video): number << FRAME_BITS for number, video in enumerate(tx.labels.videos)}
    return [starts.get(id(one.video), -1 << FRAME_BITS) + one.frame_idx for one in suggestions]
