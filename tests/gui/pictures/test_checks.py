"""The checks find what they are for."""

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QColor, QPalette
from qtpy.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tests.gui.pictures.checks import contrast, find_faults, plain

LONG = "a text that is longer than the room there is for it, and by much"


@pytest.fixture
def sheet(qtbot: QtBot) -> QWidget:
    """A window with a column of parts."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(QLabel("Name"))
    column.addWidget(QLineEdit())
    made.resize(240, 200)
    return made


def faults(sheet: QWidget, part: QWidget | None = None, width: int = 0) -> str:
    """Add a part, perhaps of some width; return what is wrong then."""
    layout = sheet.layout()
    assert layout is not None
    if part is not None:
        layout.addWidget(part)
        if width:
            part.setFixedWidth(width)
    sheet.show()
    QApplication.processEvents()
    return "\n".join(find_faults(sheet))


def test_a_window_that_is_right_has_no_faults(sheet: QWidget) -> None:
    assert faults(sheet, QPushButton("&Save"), 100) == ""


@pytest.mark.parametrize("kind", [QLabel, QPushButton, QCheckBox])
def test_cut_texts_are_found(sheet: QWidget, kind: type[QWidget]) -> None:
    assert "cut" in faults(sheet, kind(LONG), 90)  # type: ignore[call-arg]


def test_a_wrapped_text_that_is_too_high_is_found(sheet: QWidget) -> None:
    label = QLabel(LONG)
    label.setWordWrap(True)
    label.setFixedHeight(14)
    assert "its text is cut" in faults(sheet, label, 100)
    label.setTextFormat(label.textFormat().RichText)
    assert "its text is cut" in faults(sheet)


def test_cut_choices_and_placeholders_are_found(sheet: QWidget) -> None:
    choice = QComboBox()
    choice.addItem(LONG)
    assert "cut" in faults(sheet, choice, 100)
    line = QLineEdit()
    line.setPlaceholderText(LONG)
    assert "QLineEdit" in faults(sheet, line, 100)


def test_cut_tabs_are_found(sheet: QWidget) -> None:
    tabs = QTabWidget()
    tabs.addTab(QWidget(), LONG)
    tabs.tabBar().setFixedWidth(80)
    tabs.tabBar().setUsesScrollButtons(False)
    tabs.tabBar().setElideMode(tabs.tabBar().elideMode().ElideRight)
    assert "tab" in faults(sheet, tabs)


def test_cut_cells_need_a_tip(sheet: QWidget) -> None:
    table = QTableWidget(1, 1)
    table.setHorizontalHeaderLabels([LONG])
    item = QTableWidgetItem(LONG)
    table.setItem(0, 0, item)
    found = faults(sheet, table)
    assert "the title" in found and "has no tip" in found
    item.setToolTip(LONG)
    assert "has no tip" not in faults(sheet)


def test_parts_over_each_other_or_outside_are_found(sheet: QWidget) -> None:
    assert faults(sheet, QPushButton("Save")) == ""
    parts = sheet.findChildren(QPushButton)
    parts[0].move(0, 0)
    assert "overlap" in "\n".join(find_faults(sheet))
    parts[0].move(230, 150)
    assert "reaches beyond" in "\n".join(find_faults(sheet))


def test_faint_texts_are_found(sheet: QWidget) -> None:
    label = QLabel("faint")
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(190, 190, 190))
    label.setPalette(palette)
    assert "its contrast is" in faults(sheet, label)
    label.setEnabled(False)
    assert faults(sheet) == ""


def test_faint_cells_are_found(sheet: QWidget) -> None:
    table = QTableWidget(1, 1)
    item = QTableWidgetItem("faint")
    item.setForeground(QColor(200, 200, 200))
    table.setItem(0, 0, item)
    assert "the cell 'faint' has a contrast of" in faults(sheet, table)


def test_nothing_at_all_is_found(qtbot: QtBot) -> None:
    empty = QWidget()
    qtbot.addWidget(empty)
    empty.show()
    assert find_faults(empty) == ["it is empty"]


def test_colours_and_mnemonics() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((9, 9, 9), (9, 9, 9)) == 1
    assert plain("&Save && go") == "Save & go"
