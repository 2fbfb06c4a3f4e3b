"""All actions of all menus."""

from sleap.gui.actions import file, go, help, labels, predict, tracks, view
from sleap.gui.actions.action import Action, Row

MENUS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    ("File", file.ROWS),
    ("Go", go.ROWS),
    ("View", view.ROWS),
    ("Labels", labels.ROWS),
    ("Tracks", tracks.ROWS),
    ("Predict", predict.ROWS),
    ("Help", help.ROWS),
)
"""The menus from left to right, with their rows from top to bottom."""

ACTIONS: dict[str, Action] = {
    row.id: row for _, rows in MENUS for row in rows if isinstance(row, Action)
}
"""Every action by its id."""
