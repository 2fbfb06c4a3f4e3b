import pytest
from qtpy.QtCore import Qt

from sleap.core.merge import plan_merge
from sleap.editing.edits.merge import merge_labels
from sleap.gui.dialogs.merge import MergeDialog, ask_merge


@pytest.fixture
def new(labels):
    """The same labels, with the first instance elsewhere on two frames."""
    other = labels.copy()
    for frame_idx in (0, 10):
        other.find(other.videos[0], frame_idx).instances[0].points["x"][:] += 30
    return other


@pytest.fixture
def dialog(qtbot, labels, new):
    made = MergeDialog(None, "other.slp", plan_merge(labels, new), labels)
    qtbot.addWidget(made)
    made.show()
    return made


def test_conflicts_are_shown_first(dialog):
    assert dialog.tabs.currentIndex() == 0
    assert dialog.tabs.tabText(0) == "&Conflicts (2)"
    assert not dialog.tabs.isTabEnabled(1)
    assert "2 conflicts" in dialog.note.text()
    assert dialog.drawing.sides is not None
    assert dialog.value() == "both"


def test_one_choice_for_all(dialog, qtbot):
    qtbot.keyClick(dialog.for_all, Qt.Key.Key_Down)
    assert dialog.value() == "base"
    assert dialog.for_selected.currentText() == "This project"


def test_a_choice_for_one(dialog, qtbot):
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.for_selected, Qt.Key.Key_End)
    assert dialog.value() == ["both", "neither"]
    assert dialog.for_all.currentIndex() == -1
    qtbot.keyClick(dialog.table, Qt.Key.Key_Up)
    assert dialog.for_selected.currentText() == "Both"


def test_the_answer_is_what_the_edit_takes(dialog, qtbot, session):
    n_before = len(session.labels.store.live_instances)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.for_selected, Qt.Key.Key_End)
    result = session.document.run(merge_labels, dialog.plan, dialog.value())
    assert len(result.instances_added) == 1
    assert len(result.instances_removed) == 1
    assert len(session.labels.store.live_instances) == n_before


def test_nothing_in_conflict(qtbot, labels, answer):
    plan = plan_merge(labels, labels.copy())
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert ask_merge(None, "same.slp", plan) == "both"
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_merge(None, "same.slp", plan) is None


def test_the_report_is_shown(dialog, qtbot, answer):
    seen = []

    def read(report):
        seen.append(report.text)
        qtbot.keyClick(report, Qt.Key.Key_Escape)

    answer(read)
    qtbot.mouseClick(dialog.report, Qt.MouseButton.LeftButton)
    assert "in conflict" in seen[0]
