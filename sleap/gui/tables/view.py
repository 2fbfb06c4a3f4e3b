"""The view of every table: whole rows, sorting by titles, a selection that survives refreshes."""

from collections.abc import Hashable, Iterable

from qtpy.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from qtpy.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from qtpy.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from sleap.gui.tables.cells import FAINT, CellDelegate
from sleap.gui.tables.model import TableModel

PADDING = 16
"""Room beside the text of a cell, pixels."""

MARK = 16
"""Room for the mark of sorting beside a title, pixels."""

MIN_STRETCH = 84
"""The least width of a column that takes what room is left, pixels."""


INTERACTIVE = QHeaderView.ResizeMode.Interactive


class TableView(QTableView):
    """Shows a ``TableModel``.

    Args:
        model: What is shown.
        empty: What is said where there are no rows.
        is_multiple: Whether several rows can be selected.
        parent: The parent.

    Signals:
        picked: The user selected other rows; not if the program did.
        chosen(int): A row of the source was double-clicked, or Return pressed on it.
        delete_pressed: Delete or Backspace was pressed.
    """

    picked = Signal()
    chosen = Signal(int)
    delete_pressed = Signal()

    def __init__(
        self,
        model: TableModel,
        empty: str = "",
        *,
        is_multiple: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = model
        self.empty = empty
        self._is_selecting = False
        self._off: set[int] = set()
        self._ranks: dict[int, int] = {}
        self._is_resetting = False
        self._known: list[Hashable] = []
        self._last: Hashable | None = None
        self._scroll = 0
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self._set_up(is_multiple)
        self.fit_columns()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        model.spliced.connect(self._keep_selected)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.doubleClicked.connect(self._on_double_click)

    def _set_up(self, is_multiple: bool) -> None:
        modes = QAbstractItemView.SelectionMode
        triggers = QAbstractItemView.EditTrigger
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(modes.ExtendedSelection if is_multiple else modes.SingleSelection)
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        height = self.fontMetrics().height()
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(height + 4)
        self.verticalHeader().setDefaultSectionSize(height + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        is_sortable = any(column.keys is not None for column in self.table.columns)
        if is_sortable:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            header.setSortIndicatorClearable(True)
            self.setSortingEnabled(True)
            header.sortIndicatorChanged.connect(lambda *_: self.fit_columns())
        self.setMinimumHeight(header.sizeHint().height() + 3 * (height + 8))

    # -- selection ------------------------------------------------------------------------------

    def selected(self) -> list[int]:
        """Return the selected rows of the source, from the top of the screen down."""
        places = {
            place
            for part in self.selectionModel().selection().toList()
            for place in range(part.top(), part.bottom() + 1)
        }
        return [self.table.row_at(place) for place in sorted(places)]

    def select(self, rows: Iterable[int], *, scroll: bool = True) -> None:
        """Select rows of the source, without ``picked``."""
        places = sorted(self.table.place_of(row) for row in rows)
        last = len(self.table.columns) - 1
        chosen = QItemSelection()
        for place in places:
            chosen.select(self.table.index(place, 0), self.table.index(place, last))
        self._is_selecting = True
        try:
            flags = QItemSelectionModel.SelectionFlag
            if places:
                current = self.table.index(places[0], max(0, self.currentIndex().column()))
                self.selectionModel().setCurrentIndex(current, flags.NoUpdate)
                if scroll:
                    self.scrollTo(current)
            self.selectionModel().select(chosen, flags.ClearAndSelect)
            self._note()
        finally:
            self._is_selecting = False

    def _on_selection(self) -> None:
        self._note()
        if not self._is_selecting and not self.table.is_splicing:
            self.picked.emit()

    def _note(self) -> None:
        """Note what is selected: when rows come and go, the source does not tell any more."""
        if self._is_resetting or self.table.is_splicing:
            return
        table, current = self.table, self.currentIndex()
        self._known = [table.identity(row) for row in self.selected()]
        self._last = None
        if current.isValid() and current.row() < table.n_rows:
            self._last = table.identity(table.row_at(current.row()))

    def _remember(self) -> None:
        self._is_resetting = self._is_selecting = True
        self._scroll = self.verticalScrollBar().value()

    def _recall(self) -> None:
        """Select again what is still there of what was selected."""
        known, last = self._known, self._last
        self._is_resetting = self._is_selecting = False
        if known or last is not None:
            wanted = {*known, last}
            found = {
                key: row
                for row in range(self.table.n_rows)
                if (key := self.table.identity(row)) in wanted
            }
            kept = [found[key] for key in known if key in found]
            self.select(kept, scroll=False)
            if not kept and last in found:
                index = self.table.index(self.table.place_of(found[last]), 0)
                self.selectionModel().setCurrentIndex(
                    index, QItemSelectionModel.SelectionFlag.NoUpdate
                )
            if len(kept) < len(known):
                self.picked.emit()
        self.verticalScrollBar().setValue(self._scroll)
        self.viewport().update()

    def _keep_selected(self) -> None:
        """Select of what is there only what was selected: Qt takes a neighbour of what went."""
        known = set(self._known)
        rows = self.selected()
        kept = [row for row in rows if self.table.identity(row) in known]
        if len(kept) < len(rows):
            self.select(kept, scroll=False)
        else:
            self._note()
        if len(kept) < len(known):
            self.picked.emit()
        self.viewport().update()

    # -- what the user does ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if self.state() == QAbstractItemView.State.EditingState:
            return  # Return ends the editing, and is passed on by the editor
        key = event.key()
        is_plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if is_plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        elif is_plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.chosen.emit(self.table.row_at(self.currentIndex().row()))
        else:
            super().keyPressEvent(event)

    def _on_double_click(self, index: QModelIndex) -> None:
        if not self.table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.chosen.emit(self.table.row_at(index.row()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit_columns()

    # -- drawing --------------------------------------------------------------------------------

    def show_column(self, number: int, is_shown: bool) -> None:
        """Show a column where there is room for it, or not at all."""
        (self._off.discard if is_shown else self._off.add)(number)
        self._make_room()

    def rank_column(self, number: int, optional: int) -> None:
        """Say anew how soon a column is hidden where the room is short; 0: never."""
        self._ranks[number] = optional
        self._make_room()

    def fit_columns(self) -> None:
        """Give every column room for its sample; those without share what is left."""
        header = self.horizontalHeader()
        for number, column in enumerate(self.table.columns):
            if column.sample:
                header.setSectionResizeMode(number, INTERACTIVE)
                header.resizeSection(number, self._wanted(number))
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self._make_room()

    def _wanted(self, number: int) -> int:
        """Return the width that the sample and the title of a column need."""
        column, metrics = self.table.columns[number], self.horizontalHeader().fontMetrics()
        mark = MARK if self.table.sorting and self.table.sorting[0] == number else 0
        words = column.sample, f"{column.title} "
        texts = [metrics.horizontalAdvance(text) for text in words]
        return max(texts[0] + PADDING, texts[1] + PADDING // 2 + mark)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Hide columns that can be done without, as long as others have too little room."""
        header, columns = self.horizontalHeader(), self.table.columns
        shown = {number for number in range(len(columns)) if number not in self._off}
        by_need = sorted(shown, key=lambda number: -self._rank(number))
        for number in range(len(columns)):  # a column that filled in for one that is back
            if columns[number].sample and header.sectionResizeMode(number) != INTERACTIVE:
                header.setSectionResizeMode(number, INTERACTIVE)
                header.resizeSection(number, self._wanted(number))
        for number in by_need:
            if self._need(shown) <= self.viewport().width() or not self._rank(number):
                break
            shown.discard(number)
        for number in range(len(columns)):
            if header.isSectionHidden(number) == (number in shown):
                header.setSectionHidden(number, number not in shown)
        is_narrow = self._need(shown) > self.viewport().width()
        free = [number for number in sorted(shown) if not columns[number].sample]
        for number in free or sorted(shown)[:1]:
            mode = QHeaderView.ResizeMode.Fixed if is_narrow else QHeaderView.ResizeMode.Stretch
            if header.sectionResizeMode(number) != mode:
                header.setSectionResizeMode(number, mode)
            if is_narrow:
                header.resizeSection(number, MIN_STRETCH)

    def _rank(self, number: int) -> int:
        return self._ranks.get(number, self.table.columns[number].optional)

    def _need(self, shown: set[int]) -> int:
        columns = self.table.columns
        return sum(self._wanted(one) if columns[one].sample else MIN_STRETCH for one in shown)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        super().paintEvent(event)
        if self.table.n_rows or not self.empty:
            return
        painter = QPainter(self.viewport())
        color = self.palette().text().color()
        color.setAlphaF(FAINT)
        painter.setPen(color)
        room = self.viewport().rect().adjusted(12, 8, -12, -8)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self.empty)
        painter.end()
