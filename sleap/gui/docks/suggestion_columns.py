"""What the table of suggestions shows of each."""

import numpy as np

from sleap.gui.tables.column import Align, Column
from sleap.gui.tables.order import by_group
from sleap.suggestions.table import SuggestionTable

VIDEO = 0
"""Number of the column of the video, which goes first where there is only one."""


def suggestion_columns(rows: SuggestionTable) -> list[Column]:
    """Return the columns of a table of suggestions."""
    return [
        Column(
            title="Video",
            text=lambda row: rows.items[row].video.name,
            keys=lambda: rows.videos,
        ),
        Column(
            title="Frame",
            hint="Number of the frame, counted from 1",
            text=lambda row: str(rows.frames[row] + 1),
            align=Align.RIGHT,
            keys=lambda: rows.frames,
            sample="00000",
        ),
        Column(
            title="Group",
            hint="Frames of one group look alike; sorted downwards the groups take turns",
            text=lambda row: _whole(rows.groups[row]),
            tip=lambda row: _group_tip(rows.groups[row]),
            align=Align.RIGHT,
            keys=lambda: rows.groups,
            order=by_group,
            sample="00",
            optional=2,
        ),
        Column(
            title="Labeled",
            hint="Whether you have labeled the frame",
            text=lambda row: "✓" if rows.labeled[row] else "",
            tip=lambda row: "Labeled" if rows.labeled[row] else "Not labeled yet",
            align=Align.CENTER,
            keys=lambda: rows.labeled,
            sample="✓",
        ),
        Column(
            title="Score",
            hint="Mean score of the predictions on the frame",
            text=lambda row: _score(rows.scores[row], "{:.2f}"),
            tip=lambda row: _score(rows.scores[row], "{:.6g}") or "No predictions here",
            align=Align.RIGHT,
            keys=lambda: rows.scores,
            sample="0.00",
            optional=1,
        ),
    ]


def _whole(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.0f}"


def _group_tip(value: float) -> str:
    return "Of no group" if np.isnan(value) else f"Group {value:.0f}"


def _score(value: float, form: str) -> str:
    return "" if np.isnan(value) else form.format(value)
