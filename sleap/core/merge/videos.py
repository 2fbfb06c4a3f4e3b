"""Which videos are the same.

``Video.matches`` says which can be; where that leaves a choice, their fingerprints, and how much of
their paths they have in common.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import product

import numpy as np
from attrs import frozen

from sleap.core.merge.rules import Map, check_map
from sleap.core.tables import IntArray
from sleap.core.video import Video

SAME_FILE = 1 << 20
"""Likeness of two videos with the same path."""

SAME_CONTENT = 1 << 10
"""What equal fingerprints add to the number of common parts at the end of the paths."""


@frozen
class VideoMatch:
    """What becomes of one video of the new labels.

    Args:
        video: The video.
        number: Its number after the merge.
        is_added: Whether it is added to the list; else it is the one there.
        candidates: Numbers of videos in the base that it could be just as well; then it is added,
            for the caller to decide: two recordings must not be mixed up.
        n_unseen: How many of the frames that come in have no image in the video of the base,
            because that is a package of embedded images.
    """

    video: Video
    number: int
    is_added: bool
    candidates: tuple[int, ...] = ()
    n_unseen: int = 0


def match_videos(base: Sequence[Video], new: Sequence[Video], rules: Map) -> tuple[VideoMatch, ...]:
    """Find the videos of the base that those of the new labels are.

    Two videos of one project are two recordings, so each video of the base is given away once.
    Of several that match, one with the same fingerprint is taken, then the one with the most of
    its path in common.

    Args:
        base: Videos of the base.
        new: Videos of the new labels.
        rules: Numbers that are given, see ``MergeRules``.

    Returns:
        One match for each new video.

    Raises:
        LabelsError: If a number in the rules names nothing.
    """
    check_map(rules, "video", new, base)
    found: dict[int, int] = {key: value for key, value in rules.items() if value is not None}
    free_new = [number for number in range(len(new)) if number not in rules]
    free_base = [number for number in range(len(base)) if number not in set(found.values())]
    ambiguous: dict[int, tuple[int, ...]] = {}
    _match_same(base, new, free_base, free_new, found)
    likeness = {
        (n, b): _likeness(base[b], new[n])
        for n, b in product(free_new, free_base)
        if _n_files(base[b]) & _n_files(new[n]) and base[b].matches(new[n])
    }
    for level in sorted(set(likeness.values()), reverse=True):
        taken = set(found.values())
        pairs = [
            (n, b)
            for (n, b), value in likeness.items()
            if value == level and n not in found and n not in ambiguous and b not in taken
        ]
        by_new, by_base = Counter(n for n, _ in pairs), Counter(b for _, b in pairs)
        for n, b in pairs:
            if by_new[n] == by_base[b] == 1:
                found[n] = b
            else:
                ambiguous[n] = (*ambiguous.get(n, ()), b)
    matches, n_videos = [], len(base)
    for number, video in enumerate(new):
        is_added = number not in found
        place = n_videos if is_added else found[number]
        n_videos += is_added
        matches.append(VideoMatch(video, place, is_added, ambiguous.get(number, ())))
    return tuple(matches)


def count_unseen(video: Video, frame_indices: IntArray) -> int:
    """Count the frames that have no image in a video, as far as that is known.

    Args:
        video: A video of the base.
        frame_indices: (n,) of frames that are added to it.
    """
    if not video.is_embedded or video.frame_numbers is None:
        return 0
    return int(np.count_nonzero(~np.isin(frame_indices, video.frame_numbers)))


def _match_same(
    base: Sequence[Video],
    new: Sequence[Video],
    free_base: list[int],
    free_new: list[int],
    found: dict[int, int],
) -> None:
    """Match, in order, videos that are one object or have the same path; take them off the lists.

    Several of one path are told apart by their order: they are alike in everything else.
    """
    for key in (id, _whole_path):
        places: dict[object, list[int]] = {}
        for b in free_base:
            places.setdefault(key(base[b]), []).append(b)
        for n in list(free_new):
            for b in places.get(key(new[n]), ()):
                if b in free_base and base[b].matches(new[n]):
                    found[n] = b
                    free_base.remove(b)
                    free_new.remove(n)
                    break


def _parts(video: Video) -> tuple[str, ...]:
    """Return the parts of the path, of the first image for a sequence."""
    name = video.filename if isinstance(video.filename, str) else "".join(video.filename[:1])
    return tuple(re.split(r"[\\/]+", name))


def _whole_path(video: Video) -> tuple[object, ...]:
    many = None if isinstance(video.filename, str) else len(video.filename)
    return (*_parts(video), video.dataset or "", many)


def _n_files(video: Video) -> set[int]:
    """Return of how many images it and its sources are sequences; 0: a single file.

    Comparing the names of long sequences takes time, and those of others cannot be the same.
    """
    return {0 if isinstance(one.filename, str) else len(one.filename) for one in _origins(video)}


def _origins(video: Video) -> list[Video]:
    chain = [video]
    while chain[-1].source is not None:
        chain.append(chain[-1].source)
    return chain


def _likeness(a: Video, b: Video) -> int:
    """Return how much speaks for two videos that match, or their sources, being the same."""
    best = content = 0
    for one, other in product(_origins(a), _origins(b)):
        if _whole_path(one) == _whole_path(other):
            return SAME_FILE
        if one.compare_fingerprint(other.fingerprint):
            content = SAME_CONTENT
        n_common = 0
        for left, right in zip(reversed(_parts(one)), reversed(_parts(other)), strict=False):
            if left != right:
                break
            n_common += 1
        best = max(best, n_common)
    return content + best
