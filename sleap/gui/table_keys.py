"""Keys that move through tables and lists keep doing so while these have the focus."""

from qtpy.QtCore import QEvent, QObject, Qt
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QAbstractItemView, QApplication, QComboBox

KEYS = frozenset(
    (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
)


class TableKeys(QObject):
    """An event filter for docks: some keys belong to what has the focus there, not to the window.

    The keys up and down are those of tables and lists to choose from; the latter are searched by
    typing, too.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys from being shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            others = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if not others & ~Qt.KeyboardModifier.KeypadModifier and _is_of_focus(event):
                event.accept()
                return True
        return super().eventFilter(watched, event)


def _is_of_focus(event: QKeyEvent) -> bool:
    widget = QApplication.focusWidget()
    if isinstance(widget, QComboBox):
        return event.key() in KEYS or event.text().isalnum()
    return isinstance(widget, QAbstractItemView) and event.key() in KEYS
