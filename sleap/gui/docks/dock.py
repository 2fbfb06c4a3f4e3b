"""What all docks have in common: edits whose refusals are told in place, questions, buttons."""

from collections.abc import Callable
from typing import Any, TypeVar

from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QDockWidget,
    QFrame,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sleap.editing.touched import Kind, Touched
from sleap.errors import SleapError
from sleap.gui.bridge import SessionSignals
from sleap.gui.forms.tones import ToneLabel
from sleap.gui.session import Session

R = TypeVar("R")

MARGIN = 6
"""Pixels around and between the parts of a dock."""

MIN_WIDTH = 220
"""Pixels that every dock can do with."""


class Dock(QDockWidget):
    """One dock of the window.

    Subclasses fill ``body``, say in ``kinds`` what of the labels they show, and bring it up to
    date in ``refresh``. A dock that is hidden is refreshed when it is shown.

    Args:
        session: What is shown and edited.
        title: What it is called.
        parent: The parent.

    Attributes:
        session: What is shown and edited.
        signals: The signals of the session.
        body: Where the parts are laid out.
        notice: Where refusals are told; hidden while there are none.
    """

    kinds: Kind = Kind(0)

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setObjectName(type(self).__name__)
        self.session = session
        self.signals = SessionSignals(session, self)
        self._is_stale = True
        self._is_seen = False
        content = QWidget()
        content.setMinimumWidth(MIN_WIDTH)
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.body.setSpacing(MARGIN)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setMinimumWidth(MIN_WIDTH + scroll.verticalScrollBar().sizeHint().width())
        scroll.setWidget(content)
        self.notice = ToneLabel("", "error")
        self.notice.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self.notice.setVisible(False)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self.notice)
        self.setWidget(whole)
        self.signals.document_changed.connect(self._on_document)
        self.signals.labels_changed.connect(self._on_labels)
        self.visibilityChanged.connect(self._on_visibility)

    # -- following the session ------------------------------------------------------------------

    def refresh(self, touched: Touched | None = None) -> None:
        """Show what there is now.

        Args:
            touched: What was edited since; None: anything may be other than before.
        """
        raise NotImplementedError

    def refresh_later(self) -> None:
        """Refresh all, at once if the dock can be seen, or else when it is shown."""
        self._is_stale = True
        if self._is_seen:
            self._catch_up()

    def _on_document(self) -> None:
        self.tell("")
        self.refresh_later()

    def _on_labels(self, touched: Touched) -> None:
        if not touched.kinds & self.kinds:
            return
        if self._is_seen and not self._is_stale:
            self.refresh(touched)
        else:
            self._is_stale = True

    def _on_visibility(self, is_seen: bool) -> None:
        self._is_seen = is_seen
        if is_seen:
            self._catch_up()

    def _catch_up(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    # -- what the user does ---------------------------------------------------------------------

    def run(
        self, edit: Callable[..., R], *args: Any, title: str | None = None, **kwargs: Any
    ) -> R | None:
        """Do an edit; if it is refused, tell why at the foot of the dock.

        Returns:
            What the edit returns; None if it was refused.
        """
        try:
            result = self.session.document.run(edit, *args, title=title, **kwargs)
        except SleapError as error:
            self.tell(str(error))
            return None
        self.tell("")
        return result

    def tell(self, text: str) -> None:
        """Say what went wrong at the foot of the dock; "" for nothing any more."""
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    def confirm(self, question: str, detail: str, verb: str, then: Callable[[], object]) -> None:
        """Ask before something is done that cannot be seen at a glance.

        Args:
            question: What is asked.
            detail: What follows from it.
            verb: What the button that does it says.
            then: Called if the user wants it.
        """
        box = QMessageBox(self)
        box.setObjectName("confirm")
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.windowTitle())
        box.setText(f"<b>{_escape(question)}</b>")
        box.setInformativeText(_escape(detail))
        agree = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        agree.setObjectName("agree")
        cancel.setObjectName("cancel")
        box.setDefaultButton(agree)
        box.setEscapeButton(cancel)
        agree.clicked.connect(lambda: then())
        box.open()


def button(text: str, tip: str, slot: Callable[[], object], name: str = "") -> QPushButton:
    """Make a button of a dock.

    Args:
        text: What it says; an ampersand marks no key, docks share the window with its menus.
        tip: What it does, told when the mouse rests on it.
        slot: Called when it is pressed.
        name: Its object name; "" for its text.
    """
    made = QPushButton(text)
    made.setObjectName(name or text)
    made.setToolTip(tip)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: slot())
    return made


def count(number: int, noun: str) -> str:
    """Write a number of things: "1 frame", "1,204 frames"."""
    plural = noun if number == 1 else f"{noun}s"
    return f"{number:,} {plural}"


def listed(parts: list[str]) -> str:
    """Join parts of a sentence: "a, b and c"; leaves out empty ones."""
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
