from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt

from sleap.gui.tables.column import Column
from sleap.gui.tables.model import TableModel

Maker = Callable[[], TableModel]


def shown(model: TableModel) -> list[str]:
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def test_qt_finds_no_fault_with_it(make_model: Maker, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(make_model())


def test_it_shows_the_source(make_model: Maker) -> None:
    model = make_model()
    assert shown(model) == ["pear", "apple", "fig", "cherry"]
    assert model.index(1, 1).data() == "5"
    assert model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) == "5 letters"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"
    role = Qt.ItemDataRole.ToolTipRole
    assert model.headerData(0, Qt.Orientation.Horizontal, role) == "What it is called"


def test_it_sorts_and_forgets_sorting(make_model: Maker) -> None:
    model = make_model()
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(model) == ["cherry", "apple", "pear", "fig"]
    assert model.row_at(0) == 3
    assert model.place_of(3) == 0
    model.sort(-1)
    assert shown(model) == ["pear", "apple", "fig", "cherry"]


def test_a_persistent_index_follows_its_row(make_model: Maker) -> None:
    from qtpy.QtCore import QPersistentModelIndex

    model = make_model()
    kept = QPersistentModelIndex(model.index(2, 0))
    model.sort(0)
    assert kept.data() == "fig"
    assert kept.row() == 2 or model.row_at(kept.row()) == 2


def test_editing_writes_through(make_model: Maker, fruit: list[str]) -> None:
    model = make_model()
    model.sort(0)
    assert model.setData(model.index(0, 0), " apricot ")
    assert fruit[1] == "apricot"


def test_a_cell_may_not_be_editable(make_model: Maker, fruit: list[str]) -> None:
    model = make_model()
    assert not model.flags(model.index(2, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(2, 0), "date")
    assert fruit[2] == "fig"


def test_a_refusal_is_told(make_model: Maker, fruit: list[str], qtbot: QtBot) -> None:
    model = make_model()
    with qtbot.waitSignal(model.refused) as told:
        assert not model.setData(model.index(0, 0), "  ")
    assert "needs a name" in told.args[0]
    assert fruit[0] == "pear"


def test_the_same_text_is_no_edit(make_model: Maker) -> None:
    model = make_model()
    assert not model.setData(model.index(0, 0), "pear")


def test_sorting_holds_over_a_refresh(make_model: Maker, fruit: list[str]) -> None:
    model = make_model()
    model.sort(0)
    fruit.append("banana")
    model.refresh(len(fruit))
    assert shown(model) == ["apple", "banana", "cherry", "fig", "pear"]


def test_a_row_drawn_again_stays_in_its_place(
    make_model: Maker, fruit: list[str], qtbot: QtBot
) -> None:
    model = make_model()
    model.sort(0)
    fruit[1] = "zucchini"
    with qtbot.waitSignal(model.dataChanged) as told:
        model.update_rows([1])
    assert told.args[0].row() == 0
    assert shown(model)[0] == "zucchini"


@pytest.mark.parametrize("n_rows", [0, 100_000])
def test_only_cells_that_are_seen_are_asked_for(qapp: object, n_rows: int) -> None:
    asked: list[int] = []

    def text(row: int) -> str:
        asked.append(row)
        return str(row)

    model = TableModel([Column(title="A", text=text, keys=lambda: -np.arange(n_rows))])
    model.renew(n_rows)
    model.sort(0)
    assert model.rowCount() == n_rows
    assert asked == []
    if n_rows:
        assert model.index(0, 0).data() == str(n_rows - 1)
        assert len(asked) == 1


@pytest.mark.parametrize("sorting", [None, (0, False), (0, True)])
def test_rows_come_and_go_as_if_all_were_shown_anew(
    qtbot: QtBot, sorting: tuple[int, bool] | None
) -> None:
    values = [5, 1, 4, 1, 9, 2]
    column = Column(
        title="V", text=lambda row: str(values[row]), keys=lambda: np.array(values, np.int64)
    )
    model, other = TableModel([column]), TableModel([column])
    model.renew(len(values))
    if sorting is not None:
        for one in (model, other):
            one.sort(sorting[0], Qt.SortOrder(int(sorting[1])))
    for start, n_removed, new in (
        (1, 2, []),
        (2, 0, [7, 0]),
        (0, 6, [3]),
        (1, 0, [2, 8]),
        (0, 3, []),
    ):
        values[start : start + n_removed] = new
        with qtbot.assertNotEmitted(model.modelReset):
            model.splice(start, n_removed, len(new))
        other.renew(len(values))
        assert model.rows.tolist() == other.rows.tolist()
        assert [model.place_of(row) for row in model.rows] == list(range(len(values)))


def test_many_scattered_rows_are_shown_anew(qtbot: QtBot) -> None:
    values = list(range(800))
    keys = np.random.default_rng(0).permutation(800)
    column = Column(title="V", text=lambda row: str(values[row]), keys=lambda: keys[: len(values)])
    model = TableModel([column])
    model.renew(800)
    model.sort(0)
    del values[400:]
    with qtbot.waitSignal(model.modelReset):
        model.splice(400, 400, 0)
    assert sorted(model.rows.tolist()) == list(range(400))
