"""First steps: what to do, in the order in which it is done, on a panel over the canvas."""

from collections.abc import Callable

from qtpy.QtCore import QEvent, QObject, Qt
from qtpy.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sleap.gui.dialogs.base import heading
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


LEAST = 12
"""Pixels between the panel and the border of what it lies on."""


class HintsPanel(QFrame):
    """Tells how labeling begins, beside the work: it takes no key, and goes when told to.

    Args:
        host: What it lies on.
        shortcuts: The keys, as they are now.
        dismissed: Called when the user puts it away.
    """

    def __init__(
        self, host: QWidget, shortcuts: Shortcuts, dismissed: Callable[[], object]
    ) -> None:
        super().__init__(host)
        self._host, self._dismissed = host, dismissed
        self.setObjectName("first steps")
        self.setAccessibleName("First steps")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(heading("How labeling begins"))
        column.addLayout(_steps(shortcuts))
        self.close_button = QPushButton("Got It")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.clicked.connect(self.dismiss)
        line = QHBoxLayout()
        line.addWidget(ToneLabel("Help › First Steps shows this again."), 1)
        line.addWidget(self.close_button)
        column.addLayout(line)
        host.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Go, for good."""
        self._host.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        self._dismissed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of what it lies on."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._host.rect().adjusted(LEAST, LEAST, -LEAST, -LEAST)
        letter = self.fontMetrics().horizontalAdvance("x")
        width = max(min(letter * 88, room.width()), self.minimumSizeHint().width())
        layout = self.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else -1
        self.resize(width, height if height > 0 else self.sizeHint().height())
        left = room.left() + max(0, (room.width() - self.width()) // 2)
        top = room.top() + max(0, (room.height() - self.height()) // 3)
        self.move(left, top)


def _steps(shortcuts: Shortcuts) -> QGridLayout:
    """Lay out the steps with their keys."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for row, (title, text, name) in enumerate(STEPS):
        keys = shortcuts.of(name)
        grid.addWidget(QLabel(f"<b>{row + 1}.&nbsp; {title}</b>"), row, 0, top)
        grid.addWidget(ToneLabel(text), row, 1, top)
        key = QLabel(shown(keys[0]) if keys else "")
        grid.addWidget(key, row, 2, top | Qt.AlignmentFlag.AlignRight)
    return grid
