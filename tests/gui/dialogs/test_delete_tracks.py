from qtpy.QtCore import Qt

from sleap.core.track import Track
from sleap.gui.dialogs.delete_tracks import DeleteTracksDialog, ask_tracks

CHECK = Qt.ItemDataRole.CheckStateRole


def make(qtbot, labels):
    labels.tracks.append(Track(name="unused"))
    dialog = DeleteTracksDialog(None, labels)
    qtbot.addWidget(dialog)
    return dialog


def test_it_tells_how_often_each_track_occurs(qtbot, labels):
    table = make(qtbot, labels).table
    shown = [[table.index(row, column).data() for column in range(3)] for row in range(3)]
    assert shown == [["a", "3", "–"], ["b", "3", "–"], ["unused", "–", "–"]]
    assert table.headerData(0, Qt.Orientation.Horizontal) == "Track"


def test_what_is_checked_is_deleted(qtbot, labels):
    dialog = make(qtbot, labels)
    assert not dialog.ok.isEnabled()
    assert dialog.table.setData(dialog.table.index(1, 0), Qt.CheckState.Checked, CHECK)
    assert dialog.ok.isEnabled()
    assert dialog.note.text() == "1 track would be deleted; 3 instances would stay without a track."
    dialog.with_instances.setChecked(True)
    assert "3 instances would be deleted" in dialog.note.text()
    assert dialog.value().tracks == [labels.tracks[1]]
    assert dialog.value().with_instances


def test_short_tracks_are_checked_at_once(qtbot, labels):
    dialog = make(qtbot, labels)
    dialog.check_short.click()
    assert [track.name for track in dialog.value().tracks] == ["unused"]
    dialog.check_all.click()
    assert len(dialog.value().tracks) == 3
    dialog.check_none.click()
    assert dialog.value().tracks == []
    dialog.most.setValue(3)
    dialog.check_short.click()
    assert len(dialog.value().tracks) == 3


def test_space_checks_the_selected_rows(qtbot, labels):
    dialog = make(qtbot, labels)
    dialog.view.selectAll()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Space)
    assert dialog.table.checked.all()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Space)
    assert not dialog.table.checked.any()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Home)


def test_giving_up_deletes_nothing(qtbot, labels, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_tracks(None, labels) is None
