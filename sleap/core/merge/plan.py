"""The plan of a merge: what is the same, what is added, and where both labels disagree."""

from collections.abc import Sequence

import numpy as np
from attrs import evolve, field, frozen

from sleap.core.labels import Labels
from sleap.core.merge import report
from sleap.core.merge.content import Side
from sleap.core.merge.frames import Comparison, compare_frames, find_conflicts
from sleap.core.merge.rules import MergeRules
from sleap.core.merge.skeletons import SkeletonMatch, match_skeletons, unify
from sleap.core.merge.tracks import TrackMatch, match_tracks
from sleap.core.merge.videos import VideoMatch, count_unseen, match_videos
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import IntArray, Rows
from sleap.errors import LabelsError

State = tuple[int, ...]


@frozen(eq=False)
class MergePlan:
    """What merging labels into others would do; data only, until ``apply_merge``.

    Args:
        new: The labels to merge.
        rules: How they were matched.
        skeletons: What becomes of each of their skeletons.
        merged_skeletons: What the skeletons will be after the merge, by number.
        videos: What becomes of each of their videos.
        tracks: What becomes of their tracks.
        comparison: Their frames and instances beside those of the base.
        conflicts: (n,) rows of ``merge.frames.CONFLICTS``: the row in ``frames``, and the kind of
            instances of which both have more on that frame.
        states: What base and new labels were when they were compared.
    """

    new: Labels = field(repr=False)
    rules: MergeRules
    skeletons: tuple[SkeletonMatch, ...]
    merged_skeletons: tuple[Skeleton, ...]
    videos: tuple[VideoMatch, ...]
    tracks: TrackMatch
    comparison: Comparison = field(repr=False)
    conflicts: Rows = field(repr=False)
    states: tuple[State, State] = field(repr=False)

    @property
    def frames(self) -> Rows:
        """(n_frames,) rows of ``merge.frames.FRAMES``, one for each frame of the new labels."""
        return self.comparison.frames

    @property
    def n_conflicts(self) -> int:
        """How many conflicts there are: frames, twice if in user and predicted instances."""
        return len(self.conflicts)

    @property
    def video_numbers(self) -> IntArray:
        """(n_videos,) the number after the merge of each video of the new labels."""
        return np.array([match.number for match in self.videos], np.int64)

    def rows(self, places: Sequence[int] | IntArray | None = None) -> list["report.FrameRow"]:
        """Return the frames of the new labels as rows of a table, all or those at some places."""
        return report.frame_rows(self.frames, self.conflicts, self._video_names(), places)

    def lines(self, max_rows: int = 20) -> list[str]:
        """Say what the merge would do, line by line.

        Args:
            max_rows: How many frames to list, those with conflicts first.
        """
        return [
            *report.skeleton_lines(self.skeletons, self.merged_skeletons),
            *report.video_lines(self.videos),
            *report.track_lines(self.tracks),
            *report.frame_lines(self.frames, self.conflicts),
            *report.table_lines(self.frames, self.conflicts, self._video_names(), max_rows),
        ]

    def _video_names(self) -> dict[int, str]:
        return {match.number: match.video.name for match in self.videos}

    def check_states(self, base: Labels) -> None:
        """Refuse labels that changed since they were compared.

        Raises:
            LabelsError: If the base or the new labels are not what they were.
        """
        if (_state(base), _state(self.new)) != self.states:
            raise LabelsError("The labels have changed since the merge was planned: plan it again.")


def plan_merge(base: Labels, new: Labels, rules: MergeRules | None = None) -> MergePlan:
    """Find out what merging labels into others would do; neither is changed.

    A frame merges cleanly if only one side has it, or if at most one side has instances of a kind
    (user, predicted) that the other has not. Where both have, that is a conflict.

    Args:
        base: The labels to merge into.
        new: The labels to merge.
        rules: How to match; None: by name and content.

    Raises:
        LabelsError: If the rules name what is not there, or the labels are the same object.
    """
    if base is new:
        raise LabelsError("Labels cannot be merged into themselves: merge a copy.")
    rules = rules or MergeRules()
    skeletons, merged = match_skeletons(base.skeletons, new.skeletons, rules.skeletons)
    videos = match_videos(base.videos, new.videos, rules.videos)
    tracks = match_tracks(base.tracks, new.tracks, rules)
    common, nodes = unify(merged)
    n_nodes = max((skeleton.n_nodes for skeleton in merged), default=0)
    n_base = len(base.skeletons)
    base_side = Side(
        base.store,
        common[:n_base],
        [mine[: skeleton.n_nodes] for mine, skeleton in zip(nodes, base.skeletons, strict=False)],
        np.append(np.arange(len(base.tracks)), -1),
        n_nodes,
    )
    new_side = Side(
        new.store,
        common[[match.number for match in skeletons]] if skeletons else common[:0],
        [nodes[match.number][match.nodes] for match in skeletons],
        tracks.numbers,
        n_nodes,
    )
    numbers = np.array([match.number for match in videos], np.int64)
    comparison = compare_frames(
        base_side, new_side, numbers, replace_predictions=rules.replace_predictions
    )
    return MergePlan(
        new,
        rules,
        skeletons,
        merged,
        tuple(_with_unseen(base, match, comparison.frames) for match in videos),
        tracks,
        comparison,
        find_conflicts(comparison.frames),
        (_state(base), _state(new)),
    )


def _with_unseen(base: Labels, match: VideoMatch, frames: Rows) -> VideoMatch:
    if match.is_added:
        return match
    added = (frames["video"] == match.number) & (frames["base_row"] < 0)
    n_unseen = count_unseen(base.videos[match.number], frames["frame_idx"][added])
    return evolve(match, n_unseen=n_unseen)


def _state(labels: Labels) -> State:
    """Return numbers that change when rows or lists do."""
    store: Store = labels.store
    sizes = [len(items) for items in (store.videos, store.skeletons, store.tracks)]
    return (
        *(id(store), store.revision, len(store.frames), len(store.instances), *sizes),
        *(skeleton.n_nodes for skeleton in store.skeletons),
    )
