from pathlib import Path

import pytest
from qtpy.QtCore import Qt

from sleap.core.video import Video
from sleap.gui.dialogs.export_clip import (
    ClipDialog,
    ask_clip,
    propose_name,
    say_seconds,
    style_of,
)
from sleap.gui.look import Look
from sleap.render.style import Style

VIDEO = Video("flies.mp4", shape=(900, 200, 320, 1))


@pytest.fixture
def dialog(qtbot):
    made = ClipDialog(None, VIDEO, (0, 299), Look(palette="five+", trail_length=50))
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_look_of_the_window_is_taken(dialog):
    options = dialog.value()
    assert options.fps == 30
    assert options.open_when_done
    assert options.style == style_of(Look(palette="five+", trail_length=50))
    assert options.style.trail_length == 50
    assert not dialog.form.editor("palette").isEnabled()


def test_or_colours_of_its_own(dialog, qtbot):
    qtbot.keyClick(dialog.form.editor("use_look").box, Qt.Key.Key_Space)
    assert dialog.form.editor("palette").isEnabled()
    dialog.form.editor("palette").set_value("solarized")
    assert dialog.value().style == Style(palette="solarized")


def test_length_and_size_are_told(dialog):
    assert dialog.note.text() == "300 frames, 10.0 s, 320 × 200 pixels."
    dialog.form.editor("crop").set_value("half")
    dialog.form.editor("scale").set_value(2)
    dialog.form.editor("fps").set_value(2.5)
    assert dialog.note.text() == "300 frames, 2 min 0 s, 320 × 200 pixels."
    assert dialog.value().style.crop == (160, 100)
    assert dialog.value().style.scale == 2


def test_without_a_look_the_window_is_not_mentioned(qtbot):
    dialog = ClipDialog(None, VIDEO, (0, 9))
    qtbot.addWidget(dialog)
    assert "use_look" not in dialog.form.editors
    assert dialog.form.editor("palette").isEnabled()
    assert dialog.value().style == Style()


def test_a_palette_of_the_user_falls_back():
    assert style_of(Look(palette="mine")).palette == "standard"
    assert style_of(Look(show_edges=False)).edges == "none"


def test_words():
    assert say_seconds(4.52) == "4.5 s"
    name = propose_name(Path("/a/labels.slp"), VIDEO, (0, 99))
    assert name == Path("/a/flies.1-100.labeled.mp4")


def test_asking(qtbot, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert ask_clip(None, VIDEO, (0, 9)).fps == 30
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_clip(None, VIDEO, (0, 9)) is None
