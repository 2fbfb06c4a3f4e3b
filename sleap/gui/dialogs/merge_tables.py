"""The frames of a merge as tables: those that merge cleanly, and the conflicts."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from qtpy.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from sleap.core.merge import MergePlan
from sleap.core.tables import PREDICTED, USER, IntArray

RESOLUTIONS = {
    "both": "Both",
    "base": "This project",
    "new": "The other project",
    "neither": "Neither",
}
"""Whose instances stay, as ``apply_merge`` calls it and as the table says it."""

KINDS = {USER: "user", PREDICTED: "predicted"}

_ROOT = QModelIndex()


class CleanTable(QAbstractTableModel):
    """Frames on which something comes in, and nothing is in doubt."""

    HEADS = ("Video", "Frame", "User instances", "Predictions", "What happens")

    def __init__(self, plan: MergePlan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frames = plan.frames
        self._names = {match.number: match.video.name for match in plan.videos}
        in_conflict = np.zeros(len(self._frames), bool)
        in_conflict[plan.conflicts["place"]] = True
        comes_in = self._frames["new_only"].sum(axis=1) > 0
        self.places: IntArray = np.flatnonzero(
            ~in_conflict & (comes_in | (self._frames["base_row"] < 0))
        )

    def rowCount(self, parent: Any = _ROOT) -> int:
        """Count the frames."""
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Any = _ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADS[section]
        return None

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        frame = self._frames[self.places[index.row()]]
        user, predicted = (int(frame["new_only"][kind]) for kind in (USER, PREDICTED))
        return (
            self._names.get(int(frame["video"]), ""),
            f"{int(frame['frame_idx']) + 1:,}",
            f"+{user}" if user else "–",
            f"+{predicted}" if predicted else "–",
            self._say(frame),
        )[index.column()]

    def _say(self, frame: Any) -> str:
        if frame["base_row"] < 0:
            return "The frame is added"
        if frame["replaces"] and frame["base_only"][PREDICTED]:
            return f"Replaces {int(frame['base_only'][PREDICTED])} predictions"
        return "Instances are added"


class ConflictTable(QAbstractTableModel):
    """Frames on which both projects have instances that the other has not."""

    HEADS = ("Video", "Frame", "Instances", "This", "Other", "Keep")

    def __init__(self, plan: MergePlan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plan = plan
        self._names = {match.number: match.video.name for match in plan.videos}
        self.choices = ["both"] * plan.n_conflicts

    def rowCount(self, parent: Any = _ROOT) -> int:
        """Count the conflicts."""
        return 0 if parent.isValid() else self.plan.n_conflicts

    def columnCount(self, parent: Any = _ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADS[section]
        return None

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        conflict = self.plan.conflicts[index.row()]
        frame, kind = self.plan.frames[conflict["place"]], int(conflict["kind"])
        return (
            self._names.get(int(frame["video"]), ""),
            f"{int(frame['frame_idx']) + 1:,}",
            KINDS[kind],
            f"{int(frame['base_only'][kind])}",
            f"{int(frame['new_only'][kind])}",
            RESOLUTIONS[self.choices[index.row()]],
        )[index.column()]

    def choose(self, rows: Iterable[int], resolution: str) -> None:
        """Say whose instances stay in some conflicts."""
        for row in rows:
            self.choices[row] = resolution
        last = len(self.HEADS) - 1
        if self.choices:
            self.dataChanged.emit(self.index(0, last), self.index(len(self.choices) - 1, last))
