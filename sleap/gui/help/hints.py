"""First steps: what to do, in the order in which it is done."""

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from sleap.gui.dialogs.base import Dialog, heading
from sleap.gui.forms.tones import ToneLabel
from sleap.gui.shortcuts import Shortcuts, shown

STEPS: tuple[tuple[str, str, str], ...] = (
    ("Add videos", "File › Add Videos…, or drop files on the window.", "add videos"),
    ("Name the nodes", "In the Skeleton dock: nodes, then edges; or load a template.", ""),
    (
        "Choose frames",
        "In the Labeling Suggestions dock; then go from one to the next.",
        "goto next suggestion",
    ),
    ("Add an instance", "Right-click the animal, or double-click a prediction.", "add instance"),
    (
        "Put the nodes right",
        "Drag a node. Alt+drag moves all, Alt+wheel turns. Right-click: not visible.",
        "",
    ),
    (
        "Look closely",
        "Wheel zooms, drag pans. Hold the key to see the pixels alone.",
        "hold to hide",
    ),
    ("Find any command", "Type a part of its name.", "command palette"),
)


class HintsDialog(Dialog[bool]):
    """Tells how labeling begins.

    Args:
        parent: The window.
        shortcuts: The keys, as they are now.
        is_first: Whether it is shown by itself, at the first start.
    """

    def __init__(
        self, parent: QWidget | None, shortcuts: Shortcuts, *, is_first: bool = False
    ) -> None:
        super().__init__("First steps", parent, accept="&Start")
        self.body.addWidget(heading("How labeling begins"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, (title, text, name) in enumerate(STEPS):
            what = QLabel(f"<b>{row + 1}.&nbsp; {title}</b>")
            how = ToneLabel(text)
            keys = shortcuts.of(name)
            key = QLabel(shown(keys[0]) if keys else "")
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(what, row, 0, top)
            grid.addWidget(how, row, 1, top)
            grid.addWidget(key, row, 2, top | Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)
        self.again = QCheckBox("Show this at the next start")
        self.again.setVisible(is_first)
        self.body.addWidget(self.again)
        self.cancel.hide()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 92)

    def value(self) -> bool:
        """Return whether to show it at the next start."""
        return self.again.isChecked()
