"""Keys that move through a table keep doing so while it has the focus."""

from qtpy.QtCore import QEvent, QObject, Qt
from qtpy.QtGui import QKeyEvent

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
    """An event filter for tables: the keys up and down are theirs, not those of the window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys from being shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            others = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if event.key() in KEYS and not others & ~Qt.KeyboardModifier.KeypadModifier:
                event.accept()
                return True
        return super().eventFilter(watched, event)
