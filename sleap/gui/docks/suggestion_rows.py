"""What the table of suggestions shows, in arrays: 100,000 of them take an instant."""

from collections.abc import Iterable

import numpy as np

from sleap.core.arrays import frames_of
from sleap.core.labels import Labels
from sleap.core.occupancy import frame_keys
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import PREDICTED, USER, BoolArray, FloatArray, IntArray

FEW = 64
"""Of more new ones than this, the frames are looked at all at once."""

BLOCK = 1024
"""Suggestions that are compared at a time."""


class SuggestionRows:
    """The suggestions of labels, and what is known of their frames.

    Attributes:
        items: The suggestions, in the order of the project.
        videos: (n,) numbers of their videos.
        frames: (n,) indices of their frames.
        groups: (n,) their groups; NaN for none.
        labeled: (n,) whether the user labeled the frame.
        scores: (n,) mean score of the predictions on the frame; NaN for none.
    """

    def __init__(self) -> None:
        self.items: list[SuggestionFrame] = []
        self.videos: IntArray = np.empty(0, np.int64)
        self.frames: IntArray = np.empty(0, np.int64)
        self.groups: FloatArray = np.empty(0)
        self.labeled: BoolArray = np.empty(0, bool)
        self.scores: FloatArray = np.empty(0)
        self._by_key: tuple[IntArray, IntArray] | None = None

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
        self.items = []
        for name in ("videos", "frames", "groups", "labeled", "scores"):
            setattr(self, name, getattr(self, name)[:0])
        self.update_list(labels)

    def update_list(self, labels: Labels) -> None:
        """Read the list anew; only what differs from before is looked at."""
        old, new = self.items, labels.suggestions
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        middle = new[head : len(new) - tail]
        find = labels.store.find_in
        numbers = {id(video): find(labels.videos, video) for video in labels.videos}
        videos = np.array([numbers.get(id(one.video), -1) for one in middle], np.int64)
        frames = np.array([one.frame_idx for one in middle], np.int64)
        groups = np.array([np.nan if one.group is None else one.group for one in middle], float)
        end = len(old) - tail
        self.videos = np.concatenate((self.videos[:head], videos, self.videos[end:]))
        self.frames = np.concatenate((self.frames[:head], frames, self.frames[end:]))
        self.groups = np.concatenate((self.groups[:head], groups, self.groups[end:]))
        unknown = np.zeros(len(middle), bool), np.full(len(middle), np.nan)
        self.labeled = np.concatenate((self.labeled[:head], unknown[0], self.labeled[end:]))
        self.scores = np.concatenate((self.scores[:head], unknown[1], self.scores[end:]))
        self.items = list(new)
        self._by_key = None
        if len(middle) > FEW:
            self.update_all(labels)
        elif middle:
            self.update_frames(labels, zip(videos.tolist(), frames.tolist(), strict=True))

    def update_all(self, labels: Labels) -> None:
        """Look at the labels on all frames anew."""
        store = labels.store
        live = store.live_frames
        records = store.frames.rows[live]
        keys = frame_keys(records["video"], records["frame_idx"])
        if (keys[1:] < keys[:-1]).any():
            order = np.argsort(keys, kind="stable")
            keys, live = keys[order], live[order]
        wanted = frame_keys(self.videos, self.frames)
        places = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        is_there = keys[places] == wanted if len(keys) else np.zeros(len(wanted), bool)
        rows = np.where(is_there, live[places], 0) if len(live) else np.zeros(len(wanted), np.int64)
        n_user, n_predicted, sums = _counts(labels, len(store.frames))
        self.labeled = is_there & (n_user[rows] > 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            means = sums[rows] / n_predicted[rows]
        self.scores = np.where(is_there & (n_predicted[rows] > 0), means, np.nan)

    def update_frames(self, labels: Labels, places: Iterable[tuple[int, int]]) -> list[int]:
        """Look at the labels on a few frames anew.

        Args:
            labels: The labels.
            places: Number of the video and index of the frame of each.

        Returns:
            The rows of the suggestions of these frames.
        """
        rows = []
        store = labels.store
        for video, frame_idx in places:
            row = self.find(video, frame_idx)
            if row < 0:
                continue
            rows.append(row)
            frame = store.occupancy.find(video, frame_idx)
            members = np.array(store.members(frame) if frame >= 0 else [], np.int64)
            records = store.instances.rows[members]
            predicted = records["instance_type"] == PREDICTED
            self.labeled[row] = bool((records["instance_type"] == USER).any())
            scores = records["score"][predicted]
            self.scores[row] = float(scores.mean()) if len(scores) else np.nan
        return rows

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


def _common(old: list[SuggestionFrame], new: list[SuggestionFrame]) -> int:
    """Count the items that two lists begin with, both the same objects or equal."""
    n_items = min(len(old), len(new))
    start = 0
    while start < n_items and old[start : start + BLOCK] == new[start : start + BLOCK]:
        start += BLOCK
    while start < n_items and old[start] == new[start]:
        start += 1
    return min(start, n_items)


def _counts(labels: Labels, n_frames: int) -> tuple[IntArray, IntArray, FloatArray]:
    """Return (n_frames,) user instances, predictions, and the sum of the scores of these."""
    store = labels.store
    rows = store.live_instances
    frames = frames_of(store, rows)
    is_user = store.instances.rows["instance_type"][rows] == USER
    size = max(1, n_frames)
    n_user: IntArray = np.bincount(frames[is_user], minlength=size).astype(np.int64)
    predicted = frames[~is_user]
    scores = store.instances.rows["score"][rows[~is_user]].astype(float)
    n_predicted: IntArray = np.bincount(predicted, minlength=size).astype(np.int64)
    sums: FloatArray = np.bincount(predicted, np.nan_to_num(scores), size).astype(float)
    return n_user, n_predicted, sums
