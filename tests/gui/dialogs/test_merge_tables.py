import pytest
from qtpy.QtCore import Qt

from sleap.core.instance import Instance
from sleap.core.merge import plan_merge
from sleap.gui.dialogs.merge_tables import CleanTable, ConflictTable


@pytest.fixture
def plan(labels):
    """A conflict on frame 0; on frame 7 something new."""
    new = labels.copy()
    frame = new.find(new.videos[0], 0)
    frame.instances[0].points["x"][:] += 30
    added = new.add_frame(new.videos[0], 7)
    added.append(Instance(new.skeletons[0], frame.instances[0].numpy()))
    return plan_merge(labels, new)


def _cells(table):
    rows, columns = range(table.rowCount()), range(table.columnCount())
    return [[table.data(table.index(row, column)) for column in columns] for row in rows]


def test_what_merges_cleanly(plan):
    table = CleanTable(plan)
    assert _cells(table) == [["first.mp4", "8", "+1", "–", "The frame is added"]]
    assert table.headerData(1, Qt.Orientation.Horizontal) == "Frame"


def test_conflicts_and_choices(plan, qtbot):
    table = ConflictTable(plan)
    assert _cells(table) == [["first.mp4", "1", "user", "1", "1", "Both"]]
    with qtbot.waitSignal(table.dataChanged):
        table.choose([0], "new")
    assert table.choices == ["new"]
    assert _cells(table)[0][-1] == "The other project"
