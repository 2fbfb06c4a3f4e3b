from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPoint, Qt

from sleap.gui.tables.model import TableModel
from sleap.gui.tables.ordered import OrderedTableView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(make_model: Callable[[], TableModel], qtbot: QtBot) -> OrderedTableView:
    view = OrderedTableView(make_model())
    qtbot.addWidget(view)
    view.resize(300, 240)
    view.show()
    return view


def place(view: OrderedTableView, row: int, part: float = 0.5) -> QPoint:
    rect = view.visualRect(view.table.index(row, 0))
    return QPoint(30, rect.top() + round(part * rect.height()))


def drag(view: OrderedTableView, qtbot: QtBot, start: QPoint, end: QPoint) -> None:
    port = view.viewport()
    qtbot.mousePress(port, LEFT, pos=start)
    qtbot.mouseMove(port, QPoint(start.x(), (start.y() + end.y()) // 2))
    qtbot.mouseMove(port, end)


@pytest.mark.parametrize(
    ("row", "target", "part", "expected"),
    [(0, 2, 0.9, [0, 2]), (3, 0, 0.1, [3, 0]), (1, 3, 0.9, [1, 3]), (2, 0, 0.9, [2, 1])],
)
def test_a_row_is_dragged_to_where_it_is_dropped(
    view: OrderedTableView,
    qtbot: QtBot,
    row: int,
    target: int,
    part: float,
    expected: list[int],
) -> None:
    drag(view, qtbot, place(view, row), place(view, target, part))
    with qtbot.waitSignal(view.moved) as told:
        qtbot.mouseRelease(view.viewport(), LEFT, pos=place(view, target, part))
    assert told.args == expected


def test_a_row_dropped_beside_itself_stays(view: OrderedTableView, qtbot: QtBot) -> None:
    drag(view, qtbot, place(view, 1), place(view, 2, 0.1))
    with qtbot.assertNotEmitted(view.moved):
        qtbot.mouseRelease(view.viewport(), LEFT, pos=place(view, 2, 0.1))


def test_escape_ends_a_drag(view: OrderedTableView, qtbot: QtBot) -> None:
    drag(view, qtbot, place(view, 0), place(view, 3))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(view.moved):
        qtbot.mouseRelease(view.viewport(), LEFT, pos=place(view, 3))


def test_alt_and_an_arrow_move_the_selected_row(view: OrderedTableView, qtbot: QtBot) -> None:
    view.select([1])
    with qtbot.waitSignal(view.moved) as told:
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert told.args == [1, 2]
    view.select([0])
    with qtbot.assertNotEmitted(view.moved):
        qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
