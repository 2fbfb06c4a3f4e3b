"""The hands and eyes of a user: clicks, keys and looks, on the widgets that a user would touch."""

import hashlib
import inspect
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import define
from qtpy.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from qtpy.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QWheelEvent
from qtpy.QtTest import QTest
from qtpy.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QTabBar,
    QWidget,
)

from sleap.core.labels import Labels
from sleap.gui.app import begin
from sleap.gui.canvas.canvas import Canvas
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program
from sleap.gui.session import Session

W = TypeVar("W", bound=QWidget)
Act = Callable[[Any], object]
Keys = Qt.KeyboardModifier

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN, ALT, CTRL, SHIFT = (
    Keys.NoModifier,
    Keys.AltModifier,
    Keys.ControlModifier,
    Keys.ShiftModifier,
)
PATIENCE = 8.0
"""Seconds that anything may take."""

LOOK_EVERY = 5
"""Milliseconds between two looks at what dialog is open."""


class User:
    """Sits before the program.

    Places on the frame are (x, y) px of the video; the mouse hits the nearest pixel of the screen.

    Args:
        program: The program that is used.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._plans: list[_Plan] = []
        self._busy: list[QWidget] = []
        self._failures: list[BaseException] = []
        self._is_watching = True
        self._watch()

    # -- the program ----------------------------------------------------------------------------

    def start(self, project: Path | None = None) -> MainWindow:
        """Start the program, as its command does."""
        from sleap.editing.document import Document

        window = self.program.show(Document.new())
        assert isinstance(window, MainWindow)
        window.resize(1280, 800)
        assert QTest.qWaitForWindowExposed(window)
        begin(window, project)
        return window

    @property
    def window(self) -> MainWindow:
        """The window in front."""
        active = QApplication.activeWindow()
        windows = self.program.windows
        window = active if isinstance(active, MainWindow) else windows[-1]
        assert isinstance(window, MainWindow)
        return window

    @property
    def session(self) -> Session:
        """What the window in front shows; to be read only."""
        return self.window.session

    @property
    def canvas(self) -> Canvas:
        """Where the frame is shown."""
        return self.window.canvas

    def wait(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            self.complain()
            assert time.monotonic() < deadline, f"waited in vain for {_name(is_so)}"
            QTest.qWait(1)

    def wait_for_frame(self) -> None:
        """Wait until the current frame is on the screen."""
        session, scene = self.session, self.canvas.scene

        def is_shown() -> bool:
            is_here = scene.video is session.video and scene.frame_idx == session.frame_idx
            return is_here and scene.picture.image is not None

        self.wait(is_shown)

    def wait_for_jobs(self) -> None:
        """Wait until nothing goes on in the background."""
        from sleap.gui import jobs

        self.wait(lambda: not jobs.running)

    # -- the keyboard ---------------------------------------------------------------------------

    def press(self, *keys: str, on: QWidget | None = None) -> None:
        """Press keys, "Ctrl+S", one after the other, where the keyboard is."""
        self.wait(lambda: on or QApplication.focusWidget())
        for key in keys:
            target = on or QApplication.focusWidget()
            combined = QKeySequence(key)[0]
            QTest.keyClick(target, combined.key(), combined.keyboardModifiers())
            QApplication.processEvents()  # nobody is faster than the program

    def hold(self, key: Qt.Key) -> None:
        """Press a key and keep it down."""
        QTest.keyPress(QApplication.focusWidget() or self.canvas, key)

    def release(self, key: Qt.Key) -> None:
        """Let a key go."""
        QTest.keyRelease(QApplication.focusWidget() or self.canvas, key)

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        self.wait(QApplication.focusWidget)
        QTest.keyClicks(QApplication.focusWidget(), text)

    def fill(self, line: QLineEdit, text: str) -> None:
        """Click on a line, and replace what it says."""
        self.click(line)
        self.press("Ctrl+A", on=line)
        QTest.keyClicks(line, text)

    # -- the mouse ------------------------------------------------------------------------------

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on a widget that can be seen and used."""
        name = widget.objectName() or getattr(widget, "text", lambda: type(widget).__name__)()
        assert widget.isVisible(), f"'{name}' is not shown"
        assert widget.isEnabled(), f"'{name}' is disabled"
        self._scroll_to(widget)
        assert not widget.visibleRegion().isEmpty(), f"'{name}' is out of sight"
        QTest.mouseClick(widget, LEFT, pos=at or widget.rect().center())

    def _scroll_to(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()

    def push(self, text: str, within: QWidget | None = None) -> None:
        """Push the button that says this."""
        self.click(self.find_button(text, within))

    def find_button(self, text: str, within: QWidget | None = None) -> QPushButton:
        """Return the button that says this."""
        place = within or self.window
        shown = [one for one in place.findChildren(QPushButton) if one.isVisible()]
        found = [one for one in shown if one.text().replace("&", "").rstrip("…") == text]
        assert found, f"no button '{text}' among {[one.text() for one in shown]}"
        return found[0]

    def cell(self, table: QAbstractItemView, row: int, column: int) -> QPoint:
        """Return where a cell of a table is."""
        index = table.model().index(row, column)
        table.scrollTo(index)
        return table.visualRect(index).center()

    def click_cell(self, table: QAbstractItemView, row: int, column: int = 0) -> None:
        """Click on a cell."""
        self.click(table.viewport(), self.cell(table, row, column))

    def double_click_cell(self, table: QAbstractItemView, row: int, column: int = 0) -> None:
        """Double-click on a cell."""
        at = self.cell(table, row, column)
        QTest.mouseClick(table.viewport(), LEFT, pos=at)
        QTest.mouseDClick(table.viewport(), LEFT, pos=at)

    def select(self, combo: QComboBox, text: str) -> None:
        """Open a list to choose from, go to what is wanted by keys, and take it."""
        self.click(combo)
        items = combo.view()
        self.wait(items.isVisible)
        self.press("Home", *["Down"] * combo.findText(text), "Return", on=items)
        assert combo.currentText() == text, f"'{combo.currentText()}' instead of '{text}'"

    def tab(self, title: str) -> None:
        """Bring the dock of a title to the front, by its tab if it has one."""
        for bar in self.window.findChildren(QTabBar):
            for number in range(bar.count()):
                if bar.tabText(number) == title and bar.isVisible():
                    self.click(bar, bar.tabRect(number).center())
                    return

    # -- menus ----------------------------------------------------------------------------------

    def choose(self, *path: str) -> None:
        """Choose from the menu bar by clicks: ``choose("File", "Add Videos…")``."""
        bar = self.window.menuBar()
        title, *rest = path
        action = next(one for one in bar.actions() if one.text().replace("&", "") == title)
        QTest.mouseClick(bar, LEFT, pos=bar.actionGeometry(action).center())
        menu = action.menu()
        assert isinstance(menu, QMenu)
        for text in rest:
            menu = self._click_item(menu, text)

    @property
    def popup(self) -> QWidget | None:
        """The menu or list that is open."""
        return QApplication.activePopupWidget()

    def pick(self, text: str) -> None:
        """Choose from the menu that is open."""
        menu = self.popup
        assert isinstance(menu, QMenu), "no menu is open"
        self._click_item(menu, text)

    def _click_item(self, menu: QMenu, text: str) -> QMenu:
        self.wait(menu.isVisible)
        items = {one.text().split("\t")[0].replace("&", ""): one for one in menu.actions()}
        assert text in items, f"no '{text}' among {list(items)}"
        item = items[text]
        assert item.isEnabled(), f"'{text}' is disabled"
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(item).center())
        below = item.menu()
        return below if isinstance(below, QMenu) else menu

    # -- the frame ------------------------------------------------------------------------------

    def on_screen(self, x: float, y: float) -> QPoint:
        """Return where a place of the frame is on the canvas."""
        left, top = self.canvas.view.place([x, y]).round().astype(int).tolist()
        assert self.canvas.rect().contains(left, top), f"({x}, {y}) is not in sight"
        return QPoint(left, top)

    @property
    def reach(self) -> float:
        """How far the pixel of the screen that is hit may lie from where one aims: px."""
        return 0.5 / self.canvas.view.scale + 1e-6

    def drag(
        self, start: Any, end: Any, keys: Keys = PLAIN, wheel: int = 0
    ) -> npt.NDArray[np.float64]:
        """Drag with the left button between places of the frame; return how far: (2,) px."""
        first, last = self.on_screen(*start), self.on_screen(*end)
        QTest.mousePress(self.canvas, LEFT, keys, first)
        QTest.mouseMove(self.canvas, first + (last - first) / 2)
        QTest.mouseMove(self.canvas, last)
        if wheel:
            self.turn_wheel(end, wheel, keys)
        QTest.mouseRelease(self.canvas, LEFT, keys, last)
        way = last - first
        return np.array([way.x(), way.y()]) / self.canvas.view.scale

    def click_frame(self, x: float, y: float, keys: Keys = PLAIN) -> None:
        """Click on a place of the frame."""
        QTest.mouseClick(self.canvas, LEFT, keys, self.on_screen(x, y))

    def right_click_frame(self, x: float, y: float) -> None:
        """Click on a place of the frame with the right button."""
        QTest.mouseClick(self.canvas, RIGHT, PLAIN, self.on_screen(x, y))

    def double_click_frame(self, x: float, y: float, keys: Keys = PLAIN) -> None:
        """Double-click on a place of the frame."""
        self.click_frame(x, y, keys)
        QTest.mouseDClick(self.canvas, LEFT, keys, self.on_screen(x, y))

    def turn_wheel(self, at: Any, notches: int, keys: Keys = PLAIN) -> None:
        """Turn the wheel over a place of the frame."""
        here = QPointF(self.on_screen(*at))
        place = QPointF(self.canvas.mapToGlobal(here))
        delta = QPoint(0, 120 * notches)
        phase = Qt.ScrollPhase.NoScrollPhase
        buttons = Qt.MouseButton.NoButton
        event = QWheelEvent(here, place, QPoint(), delta, buttons, keys, phase, False)
        QApplication.sendEvent(self.canvas, event)

    def drop(self, *files: Path) -> None:
        """Drop files on the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        at = QPointF(self.window.rect().center())
        copy = Qt.DropAction.CopyAction
        with warnings.catch_warnings():  # PySide only knows the older way to make one
            warnings.simplefilter("ignore", DeprecationWarning)
            enter = QDragEnterEvent(at.toPoint(), copy, data, LEFT, PLAIN)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.window, QDropEvent(at, copy, data, LEFT, PLAIN))

    # -- dialogs --------------------------------------------------------------------------------

    @contextmanager
    def answering(self, title: str, act: Act) -> Iterator[None]:
        """Answer the dialog of a title that opens meanwhile; wait until it is left."""
        plan = self.plan(title, act)
        yield
        self.wait(lambda: plan.is_done)

    def plan(self, title: str, act: Act) -> "_Plan":
        """Plan what to do with the dialog of a title, once it opens."""
        plan = _Plan(title, act)
        self._plans.append(plan)
        return plan

    def enters_file(self, *paths: Path) -> Act:
        """Return what types paths into a file chooser and accepts it."""

        def act(chooser: QFileDialog) -> None:
            line = chooser.findChild(QLineEdit, "fileNameEdit")
            names = [str(path) for path in paths]
            text = names[0] if len(names) == 1 else " ".join(f'"{name}"' for name in names)
            self.fill(line, text)
            self.press("Return", on=line)

        return act

    def words(self, dialog: QWidget) -> str:
        """Return what a dialog says."""
        texts = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
        return " | ".join([dialog.windowTitle(), *filter(None, texts)])

    def complain(self) -> None:
        """Fail if anything went wrong with a dialog."""
        if self._failures:
            raise self._failures[0]

    def stop(self) -> None:
        """Look for dialogs no more."""
        self._is_watching = False
        assert not self._plans, f"never asked: {[plan.title for plan in self._plans]}"

    def _watch(self) -> None:
        if not self._is_watching:
            return
        QTimer.singleShot(LOOK_EVERY, self._watch)
        dialog = QApplication.activeModalWidget()
        active = QApplication.activeWindow()
        if self.program.windows and (active is None or not active.isVisible()):
            (dialog or self.window).activateWindow()  # as the desktop does
        if dialog is None or dialog in self._busy or not dialog.isVisible():
            return
        if not dialog.isActiveWindow():
            dialog.activateWindow()
            return
        plan = next((one for one in self._plans if one.title == dialog.windowTitle()), None)
        self._busy.append(dialog)
        try:
            assert plan is not None, f"unexpected dialog: {self.words(dialog)}"
            self._plans.remove(plan)
            plan.act(dialog)
            # What was pushed may need a moment before the dialog is left.
            self.wait(lambda: not dialog.isVisible())
        except BaseException as error:
            self._failures.append(error)
            if isinstance(dialog, QDialog):
                dialog.reject()
        finally:
            self._busy.remove(dialog)
            if plan is not None:
                plan.is_done = True


@define(eq=False)
class _Plan:
    """What to do with the dialog of a title."""

    title: str
    act: Act
    is_done: bool = False


def _name(function: Callable[[], object]) -> str:
    try:
        return inspect.getsource(function).strip()
    except (TypeError, OSError):
        return str(function)


def points_of(instance: Any) -> npt.NDArray[np.float64]:
    """Return (n_nodes, 2) px where an instance was placed, whether visible or not; NaN if not."""
    return np.column_stack([instance.points["x"], instance.points["y"]])


def facts(labels: Labels) -> list[Any]:
    """Return all that labels say, to be compared."""
    told: list[Any] = [[track.name for track in labels.tracks]]
    for frame in labels:
        instances = list(frame.instances)
        told.append((labels.videos.index(frame.video), frame.frame_idx))
        for one in instances:
            track = one.track.name if one.track is not None else None
            origin = one.from_predicted
            made_from = -1 if origin is None else instances.index(origin)
            told.append((one.is_predicted, track, made_from, one.points.tobytes()))
    return told


def digest(labels: Labels) -> str:
    """Return a short text that is the same only for the same labels."""
    return hashlib.sha256(repr(facts(labels)).encode()).hexdigest()
