import numpy as np
import pytest
from qtpy.QtCore import Qt

from sleap.gui.dialogs.export_analysis import ExportChoice, ExportDialog, ask_export
from sleap.io.format import FORMATS


@pytest.fixture
def make(qtbot, labels):
    def show(**kwargs):
        dialog = ExportDialog(None, labels, **({"video": labels.videos[0]} | kwargs))
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def test_analysis_of_the_current_video_comes_first(make):
    dialog = make()
    assert dialog.value() == ExportChoice("analysis", "Analysis HDF5", ".analysis.h5", False, False)
    assert dialog.note.text().startswith("1 file.")


def test_every_format_that_can_be_written_is_offered(make):
    dialog = make()
    box = dialog.form.editor("format").box
    offered = {box.itemData(row) for row in range(box.count())}
    assert offered == {name for name in FORMATS if FORMATS.get(name).can_write}
    assert box.itemText(0) == "Analysis HDF5 (.analysis.h5)"


def test_a_file_for_each_video(make, labels, qtbot):
    labels.add_frame(labels.videos[1], 3)
    dialog = make()
    qtbot.keyClick(dialog.form.editor("videos").box, Qt.Key.Key_Down)
    assert dialog.value().all_videos
    assert dialog.note.text().startswith("2 files, one for each video.")


def test_a_whole_project_in_one_file(make):
    dialog = make(format="nwb")
    assert dialog.value() == ExportChoice("nwb", "NWB with ndx-pose", ".nwb", True, True)
    assert not dialog.form.editor("videos").isEnabled()
    assert "One file holds 1 video." in dialog.note.text()


def test_what_is_lost_is_told(make):
    dialog = make(format="analysis.csv")
    assert "does not hold more than one skeleton, edges of the skeleton" in dialog.note.text()
    dialog.form.editor("format").set_value("slp")
    assert "does not hold" not in dialog.note.text()


def test_nothing_to_export(make, labels):
    labels.store.remove_frames(np.arange(len(labels.store.frames)))
    dialog = make()
    assert not dialog.ok.isEnabled()
    assert "nothing to export" in dialog.note.text()


def test_asking(qtbot, labels, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert ask_export(None, labels).all_videos
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_export(None, labels) is None
