"""Keys that last while they are held, wherever in the window the focus is."""

from collections.abc import Callable

from qtpy.QtCore import QEvent, QObject, Qt
from qtpy.QtGui import QKeyEvent, QWindow
from qtpy.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_EDITORS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)


class HeldKeys(QObject):
    """Hears the keys of the window a widget is in, unless a text is being edited there.

    What has the focus hears them, too: a list is still searched by typing. Keys that the widget
    itself hears are left to it.

    Args:
        widget: In whose window.
        hold: Called with a key and whether it went down; tells whether the key means anything.
        release: Called when the window loses the keyboard: no key is held any more.
    """

    def __init__(
        self,
        widget: QWidget,
        hold: Callable[[Qt.Key, bool], bool],
        release: Callable[[], None],
    ) -> None:
        super().__init__(widget)
        self._widget, self._hold, self._release = widget, hold, release
        self._watched: QWindow | None = None

    def follow(self) -> None:
        """Listen to the window in which the widget is now."""
        window = self._widget.window().windowHandle()
        if window is not None and window is not self._watched:
            if self._watched is not None:
                self._watched.removeEventFilter(self)
            self._watched = window
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of keys, and let them pass."""
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            assert isinstance(event, QKeyEvent)
            focus = QApplication.focusWidget()
            if focus is self._widget or event.isAutoRepeat():
                return False
            is_down = kind == QEvent.Type.KeyPress
            others = event.modifiers() & ~Qt.KeyboardModifier.ControlModifier
            if not is_down or not (others or is_editor(focus)):
                self._hold(Qt.Key(event.key()), is_down)
        elif kind == QEvent.Type.FocusOut:
            self._release()
        return False


def is_editor(widget: QWidget | None) -> bool:
    """Tell whether keys that a widget is given are text."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, _EDITORS)
