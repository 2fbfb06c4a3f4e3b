"""The suggestions of labels as columns, with what lies on their frames; follows edits.

A hundred thousand suggestions take an instant.
"""

from collections.abc import Iterable

import numpy as np
from attrs import frozen

from sleap.core.arrays import frames_of, sorted_frames
from sleap.core.labels import Labels
from sleap.core.occupancy import frame_keys
from sleap.core.store import Store
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import PREDICTED, USER, BoolArray, FloatArray, IntArray

FEW = 64
"""Of more new ones than this, the frames are looked at all at once."""

BLOCK = 1024
"""Suggestions that are compared at a time."""


@frozen
class Splice:
    """What became of a list: a stretch of rows is replaced by others.

    Attributes:
        start: Row that the stretch begins at.
        n_removed: How many rows went.
        n_added: How many came in their place.
    """

    start: int
    n_removed: int
    n_added: int


class SuggestionTable:
    """One entry of each column for each suggestion, in the order of ``labels.suggestions``.

    Args:
        labels: Read at once; None: nothing is known yet.

    Attributes:
        items: The suggestions.
        videos: (n,) int64, number of the video; -1 if it is not one of the labels.
        frames: (n,) int64, index of the frame in its video.
        groups: (n,) float64, number of the group; NaN for none.
        labeled: (n,) whether something of the user is on the frame.
        scores: (n,) float64, mean score of the predictions on the frame; NaN without any.
    """

    def __init__(self, labels: Labels | None = None) -> None:
        self.items: list[SuggestionFrame] = []
        self.videos: IntArray = np.empty(0, np.int64)
        self.frames: IntArray = np.empty(0, np.int64)
        self.groups: FloatArray = np.empty(0)
        self.labeled: BoolArray = np.empty(0, bool)
        self.scores: FloatArray = np.empty(0)
        self._by_key: tuple[IntArray, IntArray] | None = None
        if labels is not None:
            self.read(labels)

    def __len__(self) -> int:
        """Count the suggestions."""
        return len(self.items)

    @property
    def n_labeled(self) -> int:
        """How many of them the user labeled."""
        return int(np.count_nonzero(self.labeled))

    # -- following the labels -------------------------------------------------------------------

    def read(self, labels: Labels) -> None:
        """Read all anew: videos may have other numbers."""
        self._splice(Splice(0, len(self), 0), [], labels)
        self.items = []
        self.update_list(labels)

    def update_list(self, labels: Labels) -> Splice:
        """Read the list anew; only what differs from before is looked at.

        Returns:
            What became of the rows.
        """
        old, new = self.items, labels.suggestions
        head = _n_common(old, new)
        tail = _n_common(old[head:][::-1], new[head:][::-1])
        splice = Splice(head, len(old) - tail - head, len(new) - tail - head)
        self._splice(splice, new[head : len(new) - tail], labels)
        self.items = list(new)
        return splice

    def update_all(self, labels: Labels) -> None:
        """Look at the labels on all frames anew."""
        rows = _find_rows(labels.store, self.videos, self.frames)
        is_there = rows >= 0
        n_user, n_predicted, sums = _look_at(labels.store, rows[is_there])
        self.labeled = np.zeros(len(rows), bool)
        self.labeled[is_there] = n_user > 0
        self.scores = np.full(len(rows), np.nan)
        with np.errstate(invalid="ignore"):
            self.scores[is_there] = sums / n_predicted

    def update_frames(self, labels: Labels, places: Iterable[tuple[int, int]]) -> list[int]:
        """Look at the labels on a few frames anew.

        Args:
            labels: The labels.
            places: Number of the video and index of the frame of each.

        Returns:
            The rows of the suggestions of these frames.
        """
        store = labels.store
        rows = []
        for video, frame_idx in places:
            row = self.find(video, frame_idx)
            if row < 0:
                continue
            rows.append(row)
            frame = store.occupancy.find(video, frame_idx)
            members = np.array(store.members(frame) if frame >= 0 else [], np.int64)
            records = store.instances.rows[members]
            scores = records["score"][records["instance_type"] == PREDICTED].astype(np.float64)
            self.labeled[row] = bool((records["instance_type"] == USER).any())
            self.scores[row] = float(scores.mean()) if len(scores) else np.nan
        return rows

    def _splice(self, splice: Splice, new: list[SuggestionFrame], labels: Labels) -> None:
        """Put new rows in the place of others, and look at their frames."""
        numbers = {id(video): number for number, video in enumerate(labels.videos)}
        videos = np.array([numbers.get(id(one.video), -1) for one in new], np.int64)
        frames = np.array([one.frame_idx for one in new], np.int64)
        groups = np.array([np.nan if one.group is None else one.group for one in new], float)
        unknown = np.zeros(len(new), bool), np.full(len(new), np.nan)
        start, end = splice.start, splice.start + splice.n_removed
        for name, values in (
            ("videos", videos),
            ("frames", frames),
            ("groups", groups),
            ("labeled", unknown[0]),
            ("scores", unknown[1]),
        ):
            column = getattr(self, name)
            setattr(self, name, np.concatenate((column[:start], values, column[end:])))
        self._by_key = None
        if len(new) > FEW:
            self.update_all(labels)
        elif new:
            self.update_frames(labels, zip(videos.tolist(), frames.tolist(), strict=True))

    # -- finding --------------------------------------------------------------------------------

    def find(self, video: int, frame_idx: int) -> int:
        """Return the row of the suggestion of a frame, -1 if there is none."""
        if self._by_key is None:
            keys = frame_keys(self.videos, self.frames)
            order = np.argsort(keys, kind="stable").astype(np.int64)
            self._by_key = keys[order], order
        keys, order = self._by_key
        wanted = int(frame_keys(np.array([video]), np.array([frame_idx]))[0])
        place = int(np.searchsorted(keys, wanted))
        return int(order[place]) if place < len(keys) and keys[place] == wanted else -1


