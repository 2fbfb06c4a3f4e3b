"""What surrounds the tables: suggestions, negative anchors and provenance."""

from typing import Any

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import IntArray

MERGED = "merged"
"""Key in the provenance for that of labels merged in, a list."""

Anchor = tuple[float, float, float]


def add_suggestions(base: Labels, new: Labels, videos: IntArray) -> list[SuggestionFrame]:
    """Append suggestions of frames that are not suggested yet.

    Args:
        base: Where to; its videos are merged already.
        new: Where from.
        videos: (n_videos,) the number in the base of each of their videos.

    Returns:
        Those appended.
    """
    known = {(id(one.video), one.frame_idx) for one in base.suggestions}
    added = []
    for one in new.suggestions:
        number = new.store.find_in(new.videos, one.video)
        video = base.videos[videos[number]] if number >= 0 else one.video
        if (id(video), one.frame_idx) not in known:
            known.add((id(video), one.frame_idx))
            added.append(SuggestionFrame(video, one.frame_idx, one.group, dict(one.metadata)))
    base.suggestions += added
    return added


def add_anchors(base: Labels, new: Labels, videos: IntArray) -> dict[int, list[Any]]:
    """Add negative anchors that are not there yet; return those added, by number of video."""
    added: dict[int, list[Any]] = {}
    for old, anchors in new.negative_anchors.items():
        if not 0 <= old < len(videos):
            continue
        number = int(videos[old])
        there = base.negative_anchors.get(number, [])
        more = [anchor for anchor in anchors if tuple(anchor) not in map(tuple, there)]
        if more:
            base.negative_anchors[number] = [*there, *more]
            added[number] = more
    return added


def add_provenance(base: Labels, new: Labels) -> list[dict[str, Any]]:
    """Keep the provenance of merged labels in that of the base, under ``"merged"``.

    The entries of the base stay as they are. What is there already, or equals them, is not
    added again.

    Returns:
        The entries added.
    """
    own = {key: value for key, value in base.provenance.items() if key != MERGED}
    theirs = {key: value for key, value in new.provenance.items() if key != MERGED}
    before = new.provenance.get(MERGED)
    there = base.provenance.get(MERGED)
    known = list(there) if isinstance(there, list) else []
    added: list[dict[str, Any]] = []
    for entry in [theirs, *(before if isinstance(before, list) else [])]:
        if entry and entry != own and entry not in known:
            known.append(entry)
            added.append(entry)
    if added:
        base.provenance[MERGED] = known
    return added
