"""Carries a plan out, and tells which rows that added and removed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import define, field

from sleap.core import nodes
from sleap.core.choice import remove_with_frames
from sleap.core.labels import Labels
from sleap.core.merge import around
from sleap.core.merge.plan import MergePlan
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import PREDICTED, USER, BoolArray, IntArray, Rows
from sleap.core.track import Track
from sleap.core.transfer import transfer_points
from sleap.core.video import Video
from sleap.errors import LabelsError

RESOLUTIONS = {
    "both": (True, True),
    "base": (True, False),
    "new": (False, True),
    "neither": (False, False),
}
"""By name: whether the instances of the base, and those of the new labels, are kept."""


def _no_rows() -> IntArray:
    return np.empty(0, np.int64)


@define(eq=False)
class MergeResult:
    """What a merge changed in the base; all else is as it was.

    Args:
        videos: Videos added at the end of the list.
        skeletons: Skeletons added at the end of the list.
        tracks: Tracks added at the end of the list.
        skeletons_before: By number: copies of skeletons that got nodes, edges or symmetries.
        layout_before: Where the points lay before nodes were added; None if none were.
        spawned_on: By number of track: the first frame it had before.
        frames_added: Rows of frames.
        frames_removed: Rows of frames left empty by the resolution of a conflict.
        instances_added: Rows of instances.
        instances_removed: Rows of instances of the base.
        linked: Rows of instances of the base that got a ``from_predicted``.
        suggestions: Suggestions appended.
        anchors: Negative anchors added, by number of video.
        provenance: Entries added under "merged".
    """

    videos: list[Video] = field(factory=list)
    skeletons: list[Skeleton] = field(factory=list)
    tracks: list[Track] = field(factory=list)
    skeletons_before: dict[int, Skeleton] = field(factory=dict)
    layout_before: nodes.Layout | None = None
    spawned_on: dict[int, int] = field(factory=dict)
    frames_added: IntArray = field(factory=_no_rows)
    frames_removed: IntArray = field(factory=_no_rows)
    instances_added: IntArray = field(factory=_no_rows)
    instances_removed: IntArray = field(factory=_no_rows)
    linked: IntArray = field(factory=_no_rows)
    suggestions: list[SuggestionFrame] = field(factory=list)
    anchors: dict[int, list[Any]] = field(factory=dict)
    provenance: list[dict[str, Any]] = field(factory=list)

    def __bool__(self) -> bool:
        """Tell whether anything was changed."""
        rows = (
            self.frames_added,
            self.frames_removed,
            self.instances_added,
            self.instances_removed,
            self.linked,
        )
        lists = (self.videos, self.skeletons, self.tracks, self.suggestions, self.provenance)
        maps = (self.skeletons_before, self.spawned_on, self.anchors)
        return any(len(items) > 0 for items in (*rows, *lists, *maps))

    def lines(self) -> list[str]:
        """Say what was changed."""
        if not self:
            return ["Nothing to change: all of it is there already."]
        lines = [
            f"{len(self.frames_added)} frames and {len(self.instances_added)} instances added, "
            f"{len(self.frames_removed)} frames and {len(self.instances_removed)} instances "
            "removed."
        ]
        if self.suggestions:
            lines.append(f"{len(self.suggestions)} suggestions added.")
        if self.anchors:
            lines.append(f"{sum(map(len, self.anchors.values()))} negative anchors added.")
        return lines


def apply_merge(
    base: Labels, plan: MergePlan, resolve: str | Sequence[str] = "both"
) -> MergeResult:
    """Merge labels as planned.

    Args:
        base: The labels that the plan was made for; changed in place.
        plan: What to do.
        resolve: Whose instances stay where there is a conflict: "both", "base", "new" or
            "neither"; one word for all conflicts, or one for each of ``plan.conflicts``.
            What both sides have, and what is in no conflict, stays in any case.

    Returns:
        What was changed.

    Raises:
        LabelsError: If the labels changed since the plan was made, or a resolution is not known.
    """
    plan.check_states(base)
    keep_base, keep_new = _what_to_keep(plan, resolve)
    result = MergeResult()
    _merge_lists(base, plan, result)
    targets = _add_frames(base, plan, result)
    new_rows = _add_instances(base, plan, keep_new, targets, result)
    _remove_instances(base, plan, keep_base, result)
    _link(base, plan, new_rows, result)
    videos = plan.video_numbers
    result.suggestions = around.add_suggestions(base, plan.new, videos)
    result.anchors = around.add_anchors(base, plan.new, videos)
    result.provenance = around.add_provenance(base, plan.new)
    return result


def _what_to_keep(plan: MergePlan, resolve: str | Sequence[str]) -> tuple[BoolArray, BoolArray]:
    """Return (n_frames, 2) by kind: whether extra instances of the base, and new ones, stay."""
    words = [resolve] * plan.n_conflicts if isinstance(resolve, str) else list(resolve)
    unknown = sorted({*words, *([resolve] if isinstance(resolve, str) else [])} - {*RESOLUTIONS})
    if unknown:
        raise LabelsError(f"resolve is '{unknown[0]}'; expected {', '.join(RESOLUTIONS)}.")
    if len(words) != plan.n_conflicts:
        raise LabelsError(
            f"There are {plan.n_conflicts} conflicts and {len(words)} resolutions: expected one "
            "for each, or one word for all."
        )
    keep = np.ones((2, len(plan.frames), 2), bool)
    choices = np.array([RESOLUTIONS[word] for word in words], bool).reshape(-1, 2)
    keep[:, plan.conflicts["place"], plan.conflicts["kind"]] = choices.T
    keep[0, :, PREDICTED] &= ~plan.frames["replaces"]
    return keep[0], keep[1]


def _merge_lists(base: Labels, plan: MergePlan, result: MergeResult) -> None:
    """Bring skeletons, videos and tracks together."""
    for number, skeleton in enumerate(base.skeletons):
        merged = plan.merged_skeletons[number]
        if merged.matches(skeleton):
            continue
        result.skeletons_before[number] = skeleton.copy()
        names = merged.node_names[skeleton.n_nodes :]
        if names and result.layout_before is None:
            result.layout_before = nodes.Layout.of(base.store)
        nodes.add_nodes(base.store, skeleton, names)
        skeleton.weights[:] = merged.weights
        skeleton.edges[:], skeleton.symmetries[:] = merged.edges, merged.symmetries
    result.skeletons = [one.copy() for one in plan.merged_skeletons[len(base.skeletons) :]]
    result.videos = [match.video for match in plan.videos if match.is_added]
    result.tracks = [plan.new.tracks[number] for number in plan.tracks.added]
    base.skeletons.extend(result.skeletons)
    base.videos.extend(result.videos)
    for number, frame_idx in plan.tracks.spawned_on.items():
        result.spawned_on[number] = base.tracks[number].spawned_on
        base.tracks[number].spawned_on = frame_idx
    base.tracks.extend(result.tracks)


def _add_frames(base: Labels, plan: MergePlan, result: MergeResult) -> IntArray:
    """Add the frames that only the new labels have; return the row of each compared frame."""
    frames = plan.frames
    targets: IntArray = frames["base_row"].copy()
    added = np.flatnonzero(targets < 0)
    if len(added):
        first = base.store.add_frames(frames["video"][added], frames["frame_idx"][added])
        result.frames_added = targets[added] = first + np.arange(len(added))
    return targets


def _add_instances(
    base: Labels, plan: MergePlan, keep: BoolArray, targets: IntArray, result: MergeResult
) -> IntArray:
    """Add instances; return for each row of the new labels the row that stands for it, or -1."""
    store, source, compared = base.store, plan.new.store, plan.comparison
    new_row = np.full(len(source.instances) + 1, -1, np.int64)  # the last answers for -1
    new_row[compared.new_rows] = compared.same
    kinds = source.instances.rows["instance_type"][compared.new_rows]
    chosen = np.flatnonzero((compared.same < 0) & keep[compared.new_places, kinds])
    if not len(chosen):
        return new_row
    owners = targets[compared.new_places[chosen]]
    if (owners[1:] < owners[:-1]).any():
        order = np.argsort(owners, kind="stable")
        chosen, owners = chosen[order], owners[order]
    rows = compared.new_rows[chosen]
    new_row[rows] = len(store.instances) + np.arange(len(rows))

    records = source.instances.rows[rows]
    starts = records["point_id_start"].astype(np.int64)
    skeletons = records["skeleton"].astype(np.int64)
    numbers = np.array([match.number for match in plan.skeletons], np.int64)
    records["skeleton"] = numbers[skeletons]
    records["track"] = plan.tracks.numbers[records["track"]]
    records["from_predicted"] = new_row[records["from_predicted"]]
    records["frame_id"] = owners
    points = [_gather(plan, records, kind, starts, skeletons) for kind in (USER, PREDICTED)]
    first = store.add_instances(records, *points)
    result.instances_added = first + np.arange(len(rows))
    return new_row


def _gather(
    plan: MergePlan, records: Rows, kind: int, starts: IntArray, skeletons: IntArray
) -> Rows:
    """Copy the points of instances into the order of nodes of the merged skeletons."""
    source = plan.new.store.pred_points if kind == PREDICTED else plan.new.store.points
    merged = plan.merged_skeletons
    of_kind = np.flatnonzero(records["instance_type"] == kind)
    n_nodes = np.array([merged[match.number].n_nodes for match in plan.skeletons], np.int64)
    counts = n_nodes[skeletons[of_kind]]
    ends = np.cumsum(counts)
    points: Rows = np.empty(int(ends[-1]) if len(ends) else 0, source.rows.dtype)
    for number, match in enumerate(plan.skeletons):
        of_both = skeletons[of_kind] == number
        if not of_both.any():
            continue
        sources = np.full(n_nodes[number], -1, np.int64)
        sources[match.nodes] = np.arange(len(match.nodes))
        transfer_points(
            *(source.rows, starts[of_kind[of_both]], len(match.nodes)),
            *(points, (ends - counts)[of_both], sources),
        )
    records["point_id_start"][of_kind], records["point_id_end"][of_kind] = ends - counts, ends
    return points


def _link(base: Labels, plan: MergePlan, new_row: IntArray, result: MergeResult) -> None:
    """Let instances that both have come from the predictions that the new ones came from."""
    compared, store = plan.comparison, base.store
    same = compared.same >= 0
    rows = compared.same[same]
    theirs = plan.new.store.instances.rows["from_predicted"][compared.new_rows[same]]
    theirs = new_row[theirs]
    ours = store.instances.rows["from_predicted"][rows]
    lost = ours < 0
    lost[~lost] = store.dead_instances.rows[ours[~lost]]
    lost &= theirs >= 0
    if lost.any():
        store.instances.writable["from_predicted"][rows[lost]] = theirs[lost]
        result.linked = rows[lost]


def _remove_instances(base: Labels, plan: MergePlan, keep: BoolArray, result: MergeResult) -> None:
    """Remove what the resolution gives up, and the frames left empty by that."""
    compared, store = plan.comparison, base.store
    kinds = store.instances.rows["instance_type"][compared.base_rows]
    gone = compared.base_rows[~keep[compared.base_places, kinds]]
    if len(gone):
        result.instances_removed = gone
        result.frames_removed = remove_with_frames(store, gone)
