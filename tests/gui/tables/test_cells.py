import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtGui import QColor
from qtpy.QtWidgets import QComboBox

from sleap.gui.tables.column import Column
from sleap.gui.tables.model import TableModel
from sleap.gui.tables.view import TableView


@pytest.mark.qt_log_ignore("This plugin does not support")  # to open a list off the screen
def test_a_choice_is_taken_at_once(qtbot: QtBot) -> None:
    sizes = ["small", "large"]

    def choose(row: int, text: str) -> None:
        sizes[row] = text

    column = Column(
        title="Size",
        text=lambda row: sizes[row],
        edit=choose,
        choices=lambda row: ["small", "large"],
    )
    model = TableModel([column])
    model.renew(2)
    view = TableView(model)
    qtbot.addWidget(view)
    view.show()
    view.edit(model.index(0, 0))
    combo = view.findChild(QComboBox)
    assert combo is not None
    assert combo.currentText() == "small"
    qtbot.waitUntil(lambda: combo.view().isVisible())
    qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
    assert sizes == ["small", "large"]
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    assert sizes == ["large", "large"]


def test_a_square_of_colour_and_faint_text_are_drawn(qtbot: QtBot) -> None:
    column = Column(
        title="Name",
        text=lambda row: "████",
        swatch=lambda row: QColor("#12ab34") if row == 0 else None,
        is_faint=lambda row: row == 1,
    )
    model = TableModel([column])
    model.renew(3)
    view = TableView(model)
    view.setAlternatingRowColors(False)
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.show()
    image = view.viewport().grab().toImage()

    def darkest(place: int) -> int:
        rect = view.visualRect(model.index(place, 0))
        xs, ys = range(rect.left() + 2, rect.right() - 2), range(rect.top() + 3, rect.bottom() - 3)
        return min(image.pixelColor(x, y).lightness() for x in xs for y in ys)

    rect = view.visualRect(model.index(0, 0))
    assert image.pixelColor(rect.left() + 11, rect.center().y()) == QColor("#12ab34")
    assert darkest(1) > darkest(2) + 30
