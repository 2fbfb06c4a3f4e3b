"""What a file format cannot hold of labels: told at each export, so that nothing is lost unseen."""

from collections.abc import Callable

import numpy as np
from attrs import frozen

from sleap.core.arrays import choose_instances, frames_of
from sleap.core.labels import Labels
from sleap.core.tables import PREDICTED, USER, IntArray
from sleap.core.video import Video
from sleap.io.format import FACETS, Format
from sleap.io.formats.slp import SLP
from sleap.io.slp.kept import Kept


@frozen
class Loss:
    """Something that labels hold and a file does not.

    Args:
        facet: Which of ``FACETS``, or "negative anchors" or "unknown".
        count: How many of them.
        text: The same in words.
    """

    facet: str
    count: int
    text: str

    def __str__(self) -> str:
        """Return the words."""
        return self.text


def find_losses(labels: Labels, format: Format, video: Video | None = None) -> list[Loss]:
    """Count what a format cannot hold of labels.

    Args:
        labels: What is to be written.
        format: The format.
        video: The only video that is written; None for all.

    Returns:
        What is not kept, in the order of ``FACETS``; nothing if all is kept.
    """
    losses = []
    for facet in FACETS:
        if facet in format.holds or (facet == "videos" and video is not None):
            continue
        count, text = _COUNTERS[facet](labels, video)
        if count:
            losses.append(Loss(facet, count, text))
    # What has no facet of its own is held only by formats that hold everything, and what no one
    # knows only by our own.
    holds_all = format.holds >= set(FACETS)
    further = [] if holds_all else [("negative anchors", _anchors)]
    if format is not SLP:
        further.append(("unknown", _unknown))
    for facet, counter in further:
        count, text = counter(labels, video)
        if count:
            losses.append(Loss(facet, count, text))
    return losses


def describe_losses(losses: list[Loss], format: Format) -> str:
    """Say in one sentence what is not kept; "" if all is."""
    if not losses:
        return ""
    return f"Not kept by {format.title}: {', '.join(map(str, losses))}."


Counted = tuple[int, str]


def _number(labels: Labels, video: Video | None) -> int | None:
    return None if video is None else labels.store.find_in(labels.videos, video)


def _rows(labels: Labels, video: Video | None, kind: int | None = None) -> IntArray:
    return choose_instances(labels.store, _number(labels, video), kind)


def _videos(labels: Labels, video: Video | None) -> Counted:
    n_more = len(labels.videos) - 1
    return max(n_more, 0), f"which of {n_more + 1} videos a frame is of"


def _skeletons(labels: Labels, video: Video | None) -> Counted:
    used = np.unique(labels.store.instances.rows["skeleton"][_rows(labels, video)])
    n_more = len(used) - 1
    return max(n_more, 0), _plural(n_more, "further skeleton")


def _edges(labels: Labels, video: Video | None) -> Counted:
    count = sum(len(skeleton.edges) for skeleton in labels.skeletons)
    return count, _plural(count, "edge") + " of the skeleton"


def _symmetries(labels: Labels, video: Video | None) -> Counted:
    count = sum(len(skeleton.symmetries) for skeleton in labels.skeletons)
    return count, ("1 symmetry" if count == 1 else f"{count} symmetries") + " of the skeleton"


def _tracks(labels: Labels, video: Video | None) -> Counted:
    tracks = labels.store.instances.rows["track"][_rows(labels, video)]
    count = len(np.unique(tracks[tracks >= 0]))
    return count, _plural(count, "track")


def _kinds(labels: Labels, video: Video | None) -> Counted:
    n_user, n_predicted = (len(_rows(labels, video, kind)) for kind in (USER, PREDICTED))
    text = f"which of {n_user + n_predicted} instances are predicted ({n_predicted})"
    return n_predicted, text


def _scores(labels: Labels, video: Video | None) -> Counted:
    rows = _rows(labels, video, PREDICTED)
    count = int(np.isfinite(labels.store.instances.rows["score"][rows]).sum())
    return count, "the scores of " + _plural(count, "prediction")


def _visibility(labels: Labels, video: Video | None) -> Counted:
    store = labels.store
    count = 0
    for kind, table in ((USER, store.points.rows), (PREDICTED, store.pred_points.rows)):
        hidden = np.flatnonzero(~table["visible"] & ~np.isnan(table["x"]))
        if not len(hidden):
            continue
        records = store.instances.rows[_rows(labels, video, kind)]
        starts, ends = (records[f"point_id_{end}"].astype(np.int64) for end in ("start", "end"))
        before = np.searchsorted(hidden, starts), np.searchsorted(hidden, ends)
        count += int((before[1] - before[0]).sum())
    return count, "that " + _plural(count, "point") + (" is" if count == 1 else " are") + " hidden"


def _empty_frames(labels: Labels, video: Video | None) -> Counted:
    store, number = labels.store, _number(labels, video)
    frames = store.live_frames
    if number is not None:
        frames = frames[store.frames.rows["video"][frames] == number]
    has = np.zeros(len(store.frames), bool)
    has[frames_of(store, store.live_instances)] = True
    count = int(np.count_nonzero(~has[frames]))
    return count, _plural(count, "frame") + " without instances"


def _suggestions(labels: Labels, video: Video | None) -> Counted:
    count = sum(video is None or one.video is video for one in labels.suggestions)
    return count, _plural(count, "suggestion")


def _provenance(labels: Labels, video: Video | None) -> Counted:
    return len(labels.provenance), "where the labels come from"


def _anchors(labels: Labels, video: Video | None) -> Counted:
    number = _number(labels, video)
    count = sum(
        len(places) for key, places in labels.negative_anchors.items() if number in (None, key)
    )
    return count, _plural(count, "negative anchor")


def _unknown(labels: Labels, video: Video | None) -> Counted:
    extra = labels.metadata.get("hdf5")
    names = sorted(extra.names) if isinstance(extra, Kept) else []
    shown = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
    return len(names), f"what the file holds beyond poses ({shown})"


_COUNTERS: dict[str, Callable[[Labels, Video | None], Counted]] = {
    "videos": _videos,
    "skeletons": _skeletons,
    "edges": _edges,
    "symmetries": _symmetries,
    "tracks": _tracks,
    "user": _kinds,
    "scores": _scores,
    "visibility": _visibility,
    "empty frames": _empty_frames,
    "suggestions": _suggestions,
    "provenance": _provenance,
}
"""How each of ``FACETS`` is counted."""


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" + ("" if count == 1 else "s")
