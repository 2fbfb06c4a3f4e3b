"""The model behind every table of the program."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import numpy as np
from qtpy.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from qtpy.QtGui import QFont

from sleap.errors import SleapError
from sleap.gui.tables.column import Align, Column
from sleap.gui.tables.order import Order, by_value, renumbered, runs

ALIGNMENTS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
}

MANY = 64
"""Of more places than this where rows come or go, all rows are shown anew."""

FAINT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Whether a cell is of less weight."""

SWATCH_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""Colour of the square before the text, or None."""

Index = QModelIndex | QPersistentModelIndex

ROOT = QModelIndex()


class TableModel(QAbstractTableModel):
    """Rows of a source, in the order the user wants, drawn cell by cell as they are seen.

    Nothing is kept of the rows but their order, so a table of 100,000 rows is as fast as one of
    ten.

    Args:
        columns: What there is to see.
        identity: Tells a row from others even when rows come and go; None: its number.
        parent: Who owns the model.

    Attributes:
        is_splicing: Whether rows come or go just now: the source knows it already, views do not.

    Signals:
        refused(str): Something typed was refused; why.
        spliced: Rows came or went, all others stay.
    """

    refused = Signal(str)
    spliced = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        identity: Callable[[int], Hashable] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._identity = identity or (lambda row: row)
        self._order: Order = np.empty(0, np.int64)
        self._places: Order | None = None
        self._sorting: tuple[int, bool] | None = None
        self.is_splicing = False

    # -- the source -----------------------------------------------------------------------------

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return len(self._order)

    @property
    def rows(self) -> Order:
        """(n_rows,) the row of the source at each place on the screen."""
        return self._order

    def identity(self, row: int) -> Hashable:
        """Return what tells a row of the source from others."""
        return self._identity(row)

    def refresh(self, n_rows: int) -> None:
        """Show the source anew: there may be other rows, or all may have changed."""
        if n_rows == self.n_rows and self._sorting is None:
            self._tell(0, n_rows - 1)
        else:
            self.renew(n_rows)

    def renew(self, n_rows: int) -> None:
        """Show other rows than before."""
        self.beginResetModel()
        self._put(self._sorted(n_rows))
        self.endResetModel()

    def splice(self, start: int, n_removed: int, n_added: int) -> None:
        """Show that rows of the source were replaced by others; a few take an instant.

        Args:
            start: The first of them.
            n_removed: How many went.
            n_added: How many came in their place.
        """
        is_gone = (self._order >= start) & (self._order < start + n_removed)
        gone = np.flatnonzero(is_gone)
        kept = renumbered(self._order[~is_gone], start, n_added - n_removed)
        order = self._sorted(len(kept) + n_added) if n_added else kept
        is_new = (order >= start) & (order < start + n_added)
        new = np.flatnonzero(is_new)
        has_moved = not np.array_equal(order[~is_new], kept)
        leaving, coming = runs(gone), runs(new)
        if has_moved or len(leaving) + len(coming) > MANY:
            self.renew(len(order))
            return
        self.is_splicing = True
        for first, last in reversed(leaving):
            self.beginRemoveRows(ROOT, first, last)
            self._put(np.delete(self._order, np.s_[first : last + 1]))
            self.endRemoveRows()
        self._put(kept)
        for first, last in coming:
            self.beginInsertRows(ROOT, first, last)
            self._put(np.insert(self._order, first, order[first : last + 1]))
            self.endInsertRows()
        self.is_splicing = False
        self.spliced.emit()

    def update_rows(self, rows: Iterable[int]) -> None:
        """Draw rows of the source again; they stay at their places, even if they sort otherwise."""
        for row in rows:
            place = self.place_of(row)
            self._tell(place, place)

    def row_at(self, place: int) -> int:
        """Return the row of the source at a place on the screen."""
        return int(self._order[place])

    def place_of(self, row: int) -> int:
        """Return the place on the screen of a row of the source."""
        if self._sorting is None:
            return row
        if self._places is None:
            self._places = np.empty_like(self._order)
            self._places[self._order] = np.arange(self.n_rows)
        return int(self._places[row])

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    # -- order ----------------------------------------------------------------------------------

    @property
    def sorting(self) -> tuple[int, bool] | None:
        """The column sorted by and whether descending; None: the order of the source."""
        return self._sorting

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 for the order of the source."""
        is_sortable = 0 <= column < len(self.columns) and self.columns[column].keys is not None
        descending = order == Qt.SortOrder.DescendingOrder
        self._sorting = (column, descending) if is_sortable else None
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self.row_at(index.row()) for index in before]
        self._put(self._sorted(self.n_rows))
        after = [
            self.index(self.place_of(row), index.column())
            for row, index in zip(rows, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sorted(self, n_rows: int) -> Order:
        """Return the rows of the source in the order that the user wants."""
        if self._sorting is not None and n_rows:
            column = self.columns[self._sorting[0]]
            if column.keys is not None:
                return (column.order or by_value)(column.keys(), descending=self._sorting[1])
        return np.arange(n_rows)

    def _put(self, order: Order) -> None:
        self._order, self._places = order, None

    # -- what Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: D102
        return 0 if parent.isValid() else self.n_rows

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: D102
        return 0 if parent.isValid() else len(self.columns)

    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            # Room between numbers and the words to their right.
            return f"{column.title} " if column.align is Align.RIGHT else column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hint or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[column.align] | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if not index.isValid() or index.row() >= self.n_rows or self.is_splicing:
            return None
        column, row = self.columns[index.column()], self.row_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.EditRole:
            return (column.initial or column.text)(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (column.tip or column.text)(row) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[column.align] | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole:
            return None if column.icon is None else column.icon(row)
        if role == Qt.ItemDataRole.FontRole:
            return _bold() if column.is_bold is not None and column.is_bold(row) else None
        if role == FAINT_ROLE:
            return column.is_faint is not None and column.is_faint(row)
        if role == SWATCH_ROLE:
            return None if column.swatch is None else column.swatch(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: D102
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._can_edit(index):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: D102
        if role != Qt.ItemDataRole.EditRole or not self._can_edit(index):
            return False
        column, row = self.columns[index.column()], self.row_at(index.row())
        text = str(value).strip()
        if column.edit is None or text == (column.initial or column.text)(row):
            return False
        try:
            column.edit(row, text)
        except SleapError as error:
            self.refused.emit(str(error))
            return False
        return True

    def _can_edit(self, index: Index) -> bool:
        column = self.columns[index.column()]
        if column.edit is None:
            return False
        return column.can_edit is None or column.can_edit(self.row_at(index.row()))


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
