from pathlib import Path

import pytest
from attrs import field, frozen
from qtpy.QtCore import QPoint, QPointF, Qt
from qtpy.QtGui import QWheelEvent
from qtpy.QtWidgets import QApplication, QFileDialog

from sleap.errors import OptionError
from sleap.gui.forms.editors import make_editor
from sleap.gui.forms.fields import describe


@frozen
class _Options:
    flag: bool = False
    count: int = field(default=3, metadata={"limits": (1, 9), "unit": "frames"})
    share: float = field(default=0.5, metadata={"limits": (0, 1)})
    maybe: int | None = None
    text: str = ""
    where: Path = Path()
    size: str = field(default="s", metadata={"choices": ("s", "l")})
    names: tuple[str, ...] = ()
    pair: tuple[int, int] | None = None


@pytest.fixture
def editors(qtbot):
    made = {one.name: make_editor(one) for one in describe(_Options)}
    for editor in made.values():
        qtbot.addWidget(editor)
    return made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("flag", True),
        ("count", 7),
        ("share", 0.25),
        ("maybe", None),
        ("maybe", 12),
        ("text", "some words"),
        ("where", Path("a/b.txt")),
        ("size", "l"),
        ("names", ("head", "tail")),
        ("pair", (3, 4)),
        ("pair", None),
    ],
)
def test_what_is_shown_is_what_is_read(editors, name, value):
    editors[name].set_value(value)
    assert editors[name].value() == value


def test_keys_change_a_number_within_its_limits(editors, qtbot):
    editor = editors["count"]
    editor.set_value(8)
    with qtbot.waitSignal(editor.changed):
        qtbot.keyClick(editor.box, Qt.Key.Key_Up)
    qtbot.keyClick(editor.box, Qt.Key.Key_Up)
    assert editor.value() == 9
    assert editor.box.text() == "9 frames"


def test_decimals_are_written_short(editors):
    editors["share"].set_value(0.5)
    assert editors["share"].box.text() == "0.5"
    editors["share"].set_value(1)
    assert editors["share"].box.text() == "1.0"


def test_what_is_no_number_is_refused_in_words(editors, qtbot):
    qtbot.keyClicks(editors["maybe"].line, "many")
    with pytest.raises(OptionError, match="'many' is not a whole number"):
        editors["maybe"].value()


def test_the_box_is_ticked_by_the_space_bar(editors, qtbot):
    qtbot.keyClick(editors["flag"].box, Qt.Key.Key_Space)
    assert editors["flag"].value() is True


def test_the_wheel_changes_nothing_without_focus(editors):
    box = editors["count"].box
    box.show()
    where = QPointF(5, 5)
    event = QWheelEvent(
        where,
        where,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    box.clearFocus()
    QApplication.sendEvent(box, event)
    assert editors["count"].value() == 1 or box.value() == box.minimum()


def test_a_path_is_chosen_in_a_dialog(editors, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/x/y.mp4", ""))
    qtbot.mouseClick(editors["where"].button, Qt.MouseButton.LeftButton)
    assert editors["where"].value() == Path("/x/y.mp4")


def test_a_cancelled_dialog_leaves_the_path(editors, qtbot, monkeypatch):
    editors["where"].set_value("old.mp4")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    qtbot.mouseClick(editors["where"].button, Qt.MouseButton.LeftButton)
    assert editors["where"].value() == Path("old.mp4")
