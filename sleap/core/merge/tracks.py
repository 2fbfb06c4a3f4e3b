"""Which tracks are the same: those of one name."""

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from attrs import field, frozen

from sleap.core.merge.rules import MergeRules, check_map
from sleap.core.tables import IntArray
from sleap.core.track import Track


@frozen
class TrackMatch:
    """What becomes of the tracks of the new labels.

    Args:
        numbers: (n_tracks + 1,) the number of each after the merge; the last entry is -1, for no
            track.
        added: Numbers in the new labels of those that are added, in order.
        spawned_on: By number in the base: the earlier frame on which a track began in the new
            labels.
    """

    numbers: IntArray = field(repr=False)
    added: tuple[int, ...]
    spawned_on: dict[int, int]

    @property
    def n_matched(self) -> int:
        """How many are there already."""
        return len(self.numbers) - 1 - len(self.added)


def match_tracks(base: Sequence[Track], new: Sequence[Track], rules: MergeRules) -> TrackMatch:
    """Find the tracks of the base that those of the new labels are.

    Names are compared over the whole project. Where several have one name, they are taken in
    order, each track of the base once: the only rule that gives the same when it is applied again.

    Args:
        base: Tracks of the base.
        new: Tracks of the new labels.
        rules: What is given.

    Raises:
        LabelsError: If a number in the rules names nothing.
    """
    check_map(rules.tracks, "track", new, base)
    numbers = np.full(len(new) + 1, -1, np.int64)
    for key, value in rules.tracks.items():
        numbers[key] = -1 if value is None else value
    if rules.match_tracks:
        taken = {value for value in rules.tracks.values() if value is not None}
        left = [number for number in range(len(new)) if number not in rules.tracks]
        for key_of in (id, _name):
            left = _take(base, new, key_of, left, taken, numbers)
    added = np.flatnonzero(numbers[:-1] < 0)
    numbers[added] = len(base) + np.arange(len(added))
    spawned_on: dict[int, int] = {}
    for track, number in zip(new, numbers.tolist(), strict=False):
        if number < len(base):
            earliest = min(spawned_on.get(number, base[number].spawned_on), track.spawned_on)
            if earliest < base[number].spawned_on:
                spawned_on[number] = earliest
    return TrackMatch(numbers, tuple(added.tolist()), spawned_on)


def _take(
    base: Sequence[Track],
    new: Sequence[Track],
    key_of: Callable[[Track], Hashable],
    left: list[int],
    taken: set[int],
    numbers: IntArray,
) -> list[int]:
    """Match tracks with the same key in order; return those still without a match."""
    free: dict[Hashable, list[int]] = {}
    for number in reversed(range(len(base))):
        if number not in taken:
            free.setdefault(key_of(base[number]), []).append(number)
    rest = []
    for number in left:
        places = free.get(key_of(new[number]))
        if places:
            numbers[number] = places.pop()
            taken.add(int(numbers[number]))
        else:
            rest.append(number)
    return rest


def _name(track: Track) -> Hashable:
    return track.name
