"""What a timeline says of the frame under the mouse."""

from html import escape

import numpy as np

from sleap.core.labels import Labels
from sleap.core.tables import PREDICTED
from sleap.editing.edits.lookup import shown_members
from sleap.gui.timeline import crowd
from sleap.gui.timeline.data import TimelineData
from sleap.gui.timeline.graph import Graph
from sleap.gui.timeline.marks import DONE, OPEN, PREDICTED_ONLY, Flag
from sleap.gui.timeline.ruler import number

N_NAMED = 8
"""Instances that are told one by one."""

_SUGGESTED = {
    OPEN: "suggested, not labeled yet",
    PREDICTED_ONLY: "suggested, has predictions only",
    DONE: "suggested and labeled",
}


def describe(
    labels: Labels,
    data: TimelineData,
    graph: Graph | None,
    frame_idx: int,
    n_frames: int,
    n_near: int = 1,
) -> str:
    """Return what is on a frame, as rich text.

    Args:
        labels: The labels.
        data: What the timeline shows of them.
        graph: The chosen statistic.
        frame_idx: Index of the frame.
        n_frames: Frames of the video.
        n_near: Frames around it that one mark hides; what is suggested among them is counted.
    """
    lines = [f"<b>Frame {number(frame_idx)}</b> of {n_frames:,}"]
    lines += [escape(line) for line in _states(data, frame_idx)]
    lines += _near(data, frame_idx, n_near)
    lines += [escape(line) for line in _instances(labels, data, frame_idx)]
    if graph is not None:
        value = graph.value_at(frame_idx)
        told = "no value" if np.isnan(value) else short(value)
        lines.append(f"{escape(graph.title)}: <b>{told}</b>")
    return "<div style='white-space: pre'>" + "<br>".join(lines) + "</div>"


def short(value: float) -> str:
    """Return a number in few digits."""
    return f"{value:,.0f}" if abs(value) >= 10_000 or value == int(value) else f"{value:.4g}"


def _states(data: TimelineData, frame_idx: int) -> list[str]:
    lines = []
    marks = data.marks
    state = marks.state_at(frame_idx)
    if state:
        lines.append(_SUGGESTED[state])
    if marks.flags_at(frame_idx) == Flag.NEGATIVE:
        lines.append("labeled: no animal")
    elif marks.is_negative(frame_idx):
        lines.append("has a place marked as no animal")
    return lines


def _near(data: TimelineData, frame_idx: int, n_near: int) -> list[str]:
    """Return how many suggestions there are around a frame, if they hide each other."""
    marks = data.marks
    middle = np.array([frame_idx + 0.5])
    counts = crowd.count(marks.suggested, marks.states, middle, n_near)[:, 0].tolist()
    if n_near < 2 or sum(counts) < 2:
        return []
    kinds = zip(counts, ("labeled", "with predictions only", "open"), strict=True)
    told = ", ".join(f"{n:,} {kind}" for n, kind in kinds if n)
    return [f"{sum(counts):,} of {n_near:,} frames here suggested: {told}"]


def _instances(labels: Labels, data: TimelineData, frame_idx: int) -> list[str]:
    """Return a line for each instance: its track, who set it, its scores."""
    store = labels.store
    row = store.occupancy.find(store.find_in(labels.videos, data.video), frame_idx)
    members = shown_members(store, row) if row >= 0 else []
    lines = []
    for member in members[:N_NAMED]:
        record = store.instances.rows[member]
        track = int(record["track"])
        name = labels.tracks[track].name if track >= 0 else "no track"
        facts = ["user"]
        if record["instance_type"] == PREDICTED:
            facts = [f"score {short(float(record['score']))}"]
            tracking = float(record["tracking_score"])
            if np.isfinite(tracking) and tracking:
                facts.append(f"tracking {short(tracking)}")
        lines.append(f"{name}: {', '.join(facts)}")
    if len(members) > N_NAMED:
        lines.append(f"and {len(members) - N_NAMED} more")
    return lines
