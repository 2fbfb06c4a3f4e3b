"""What all dialogs have in common: their layout, how they are left, what is wrong said below."""

from collections.abc import Callable
from typing import Generic, TypeVar

from qtpy.QtCore import QModelIndex, QSize, Qt
from qtpy.QtGui import QFont, QKeyEvent, QShowEvent
from qtpy.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sleap.errors import CancelledError
from sleap.gui import jobs
from sleap.gui.forms.tones import ToneLabel
from sleap.progress import Progress

T = TypeVar("T")
Result = TypeVar("Result")

MARGIN = 16
SPACING = 12


class Dialog(QDialog, Generic[T]):
    """A question with an answer.

    Enter presses the button that accepts, Esc leaves.

    Args:
        title: The title of the window.
        parent: The window it belongs to.
        accept: What the button says that accepts, with its mnemonic.
        intro: A sentence or two above all; "" for none.

    Attributes:
        body: The layout for what is asked.
        ok: The button that accepts.
        cancel: The button that leaves.
        buttons: All buttons.
    """

    def __init__(
        self, title: str, parent: QWidget | None = None, *, accept: str = "&OK", intro: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        outer.setSpacing(SPACING)
        self.intro = QLabel(intro)
        self.intro.setWordWrap(True)
        self.intro.setVisible(bool(intro))
        outer.addWidget(self.intro)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACING)
        outer.addLayout(self.body, 1)
        self.note = ToneLabel()
        self.note.setVisible(False)
        outer.addWidget(self.note)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        outer.addWidget(self.buttons)
        self.cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.cancel.setAutoDefault(False)
        self.ok = self.add_button(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._is_sized = False
        self._is_alive = [True]
        self.destroyed.connect(self._is_alive.clear)

    def value(self) -> T:
        """Return the answer."""
        raise NotImplementedError

    def ask(self) -> T | None:
        """Show the dialog and wait; None if the user gave up."""
        try:
            return self.value() if self.exec() == QDialog.DialogCode.Accepted else None
        finally:
            self.deleteLater()

    def work(
        self,
        title: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> jobs.Job:
        """Do something in a thread; what comes of it is dropped if the dialog is gone by then.

        Args:
            title: What is being done.
            work: Does it.
            done: Is given the result, in the thread of the dialog.
            failed: Is given the error instead; None to show it.
        """
        is_alive = self._is_alive

        def fail(error: BaseException) -> None:
            if is_alive and failed is not None:
                failed(error)
            elif is_alive and not isinstance(error, CancelledError):
                jobs.report(self, title, error)

        return jobs.run(None, title, work, lambda result: done(result) if is_alive else None, fail)

    def say(self, text: str, tone: str = "quiet") -> None:
        """Say something above the buttons; "" for nothing."""
        self.note.set_tone(tone)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def allow(self, problem: str = "", note: str = "") -> None:
        """Say what is wrong, and do not let the dialog be accepted; or nothing, and do.

        Args:
            problem: What is wrong; "" for nothing.
            note: What to say if nothing is.
        """
        self.ok.setEnabled(not problem)
        self.say(problem or note, "error" if problem else "quiet")

    def add_button(self, text: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        """Add a button with a text to the row of buttons; it is not pressed by Enter elsewhere."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        self.buttons.addButton(button, role)
        return button

    def set_size(self, n_letters: int, n_lines: int) -> None:
        """Set the size at first, in letters of the font; without, the dialog fits what it shows."""
        letter = self.fontMetrics()
        self.resize(letter.horizontalAdvance("x") * n_letters, letter.lineSpacing() * n_lines)
        self._is_sized = True

    def fit(self) -> None:
        """Make the dialog as high as wrapped texts ask for at its width."""
        layout = self.layout()
        if layout is not None:
            width = max(self.width(), layout.minimumSize().width())
            height = layout.totalHeightForWidth(width)
            self.resize(width, height if height > 0 else layout.totalSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Fit, if no size was set."""
        if not self._is_sized and not event.spontaneous():
            self._is_sized = True
            self.fit()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept with Ctrl+Enter from wherever the focus is."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.ok.isEnabled():
                self.accept()
            return
        super().keyPressEvent(event)


def heading(text: str) -> QLabel:
    """Make a heading: bold, a little larger, wrapped."""
    label = QLabel(text)
    font = QFont(label.font())
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * 1.15)
    label.setFont(font)
    label.setWordWrap(True)
    return label


class _Roomy(QStyledItemDelegate):
    """Keeps the texts of neighbouring columns apart."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        return super().sizeHint(option, index) + QSize(14, 0)


def as_table(view: QTableView, *, stretch: int = 0) -> None:
    """Make a table look and behave as all tables of dialogs do.

    Args:
        view: The table, with its model.
        stretch: The column that takes the room left.
    """
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setItemDelegate(_Roomy(view))
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    rows = view.verticalHeader()
    rows.setVisible(False)
    rows.setDefaultSectionSize(view.fontMetrics().height() + 10)
    columns = view.horizontalHeader()
    columns.setHighlightSections(False)
    columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    columns.setResizeContentsPrecision(30)  # rows that are looked at: tables may have 100,000
    if stretch >= 0:
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)


def count(number: int, singular: str, plural: str = "") -> str:
    """Write a number with what is counted: "1 frame", "12,000 frames"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
