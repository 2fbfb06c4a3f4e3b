"""What Qt tells of a window, as text; and keys that are held."""

import base64
import binascii

from qtpy.QtCore import QByteArray, Qt
from qtpy.QtGui import QKeySequence


def packed(state: QByteArray) -> str:
    """Write bytes of Qt as text."""
    return base64.b64encode(state.data()).decode("ascii")


def unpacked(text: str) -> QByteArray | None:
    """Read what ``packed`` wrote; None if it is nothing of the kind."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return QByteArray(data) if data else None


def held_key(keys: tuple[str, ...]) -> Qt.Key | None:
    """Return the key that is held, of the keys of a shortcut; None if it has none."""
    if not keys:
        return None
    sequence = QKeySequence(keys[0])
    return sequence[0].key() if sequence.count() else None  # type: ignore[index]
