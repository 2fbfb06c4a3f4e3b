"""What a merge does, in words and as rows of a table."""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from sleap.core.merge.skeletons import SkeletonMatch
from sleap.core.merge.tracks import TrackMatch
from sleap.core.merge.videos import VideoMatch
from sleap.core.skeleton import Skeleton
from sleap.core.tables import PREDICTED, USER, IntArray, Rows

Counts = tuple[int, int]


@frozen
class FrameRow:
    """One frame of the new labels; pairs of numbers count user and predicted instances.

    Args:
        video: Name of its video.
        frame_idx: Its index in the video.
        is_new: Whether only the new labels have it.
        same: Instances that both have.
        merged: Instances that come in without conflict.
        replaced: Predictions of the base that new ones replace.
        base: Instances of the base that are in conflict with those of the new labels.
        new: Instances of the new labels that are in conflict with those of the base.
    """

    video: str
    frame_idx: int
    is_new: bool
    same: Counts
    merged: Counts
    replaced: int
    base: Counts
    new: Counts


def frame_rows(
    frames: Rows,
    conflicts: Rows,
    videos: Mapping[int, str],
    places: Sequence[int] | IntArray | None = None,
) -> list[FrameRow]:
    """Make rows of a table.

    Args:
        frames: Rows of ``merge.frames.FRAMES``.
        conflicts: Rows of ``merge.frames.CONFLICTS``.
        videos: Names by number after the merge.
        places: Which of the frames; None: all.
    """
    chosen = np.arange(len(frames)) if places is None else np.asarray(places, np.int64)
    is_conflict = np.zeros((len(frames), 2), bool)
    is_conflict[conflicts["place"], conflicts["kind"]] = True
    rows = []
    for place, in_conflict in zip(chosen.tolist(), is_conflict[chosen], strict=True):
        frame = frames[place]
        rows.append(
            FrameRow(
                videos[int(frame["video"])],
                int(frame["frame_idx"]),
                bool(frame["base_row"] < 0),
                _pair(frame["same"]),
                _pair(np.where(in_conflict, 0, frame["new_only"])),
                int(frame["base_only"][PREDICTED]) if frame["replaces"] else 0,
                _pair(np.where(in_conflict, frame["base_only"], 0)),
                _pair(np.where(in_conflict, frame["new_only"], 0)),
            )
        )
    return rows


def _pair(counts: IntArray) -> Counts:
    return int(counts[USER]), int(counts[PREDICTED])


def skeleton_lines(matches: Sequence[SkeletonMatch], merged: Sequence[Skeleton]) -> list[str]:
    """Say what becomes of the skeletons."""
    lines = []
    for match in matches:
        if match.is_added:
            lines.append(f"Skeleton '{match.name}' ({len(match.nodes)} nodes) is added.")
            continue
        changes = []
        if match.added_nodes:
            changes.append(f"it gets the nodes {', '.join(match.added_nodes)}")
        if match.added_edges:
            edges = ", ".join(f"{a} -> {b}" for a, b in match.added_edges)
            changes.append(f"it gets the edges {edges}")
        if match.added_symmetries:
            pairs = ", ".join(f"{a} | {b}" for a, b in match.added_symmetries)
            changes.append(f"it gets the symmetries {pairs}")
        if match.refused_symmetries:
            pairs = ", ".join(f"{a} | {b}" for a, b in match.refused_symmetries)
            changes.append(f"its symmetries stay, against {pairs}")
        if match.is_reordered:
            changes.append("its order of nodes stays")
        if changes:
            name = merged[match.number].name
            lines.append(f"Skeleton '{match.name}' is '{name}' of the base; {'; '.join(changes)}.")
    return lines


def video_lines(matches: Sequence[VideoMatch]) -> list[str]:
    """Say which videos are the same, which are added, and which are in doubt."""
    n_added = sum(match.is_added for match in matches)
    lines = [f"Videos: {len(matches) - n_added} in both, {n_added} added."]
    for number, match in enumerate(matches):
        if match.candidates:
            which = " or ".join(str(candidate) for candidate in match.candidates)
            lines.append(
                f"  Video {number} ({match.video.name}) could be video {which} of the base; "
                "added as another one, unless you say which it is."
            )
        if match.n_unseen:
            lines.append(
                f"  Video {match.number} of the base is a package, and {match.n_unseen} frames "
                "that come in have no image in it: merge into a project with the video itself."
            )
    return lines


def track_lines(match: TrackMatch) -> list[str]:
    """Say how many tracks are the same and added."""
    if len(match.numbers) == 1:
        return []
    return [f"Tracks: {match.n_matched} in both, {len(match.added)} added."]


def frame_lines(frames: Rows, conflicts: Rows) -> list[str]:
    """Say how many frames merge how."""
    is_new = frames["base_row"] < 0
    extra = (frames["new_only"].sum(axis=1) > 0) & ~is_new
    in_conflict = np.zeros(len(frames), bool)
    in_conflict[conflicts["place"]] = True
    merges = extra & ~in_conflict
    n_same = np.count_nonzero(~is_new & ~extra)
    lines = [
        f"Frames: {np.count_nonzero(is_new)} added, {np.count_nonzero(merges)} get more instances, "
        f"{n_same} stay as they are, {np.count_nonzero(in_conflict)} in conflict "
        f"({np.count_nonzero(conflicts['kind'] == USER)} in user instances, "
        f"{np.count_nonzero(conflicts['kind'] == PREDICTED)} in predictions)."
    ]
    if frames["replaces"].any():
        n_replaced = int(frames["base_only"][frames["replaces"], PREDICTED].sum())
        lines.append(f"Predictions of the base that are replaced: {n_replaced}.")
    return lines


def table_lines(
    frames: Rows, conflicts: Rows, videos: Mapping[int, str], max_rows: int
) -> list[str]:
    """Lay out the frames on which something changes, those with conflicts first."""
    in_conflict = np.zeros(len(frames), bool)
    in_conflict[conflicts["place"]] = True
    changes = in_conflict | (frames["new_only"].sum(axis=1) > 0) | (frames["base_row"] < 0)
    changes |= frames["replaces"] & (frames["base_only"][:, PREDICTED] > 0)
    order = np.argsort(~in_conflict, kind="stable")
    order = order[changes[order]]
    if not len(order) or max_rows <= 0:
        return []
    head = ("video", "frame", "merged", "conflict: base", "new")
    cells = [head] + [
        (
            row.video,
            str(row.frame_idx),
            _text(row.merged) + (f" for {row.replaced}" if row.replaced else ""),
            _text(row.base),
            _text(row.new),
        )
        for row in frame_rows(frames, conflicts, videos, order[:max_rows])
    ]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = ["Instances, user/predicted:"]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  " + "  ".join(padded).rstrip())
    if len(order) > max_rows:
        lines.append(f"  and {len(order) - max_rows} more frames")
    return lines


def _text(counts: Counts) -> str:
    return f"{counts[0]}/{counts[1]}" if any(counts) else "-"
