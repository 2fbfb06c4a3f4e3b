"""Which tracks to delete: all of them in a table, with how often each occurs."""

from typing import Any

import numpy as np
from attrs import frozen
from qtpy.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QWidget,
)

from sleap.core.labels import Labels
from sleap.core.tables import USER, BoolArray, IntArray
from sleap.core.track import Track
from sleap.gui.dialogs.base import Dialog, as_table, count

_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@frozen
class ChosenTracks:
    """What is deleted.

    Attributes:
        tracks: Tracks of the labels.
        with_instances: Whether their instances go, too; else these stay without a track.
    """

    tracks: list[Track]
    with_instances: bool


class TrackTable(QAbstractTableModel):
    """Tracks with how many instances each has; those to be deleted are checked.

    Args:
        labels: What has the tracks.
        parent: Owner.

    Attributes:
        tracks: The tracks, in the order of the rows.
        n_user: (n_tracks,) instances of the user that each has.
        n_predicted: (n_tracks,) predictions that each has.
        checked: (n_tracks,) which are checked.
    """

    HEADS = ("Track", "User instances", "Predictions")

    changed = Signal()

    def __init__(self, labels: Labels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tracks = list(labels.tracks)
        self.n_user, self.n_predicted = _count(labels)
        self.checked: BoolArray = np.zeros(len(self.tracks), bool)

    @property
    def n_instances(self) -> IntArray:
        """(n_tracks,) instances of each."""
        return self.n_user + self.n_predicted

    def check(self, rows: BoolArray | IntArray | slice, is_checked: bool = True) -> None:
        """Check some rows, or take their checks away."""
        self.checked[rows] = is_checked
        if self.tracks:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.tracks) - 1, 0))
        self.changed.emit()

    def check_only(self, rows: BoolArray) -> None:
        """Check some rows and no others."""
        self.checked[:] = False
        self.check(rows)

    def rowCount(self, parent: Any = _ROOT) -> int:
        """Count the tracks."""
        return 0 if parent.isValid() else len(self.tracks)

    def columnCount(self, parent: Any = _ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return _RIGHT if section else _LEFT
        return self.HEADS[section] if role == _Role.DisplayRole else None

    def flags(self, index: Any) -> Qt.ItemFlag:
        """Let the first column be checked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Any, role: int = _Role.DisplayRole) -> Any:
        """Return the text or the check of a cell."""
        row, column = index.row(), index.column()
        if role == _Role.CheckStateRole and column == 0:
            return Qt.CheckState.Checked if self.checked[row] else Qt.CheckState.Unchecked
        if role == _Role.TextAlignmentRole and column > 0:
            return _RIGHT
        if role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        if column == 0:
            return self.tracks[row].name or f"Track {row + 1}"
        number = (self.n_user if column == 1 else self.n_predicted)[row]
        return f"{number:,}" if number else "–"

    def setData(self, index: Any, value: Any, role: int = _Role.EditRole) -> bool:
        """Check a row, or take its check away."""
        if role != _Role.CheckStateRole:
            return False
        self.check(np.array([index.row()]), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class DeleteTracksDialog(Dialog[ChosenTracks]):
    """Asks which tracks to delete.

    Args:
        parent: The window it belongs to.
        labels: What has the tracks.
    """

    def __init__(self, parent: QWidget | None, labels: Labels) -> None:
        super().__init__("Delete tracks", parent, accept="&Delete")
        self.table = TrackTable(labels, self)
        self.view = _Checks()
        self.view.setModel(self.table)
        as_table(self.view)
        self.view.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.body.addLayout(self._make_quick())
        self.body.addWidget(self.view, 1)
        self.with_instances = QCheckBox("Delete their &instances, too")
        self.with_instances.setToolTip("Without this, the instances stay and have no track")
        self.body.addWidget(self.with_instances)
        self.table.changed.connect(self._tell)
        self.with_instances.toggled.connect(self._tell)
        self._tell()
        self.set_size(76, 26)

    def value(self) -> ChosenTracks:
        """Return what is checked."""
        numbers = np.flatnonzero(self.table.checked)
        tracks = [self.table.tracks[number] for number in numbers]
        return ChosenTracks(tracks, self.with_instances.isChecked())

    def _make_quick(self) -> QHBoxLayout:
        """Return a line with ways to check many at once."""
        line = QHBoxLayout()
        label = QLabel("Tracks with at &most")
        self.most = QSpinBox()
        self.most.setRange(0, 1_000_000)
        self.most.setGroupSeparatorShown(True)
        label.setBuddy(self.most)
        self.check_short = QPushButton("Check &them")
        self.check_all = QPushButton("Check &all")
        self.check_none = QPushButton("Check &none")
        for part in (label, self.most, QLabel("instances"), self.check_short):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.check_all)
        line.addWidget(self.check_none)
        for button in (self.check_short, self.check_all, self.check_none):
            button.setAutoDefault(False)
        table = self.table
        self.check_short.clicked.connect(
            lambda: table.check_only(table.n_instances <= self.most.value())
        )
        self.check_all.clicked.connect(lambda: table.check(slice(None)))
        self.check_none.clicked.connect(lambda: table.check(slice(None), False))
        return line

    def _tell(self) -> None:
        """Say what would be deleted."""
        checked = self.table.checked
        n_tracks, n_instances = int(checked.sum()), int(self.table.n_instances[checked].sum())
        self.ok.setEnabled(n_tracks > 0)
        if not n_tracks:
            self.say("Check tracks; Space does so for all selected rows.")
            return
        tracks, instances = count(n_tracks, "track"), count(n_instances, "instance")
        if self.with_instances.isChecked():
            self.say(f"{tracks} and {instances} would be deleted. Undo brings them back.")
        else:
            self.say(f"{tracks} would be deleted; {instances} would stay without a track.")


class _Checks(QTableView):
    """A table in which Space checks all selected rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        table = self.model()
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        if event.key() != Qt.Key.Key_Space or not rows or not isinstance(table, TrackTable):
            super().keyPressEvent(event)
            return
        chosen = np.array(rows)
        table.check(chosen, not table.checked[chosen].all())


def ask_tracks(parent: QWidget | None, labels: Labels) -> ChosenTracks | None:
    """Ask which tracks to delete."""
    return DeleteTracksDialog(parent, labels).ask()


def _count(labels: Labels) -> tuple[IntArray, IntArray]:
    """Return how many instances of the user, and predictions, each track has."""
    store = labels.store
    records = store.instances.rows[store.live_instances]
    tracked = records[records["track"] >= 0]
    is_user = tracked["instance_type"] == USER
    n_user, n_predicted = (
        np.bincount(tracked["track"][of_kind], minlength=len(labels.tracks))
        for of_kind in (is_user, ~is_user)
    )
    return n_user.astype(np.int64), n_predicted.astype(np.int64)