def _n_common(old: list[SuggestionFrame], new: list[SuggestionFrame]) -> int:
    """Count the items that two lists begin with, both the same objects or equal."""
    n_items = min(len(old), len(new))
    start = 0
    while start < n_items and old[start : start + BLOCK] == new[start : start + BLOCK]:
        start += BLOCK
    while start < n_items and old[start] == new[start]:
        start += 1
    return min(start, n_items)


def _find_rows(store: Store, videos: IntArray, frames: IntArray) -> IntArray:
    """Return (n,) rows of frames; -1 for one that is not labeled."""
    rows = sorted_frames(store)
    if not len(rows):
        return np.full(len(videos), -1)
    records = store.frames.rows[rows]
    keys = frame_keys(records["video"], records["frame_idx"])
    wanted = frame_keys(videos, frames)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where((keys[places] == wanted) & (videos >= 0), rows[places], -1)


def _look_at(store: Store, rows: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Return numbers of user instances and predictions, and sums of scores, of frame rows."""
    n_frames = len(store.frames)
    is_wanted = np.zeros(n_frames, bool)
    is_wanted[rows] = True
    instances = store.live_instances
    owners = frames_of(store, instances)
    chosen = is_wanted[owners]
    instances, owners = instances[chosen], owners[chosen]
    is_user = store.instances.rows["instance_type"][instances] == USER
    predicted = owners[~is_user]
    scores = store.instances.rows["score"][instances[~is_user]].astype(np.float64)
    n_user: IntArray = np.bincount(owners[is_user], minlength=n_frames)[rows]
    n_predicted: IntArray = np.bincount(predicted, minlength=n_frames)[rows]
    sums: FloatArray = np.bincount(predicted, scores, n_frames)[rows].astype(np.float64)
    return n_user, n_predicted, sums
