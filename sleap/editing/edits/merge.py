"""Other labels merged in as one step: a project, or the results of a run of a model."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import numpy as np

from sleap.core.labels import Labels
from sleap.core.merge import MergePlan, MergeResult, MergeRules, apply_merge, plan_merge
from sleap.core.merge.around import MERGED
from sleap.core.tables import IntArray
from sleap.editing.changes.around import ReplaceSuggestions, SetMetadata
from sleap.editing.changes.items import AddItems, SetAttributes
from sleap.editing.changes.rows import AddFrames, AddInstances, RemoveFrames, RemoveInstances
from sleap.editing.changes.skeleton import ChangeNodes, SetSkeletonShape, Shape
from sleap.editing.changes.values import SetValues
from sleap.editing.transaction import Transaction


def merge_labels(
    tx: Transaction, plan: MergePlan, resolve: str | Sequence[str] = "both"
) -> MergeResult:
    """Merge labels as planned.

    Args:
        tx: The transaction.
        plan: What to do, made by ``plan_merge`` for the labels as they are.
        resolve: As for ``apply_merge``: whose instances stay where both sides have some.

    Returns:
        What was changed.

    Raises:
        LabelsError: If the labels changed since the plan was made.
    """
    before = _Before(tx.labels)
    tx.secure_all()
    result = apply_merge(tx.labels, plan, resolve)
    _adopt_skeletons(tx, result)
    _adopt_lists(tx, before, result)
    _adopt_rows(tx, before, result)
    _adopt_around(tx, before, result)
    return result


def add_predictions(tx: Transaction, new: Labels, rules: MergeRules | None = None) -> MergeResult:
    """Put in what a model predicted; on frames that have new predictions the old ones go.

    Args:
        tx: The transaction.
        new: The predictions.
        rules: How to match videos, skeletons and tracks; None: by name and content, and
            predictions are replaced.

    Returns:
        What was changed.
    """
    rules = rules or MergeRules(replace_predictions=True)
    return merge_labels(tx, plan_merge(tx.labels, new, rules))


class _Before:
    """What a merge overwrites without telling."""

    def __init__(self, labels: Labels) -> None:
        store = labels.store
        self.n_items = {
            name: len(getattr(store, name)) for name in ("videos", "skeletons", "tracks")
        }
        self.origins: IntArray = store.instances.rows["from_predicted"].copy()
        self.n_suggestions = len(labels.suggestions)
        self.anchors: dict[Any, Any] = deepcopy(labels.negative_anchors)
        self.provenance: dict[str, Any] = dict(labels.provenance)


def _adopt_skeletons(tx: Transaction, result: MergeResult) -> None:
    layout = result.layout_before
    for number, old in result.skeletons_before.items():
        skeleton = tx.labels.skeletons[number]
        shapes = Shape.of(old), Shape.of(skeleton)
        n_old, n_new = len(old), len(skeleton)
        if n_old == n_new:
            tx.adopt(SetSkeletonShape(number, *shapes))
            continue
        sources = np.r_[np.arange(n_old), np.full(n_new - n_old, -1)]
        change = ChangeNodes(number, *shapes, sources)
        if layout is not None:  # undone last, the first one puts the points of all back
            change.adopt(layout)
            layout = None
        tx.adopt(change)


def _adopt_lists(tx: Transaction, before: _Before, result: MergeResult) -> None:
    for of, items in (
        ("skeletons", result.skeletons),
        ("videos", result.videos),
        ("tracks", result.tracks),
    ):
        if items:
            tx.adopt(AddItems(of, before.n_items[of], tuple(items)))
    for number, spawned_on in result.spawned_on.items():
        new = tx.labels.tracks[number].spawned_on
        values = {"spawned_on": spawned_on}, {"spawned_on": new}
        tx.adopt(SetAttributes("tracks", number, *values))


def _adopt_rows(tx: Transaction, before: _Before, result: MergeResult) -> None:
    store = tx.store
    if len(rows := result.frames_added):
        frames = store.frames.rows[rows]
        videos, indices = (frames[name].astype(np.int64) for name in ("video", "frame_idx"))
        tx.adopt(AddFrames(int(rows[0]), videos, indices))
    if len(rows := result.instances_added):
        tx.adopt(AddInstances(int(rows[0]), len(rows)))
    if len(rows := result.linked):
        new = store.instances.rows["from_predicted"][rows]
        tx.adopt(SetValues("instances", "from_predicted", rows, before.origins[rows], new))
    if len(result.instances_removed):
        tx.adopt(RemoveInstances(result.instances_removed))
    if len(result.frames_removed):
        tx.adopt(RemoveFrames(result.frames_removed))


def _adopt_around(tx: Transaction, before: _Before, result: MergeResult) -> None:
    if result.suggestions:
        tx.adopt(ReplaceSuggestions(before.n_suggestions, (), tuple(result.suggestions)))
    if result.anchors:
        old = {key: before.anchors[key] for key in result.anchors if key in before.anchors}
        new = {key: tx.labels.negative_anchors[key] for key in result.anchors}
        tx.adopt(SetMetadata("negative_anchors", old, deepcopy(new)))
    if result.provenance:
        known = {MERGED: before.provenance[MERGED]} if MERGED in before.provenance else {}
        merged = {MERGED: tx.labels.provenance[MERGED]}
        tx.adopt(SetMetadata("provenance", known, deepcopy(merged)))
