from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPoint, Qt
from qtpy.QtWidgets import QLineEdit

from sleap.gui.tables.model import TableModel
from sleap.gui.tables.view import TableView

Maker = Callable[[], TableModel]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(make_model: Maker, qtbot: QtBot) -> TableView:
    view = TableView(make_model(), "No fruit.", is_multiple=True)
    qtbot.addWidget(view)
    view.resize(300, 240)
    view.show()
    qtbot.waitExposed(view)
    return view


def middle(view: TableView, place: int, column: int = 0) -> QPoint:
    return view.visualRect(view.table.index(place, column)).center()


def test_a_click_picks_a_row(view: TableView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.picked):
        qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, 1))
    assert view.selected() == [1]


def test_selecting_by_program_is_not_picking(view: TableView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.picked):
        view.select([2])
    assert view.selected() == [2]


def test_a_click_on_the_title_sorts(view: TableView, qtbot: QtBot) -> None:
    header = view.horizontalHeader()
    place = QPoint(header.sectionPosition(0) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    assert view.table.index(0, 0).data() == "apple"
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    assert view.table.index(0, 0).data() == "pear"
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    assert view.table.sorting is None


def test_the_selection_survives_a_refresh(view: TableView, fruit: list[str], qtbot: QtBot) -> None:
    view.select([1, 3])
    with qtbot.assertNotEmitted(view.picked):
        fruit.insert(0, "lime")
        view.table.renew(len(fruit))
    assert [fruit[row] for row in view.selected()] == ["apple", "cherry"]


def test_a_selected_row_that_is_gone_is_told(
    view: TableView, fruit: list[str], qtbot: QtBot
) -> None:
    view.select([1])
    with qtbot.waitSignal(view.picked):
        del fruit[1]
        view.table.renew(len(fruit))
    assert view.selected() == []


def test_keys_delete_and_choose(view: TableView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, 3))
    with qtbot.waitSignal(view.delete_pressed):
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    with qtbot.waitSignal(view.chosen) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [3]


def test_a_double_click_edits_what_can_be_and_chooses_the_rest(
    view: TableView, fruit: list[str], qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, 0))
        qtbot.mouseDClick(view.viewport(), LEFT, pos=middle(view, 0))
    editor = view.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "plum")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: fruit[0] == "plum")
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, 0, 1))
    with qtbot.waitSignal(view.chosen):
        qtbot.mouseDClick(view.viewport(), LEFT, pos=middle(view, 0, 1))


def test_a_column_gives_way_where_the_room_is_short(view: TableView) -> None:
    assert not view.isColumnHidden(1)
    view.resize(110, 240)
    assert view.isColumnHidden(1)
    view.resize(300, 240)
    assert not view.isColumnHidden(1)


def test_a_column_may_be_switched_off(view: TableView) -> None:
    view.show_column(0, False)
    assert view.isColumnHidden(0)
    assert view.columnWidth(1) > 200  # it fills in
    view.show_column(0, True)
    assert not view.isColumnHidden(0)
    assert view.columnWidth(1) < 100


def test_a_column_may_become_worth_keeping(view: TableView) -> None:
    view.resize(110, 240)
    view.rank_column(1, 0)
    assert not view.isColumnHidden(1)


def test_an_empty_table_says_so(view: TableView, fruit: list[str]) -> None:
    before = view.grab().toImage()
    fruit.clear()
    view.table.renew(0)
    after = view.grab().toImage()
    view.empty = ""
    assert after != before
    assert view.grab().toImage() != after
