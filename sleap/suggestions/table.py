"""The suggestions of labels as columns, with what lies on their frames: for tables and marks."""

import numpy as np
from attrs import frozen

from sleap.core.arrays import choose_instances, frames_of
from sleap.core.labels import Labels
from sleap.core.occupancy import frame_keys
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, FloatArray, IntArray

UNLABELED, PREDICTED_ONLY, LABELED = 0, 1, 2
"""States of a suggestion: nothing is on its frame, only predictions, or something of the user."""


@frozen(eq=False)
class SuggestionTable:
    """One entry of each column for each suggestion, in the order of ``labels.suggestions``.

    Attributes:
        videos: (n,) int64, number of the video; -1 if it is not one of the labels.
        frame_indices: (n,) int64, index of the frame in its video.
        groups: (n,) float64, number of the group; NaN for none.
        states: (n,) int64, ``UNLABELED``, ``PREDICTED_ONLY`` or ``LABELED``.
        scores: (n,) float64, mean score of the predictions on the frame; NaN without any.
    """

    videos: IntArray
    frame_indices: IntArray
    groups: FloatArray
    states: IntArray
    scores: FloatArray

    def __len__(self) -> int:
        """Count the suggestions."""
        return len(self.videos)

    @property
    def n_labeled(self) -> int:
        """How many have something of the user."""
        return int(np.count_nonzero(self.states == LABELED))


def tabulate(labels: Labels) -> SuggestionTable:
    """Look at all suggestions at once."""
    store, suggestions = labels.store, labels.suggestions
    numbers = {id(video): number for number, video in enumerate(labels.videos)}
    videos = np.array([numbers.get(id(one.video), -1) for one in suggestions], np.int64)
    frame_indices = np.array([one.frame_idx for one in suggestions], np.int64)
    groups = np.array([np.nan if one.group is None else one.group for one in suggestions], float)
    states = np.zeros(len(suggestions), np.int64)
    scores = np.full(len(suggestions), np.nan)
    rows = _find_rows(store, videos, frame_indices)
    found = np.flatnonzero(rows >= 0)
    if len(found):
        n_users, n_predicted, totals = _look_at(store, rows[found])
        states[found] = np.where(n_users > 0, LABELED, np.where(n_predicted > 0, PREDICTED_ONLY, 0))
        has = n_predicted > 0
        scores[found[has]] = totals[has] / n_predicted[has]
    return SuggestionTable(videos, frame_indices, groups, states, scores)


def look_at(labels: Labels, video: int, frame_idx: int) -> tuple[int, float]:
    """Return the state and the mean score of one frame, to follow an edit of it.

    Args:
        labels: The labels.
        video: Number of the video.
        frame_idx: Index of the frame.
    """
    store = labels.store
    row = store.occupancy.find(video, frame_idx)
    records = store.instances.rows[store.members(row) if row >= 0 else []]
    scores = records["score"][records["instance_type"] == PREDICTED].astype(np.float64)
    score = float(scores.mean()) if len(scores) else np.nan
    if (records["instance_type"] == USER).any():
        return LABELED, score
    return (PREDICTED_ONLY if len(scores) else UNLABELED), score


def _find_rows(store: Store, videos: IntArray, frame_indices: IntArray) -> IntArray:
    """Return (n,) rows of frames, -1 for one that is not labeled."""
    frames = store.live_frames
    table = store.frames.rows
    keys = frame_keys(table["video"][frames], table["frame_idx"][frames])
    order = (
        np.argsort(keys, kind="stable") if (keys[1:] < keys[:-1]).any() else np.arange(len(keys))
    )
    if not len(order):
        return np.full(len(videos), -1)
    wanted = frame_keys(np.maximum(videos, 0), frame_indices)
    places = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(order) - 1)
    rows = frames[order[places]]
    is_there = (keys[order[places]] == wanted) & (videos >= 0)
    return np.where(is_there, rows, -1)


def _look_at(store: Store, rows: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Return numbers of user instances and predictions, and sums of scores, of frame rows."""
    instances = choose_instances(store)
    is_wanted = np.zeros(len(store.frames), bool)
    is_wanted[rows] = True
    owners = frames_of(store, instances)
    chosen = is_wanted[owners]
    instances, owners = instances[chosen], owners[chosen]
    is_user = store.instances.rows["instance_type"][instances] == USER
    predicted = ~is_user
    n_frames = len(store.frames)
    scores = store.instances.rows["score"][instances[predicted]].astype(np.float64)
    totals = np.zeros(n_frames)
    np.add.at(totals, owners[predicted], scores)
    n_users: IntArray = np.bincount(owners[is_user], minlength=n_frames)[rows]
    n_predicted: IntArray = np.bincount(owners[predicted], minlength=n_frames)[rows]
    return n_users, n_predicted, totals[rows]
