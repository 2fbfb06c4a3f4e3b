import pytest
from qtpy.QtCore import Qt

from sleap.core.choice import Choice
from sleap.core.tables import PREDICTED
from sleap.editing.edits.predictions import delete_chosen
from sleap.gui import jobs
from sleap.gui.dialogs.delete_conditions import (
    BeyondFrameLimit,
    BeyondInstanceLimit,
    Custom,
    InArea,
    LowScore,
    Place,
)
from sleap.gui.dialogs.delete_predictions import (
    ConfirmDialog,
    DeleteDialog,
    ask_area,
    ask_low_score,
    confirm_deletion,
)


@pytest.fixture
def make(qtbot, labels):
    def show(options, frame_range=None):
        dialog = DeleteDialog(None, "Delete", options, Place(labels, labels.videos[0], frame_range))
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def test_the_classic_defaults_and_ranges(make):
    first, second = make(LowScore), make(BeyondInstanceLimit)
    score = first.form.editor("score").box
    assert (score.value(), score.minimum(), score.maximum()) == (1, 0, 100)
    limit = second.form.editor("limit").box
    assert (limit.value(), limit.minimum(), limit.maximum()) == (3, 1, 100)


def test_the_count_follows_the_form(make, qtbot):
    dialog = make(LowScore)
    assert dialog.note.text().startswith("6 instances would be deleted.")
    box = dialog.form.editor("score").box
    box.selectAll()
    qtbot.keyClicks(box, "0.8")
    assert dialog.note.text().startswith("3 instances would be deleted.")
    box.selectAll()
    qtbot.keyClicks(box, "0")
    assert dialog.note.text() == "No instance matches; nothing would be deleted."
    assert not dialog.ok.isEnabled()


def test_what_is_counted_is_what_is_deleted(make, session):
    dialog = make(BeyondInstanceLimit)
    dialog.form.editor("limit").set_value(1)
    assert dialog.n_chosen == 3
    assert session.document.run(delete_chosen, dialog.value()) == 3


def test_beyond_a_frame(make):
    dialog = make(BeyondFrameLimit)
    dialog.form.editor("last").set_value(11)  # frame_idx 10 is the eleventh frame
    assert dialog.n_chosen == 2


def test_custom_conditions_narrow_each_other(make):
    dialog = make(Custom, frame_range=(0, 10))
    form = dialog.form
    assert dialog.n_chosen == 6
    form.editor("where").set_value("range")
    assert dialog.n_chosen == 4
    form.editor("kind").set_value("all")
    assert dialog.n_chosen == 8
    form.editor("track").set_value("a")
    assert dialog.n_chosen == 2
    form.editor("track").set_value("no track")
    assert dialog.n_chosen == 4


def test_without_a_range_none_is_offered(make):
    dialog = make(Custom)
    box = dialog.form.editor("where").box
    assert [box.itemText(row) for row in range(box.count())] == ["All videos", "The current video"]


def test_tracks_of_one_name_are_told_apart(labels):
    labels.tracks[1].name = "a"
    assert Place(labels).track_names == ["a", "a (2)"]


def test_asking_returns_a_choice(qtbot, labels, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    choice = ask_low_score(None, labels, labels.videos[0])
    assert choice == Choice(kind=PREDICTED, score_below=1.0)
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_low_score(None, labels) is None


def test_in_an_area_drawn_from_any_corner(make):
    dialog = make(InArea(area=(60, 40, 20, 20)), frame_range=(10, 10))
    assert dialog.n_chosen == 3
    dialog.form.editor("where").set_value("range")
    assert dialog.n_chosen == 1


def test_asking_about_an_area(qtbot, labels, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    choice = ask_area(None, labels, labels.videos[0], (20, 20, 60, 40))
    assert choice == Choice(video=0, kind=PREDICTED, area=(20, 20, 60, 40))


def test_much_is_counted_in_a_thread(make, qtbot, monkeypatch):
    monkeypatch.setattr("sleap.gui.dialogs.delete_predictions.AT_ONCE", 5)
    dialog = make(LowScore)
    assert dialog.note.text() == "Counting…"
    assert not dialog.ok.isEnabled()
    dialog.form.editor("score").set_value(0.8)
    qtbot.waitUntil(lambda: dialog.note.text().startswith("3 instances"))
    qtbot.waitUntil(lambda: not jobs.running)
    assert dialog.n_chosen == 3
    assert dialog.ok.isEnabled()


def test_how_many_go_is_told_before(qtbot, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert confirm_deletion(None, "Delete", 1, "on frame 2")
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert not confirm_deletion(None, "Delete", 5, "on frame 2")
    dialog = ConfirmDialog(None, "Delete", 0, "on frame 2")
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled() and dialog.note.text() == "Nothing would be deleted."
