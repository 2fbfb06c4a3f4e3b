"""Keys that are held while something else than the canvas has the focus."""

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QEvent, Qt
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox, QTreeView, QWidget

from sleap.gui.canvas.held import is_editor
from sleap.gui.main_window import MainWindow


def send(window: MainWindow, key: Qt.Key, *, is_down: bool) -> None:
    kind = QEvent.Type.KeyPress if is_down else QEvent.Type.KeyRelease
    handle = window.windowHandle()
    QApplication.sendEvent(handle, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def focus(qtbot: QtBot, window: MainWindow, widget: QWidget) -> None:
    window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)


def test_hold_to_hide_works_from_a_dock(qtbot: QtBot, window: MainWindow) -> None:
    focus(qtbot, window, window.instances_dock.table)
    shown = window.canvas.grab().toImage()
    send(window, window.canvas.hide_key, is_down=True)
    assert window.canvas.grab().toImage() != shown
    send(window, window.canvas.hide_key, is_down=False)
    assert window.canvas.grab().toImage() == shown


def test_what_is_typed_into_a_field_hides_nothing(qtbot: QtBot, window: MainWindow) -> None:
    field = QLineEdit(window.instances_dock)
    field.show()
    focus(qtbot, window, field)
    shown = window.canvas.grab().toImage()
    send(window, window.canvas.hide_key, is_down=True)
    assert window.canvas.grab().toImage() == shown


@pytest.mark.parametrize(
    ("kind", "expected"), [(QLineEdit, True), (QSpinBox, True), (QComboBox, False), (QTreeView, 0)]
)
def test_what_is_an_editor(qtbot: QtBot, kind: type[QWidget], expected: bool) -> None:
    widget = kind()
    qtbot.addWidget(widget)
    assert is_editor(widget) == bool(expected)
    assert not is_editor(None)
