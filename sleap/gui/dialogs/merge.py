"""What merging another project would do, and whose instances stay where both disagree."""

from collections.abc import Sequence

from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from sleap.core.labels import Labels
from sleap.core.merge import MergePlan
from sleap.gui.dialogs.base import Dialog, as_table, count
from sleap.gui.dialogs.merge_drawing import ConflictDrawing
from sleap.gui.dialogs.merge_tables import RESOLUTIONS, CleanTable, ConflictTable
from sleap.gui.dialogs.text_report import show_report

Resolution = str | Sequence[str]


class MergeDialog(Dialog[Resolution]):
    """Shows a plan, and asks how its conflicts are resolved.

    Args:
        parent: The window it belongs to.
        name: What the other project is called.
        plan: What would be done.
        base: The labels merged into, for the drawing of a conflict; None for no drawing.
    """

    def __init__(
        self, parent: QWidget | None, name: str, plan: MergePlan, base: Labels | None = None
    ) -> None:
        super().__init__(f"Merge {name}", parent, accept="&Merge")
        self.plan = plan
        self.clean = CleanTable(plan, self)
        self.conflicts = ConflictTable(plan, self)
        summary = QLabel("\n".join(plan.lines(max_rows=0)))
        summary.setWordWrap(True)
        summary.setTextFormat(Qt.TextFormat.PlainText)
        summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(summary)
        self.tabs = QTabWidget()
        n_clean, n_conflicts = self.clean.rowCount(), self.conflicts.rowCount()
        self.drawing = None if base is None else ConflictDrawing(base, plan)
        self.tabs.addTab(self._conflict_page(), f"&Conflicts ({n_conflicts:,})")
        self.tabs.addTab(self._clean_page(), f"Merge c&leanly ({n_clean:,})")
        self.tabs.setTabEnabled(0, n_conflicts > 0)
        self.tabs.setTabEnabled(1, n_clean > 0)
        self.tabs.setCurrentIndex(0 if n_conflicts else 1)
        self.body.addWidget(self.tabs, 1)
        self.report = self.add_button("&Report…", QDialogButtonBox.ButtonRole.ActionRole)
        self.report.clicked.connect(self._show_report)
        if n_conflicts:
            self.say(
                f"{count(n_conflicts, 'conflict')}: both projects have instances that the other "
                "has not. Undo takes the whole merge back."
            )
            self.table.selectRow(0)
        else:
            self.say("Nothing is in conflict. Undo takes the whole merge back.")
        self.set_size(124, 36)

    def value(self) -> Resolution:
        """Return what ``apply_merge`` calls ``resolve``: one word for all, or one for each."""
        choices = self.conflicts.choices
        if len(set(choices)) <= 1:
            return choices[0] if choices else "both"
        return list(choices)

    def _clean_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self.clean_table = QTableView()
        self.clean_table.setModel(self.clean)
        as_table(self.clean_table)
        column.addWidget(self.clean_table)
        return page

    def _conflict_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self.table = QTableView()
        self.table.setModel(self.conflicts)
        as_table(self.table)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        if self.drawing is not None:
            splitter.addWidget(self.drawing)
            splitter.setSizes([620, 300])
            splitter.setStretchFactor(0, 1)
        column.addWidget(splitter, 1)
        self.for_all, self.for_selected = _combo(), _combo()
        grid = QGridLayout()
        for row, (text, combo) in enumerate(
            (("Keep in &all conflicts", self.for_all), ("Keep in the &selected", self.for_selected))
        ):
            label = QLabel(text)
            label.setBuddy(combo)
            grid.addWidget(label, row, 0)
            grid.addWidget(combo, row, 1)
        rest = QHBoxLayout()
        rest.addLayout(grid)
        rest.addStretch(1)
        column.addLayout(rest)
        self.for_all.activated.connect(self._choose_for_all)
        self.for_selected.activated.connect(self._choose_for_selected)
        return page

    def _selected(self) -> list[int]:
        return [index.row() for index in self.table.selectionModel().selectedRows()]

    def _on_selection(self) -> None:
        rows = self._selected()
        self.for_selected.setEnabled(bool(rows))
        choices = {self.conflicts.choices[row] for row in rows}
        chosen = list(RESOLUTIONS).index(choices.pop()) if len(choices) == 1 else -1
        self.for_selected.setCurrentIndex(chosen)
        if self.drawing is not None:
            self.drawing.show_conflict(rows[0] if len(rows) else -1)

    def _choose_for_all(self, number: int) -> None:
        n_conflicts = self.conflicts.rowCount()
        self.conflicts.choose(range(n_conflicts), list(RESOLUTIONS)[number])
        self._on_selection()

    def _choose_for_selected(self, number: int) -> None:
        self.conflicts.choose(self._selected(), list(RESOLUTIONS)[number])
        choices = set(self.conflicts.choices)
        self.for_all.setCurrentIndex(
            list(RESOLUTIONS).index(choices.pop()) if len(choices) == 1 else -1
        )

    def _show_report(self) -> None:
        show_report(self, "Merge report", self.plan.lines(max_rows=1000))


def _combo() -> QComboBox:
    combo = QComboBox()
    for text in RESOLUTIONS.values():
        combo.addItem(text)
    combo.setPlaceholderText("various")
    return combo


def ask_merge(
    parent: QWidget | None, name: str, plan: MergePlan, base: Labels | None = None
) -> Resolution | None:
    """Show what merging would do; return ``resolve`` for ``apply_merge``, None to leave it."""
    return MergeDialog(parent, name, plan, base).ask()
