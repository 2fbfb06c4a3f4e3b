"""Takes pictures of the whole program: windows, docks, menus, dialogs, help and command palette."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPoint, QPointF, QTimer
from qtpy.QtGui import QPainter, QPixmap
from qtpy.QtWidgets import QApplication, QDialog, QMenu, QTabBar, QTabWidget, QWidget

from sleap.gui import jobs
from sleap.gui.command_palette import CommandPalette
from sleap.gui.help.hints import HintsPanel
from sleap.gui.main_window import MainWindow
from sleap.progress import Progress
from tests.gui.pictures.checks import find_faults
from tests.gui.pictures.dialogs import DIALOGS

GAP = 12
"""Pixels between the parts of a sheet."""

SHEETS = {"menus-1": ("File", "Go", "View"), "menus-2": ("Labels", "Tracks", "Predict", "Help")}
"""Menus that are on one picture."""


@define
class Gallery:
    """Takes pictures of one window in one theme.

    Attributes:
        qtbot: Waits.
        window: The window, on a project with labels.
        folder: Where the recordings lie.
        pictures: What was taken, by name.
        faults: What was found wrong, "name: fault".
    """

    qtbot: QtBot
    window: MainWindow
    folder: Path
    pictures: dict[str, QPixmap] = field(factory=dict)
    faults: list[str] = field(factory=list)

    def take_all(self) -> None:
        """Take all pictures."""
        for take in (self.windows, self.docks, self.menus, self.dialogs, self.questions, self.work):
            take()
        self.help_and_palette()

    def take(self, name: str, widget: QWidget) -> None:
        """Take a picture of what is shown, and look for faults."""
        self.settle()
        self.faults += [f"{name}: {fault}" for fault in find_faults(widget)]
        self.pictures[name] = widget.grab()

    def settle(self) -> None:
        """Wait until nothing is being read, and all is drawn."""
        self.qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)
        for _ in range(4):
            QApplication.processEvents()

    # -- windows and docks ----------------------------------------------------------------------

    def windows(self) -> None:
        """Take the window as it is at work: labeling, proofreading, looking closely."""
        window, session = self.window, self.window.session
        canvas = window.canvas
        self.show_frame(8)
        session.select(session.selectable[0], {1, 2})
        self.take("window", window)
        self.show_frame(84)
        session.set_look(color_predicted=True, color_by="track", trail_length=20)
        session.set_range(76, 92)
        session.select(session.selectable[0])
        self.take("proofreading", window)
        canvas.list_tracks(True)
        self.take("canvas-tracks", canvas)
        canvas.list_tracks(False)
        session.set_range(None)
        session.set_look(color_predicted=False, color_by="instance", trail_length=0)
        self.show_frame(16)
        session.select(session.selectable[1])
        canvas.fit_instances()
        self.take("canvas-close", canvas)
        head = canvas.poses[0].points[0]
        canvas._cursor = QPointF(*canvas.view.place(head[None]).reshape(-1).tolist())
        canvas.magnify(True)
        self.take("canvas-magnifier", canvas)
        canvas.magnify(False)
        canvas.fit_image()
        window.resize(900, 600)
        self.take("window-small", window)
        window.resize(1280, 800)
        self.go_to_missing()

    def go_to_missing(self) -> None:
        """Take a video that is not found."""
        session = self.window.session
        session.go_to(0, session.labels.videos[2])
        self.qtbot.waitUntil(lambda: bool(self.window.canvas.message), timeout=10_000)
        self.take("video-missing", self.window.canvas)
        session.go_to(8, session.labels.videos[0])

    def docks(self) -> None:
        """Take every dock as wide as at first, and as narrow as it can be."""
        self.show_frame(8)
        self.window.session.select(self.window.session.selectable[0])
        for dock in self.window.docks:
            name = dock.windowTitle().lower().replace(" ", "-")
            dock.setVisible(True)
            dock.raise_()
            self.take(f"dock-{name}", dock)
        skeleton = self.window.skeleton_dock
        skeleton.raise_()
        skeleton.lists.setCurrentIndex(1)
        self.take("dock-skeleton-edges", skeleton)
        skeleton.lists.setCurrentIndex(0)
        self.suggestion_forms()
        for dock in self.window.docks:
            dock.setFloating(True)
            dock.resize(dock.minimumSizeHint().width(), 640)
            self.take(f"narrow-{dock.windowTitle().lower().replace(' ', '-')}", dock)
            dock.setFloating(False)

    def suggestion_forms(self) -> None:
        """Take the form of every method of suggestion."""
        dock = self.window.suggestions_dock
        dock.setFloating(True)
        dock.resize(360, 680)
        dock._on_fold(True)
        method = dock.form.method
        for place in range(method.count()):
            method.setCurrentIndex(place)
            self.take(f"suggest-{method.itemData(place)}", dock)
        method.setCurrentIndex(0)
        dock._on_fold(False)
        dock.setFloating(False)

    # -- menus ----------------------------------------------------------------------------------

    def menus(self) -> None:
        """Take all menus, some on one picture; those within menus on one more."""
        self.show_frame(8)
        self.window.session.select(self.window.session.selectable[0])
        tops = {
            action.text().replace("&", ""): menu
            for action in self.window.menuBar().actions()
            if isinstance(menu := action.menu(), QMenu)
        }
        assert set(tops) == {title for titles in SHEETS.values() for title in titles}
        for name, titles in SHEETS.items():
            self.pictures[name] = sheet([self.menu(tops[title]) for title in titles])
        inner = [
            action.menu()
            for menu in tops.values()
            for action in menu.actions()
            if isinstance(action.menu(), QMenu)
        ]
        shots = sorted((self.menu(menu) for menu in inner), key=QPixmap.height)
        self.pictures["menus-within-1"] = sheet(shots[: len(shots) * 2 // 3])
        self.pictures["menus-within-2"] = sheet(shots[len(shots) * 2 // 3 :])
        menu = self.window.gestures.make_menu(100.0, 100.0)
        self.pictures["menu-add-instance"] = self.menu(menu)

    def menu(self, menu: QMenu) -> QPixmap:
        """Take a menu, opened."""
        menu.popup(QPoint(0, 0))
        self.settle()
        self.faults += [f"menu {menu.title()}: {fault}" for fault in find_faults(menu)]
        picture = menu.grab()
        menu.close()
        self.settle()
        return picture

    # -- dialogs --------------------------------------------------------------------------------

    def dialogs(self) -> None:
        """Take every dialog, each of its pages, and the details of errors."""
        self.show_frame(8)
        for name, make in DIALOGS.items():
            dialog = make(self.window, self.folder)
            dialog.show()
            self.take(name, dialog)
            for tabs in dialog.findChildren(QTabWidget):
                for page in pages(tabs.tabBar()):
                    tabs.setCurrentIndex(page)
                    self.take(f"{name}-{page + 1}", dialog)
            dialog.close()
            dialog.deleteLater()
            self.settle()

    def questions(self) -> None:
        """Take the questions that are asked before something is done."""
        window = self.window
        self.ask("ask-delete-predictions", lambda: window.menus.trigger("delete all predictions"))
        window.videos_dock.table.select([0])
        self.ask("ask-remove-video", window.videos_dock.remove_selected)
        window.suggestions_dock.raise_()
        self.ask("ask-clear-suggestions", window.suggestions_dock.clear)
        window.skeleton_dock.raise_()
        window.skeleton_dock.nodes.select(0)
        self.ask("ask-delete-node", window.skeleton_dock.nodes.delete_selected)
        window.videos_dock.raise_()
        window.instances_dock.raise_()

    def ask(self, name: str, act: Callable[[], object]) -> None:
        """Take the question that something asks, and answer it by Esc."""

        def look() -> None:
            box = next(
                one
                for one in QApplication.topLevelWidgets()
                if isinstance(one, QDialog) and one.isVisible()
            )
            try:
                self.take(name, box)
            finally:
                box.reject()

        QTimer.singleShot(0, look)
        act()
        self.qtbot.waitUntil(lambda: name in self.pictures)
        self.settle()

    def work(self) -> None:
        """Take the status bar while something is being done."""
        has_begun, may_end = threading.Event(), threading.Event()

        def wait(progress: Progress) -> None:
            progress.begin("Export flies.pkg.slp", 200)
            may_end.wait(2 * jobs.REPORT_EVERY)
            progress.advance(80)
            has_begun.set()
            may_end.wait(10)

        jobs.run(self.window, "Export flies.pkg.slp", wait, lambda result: None)
        assert has_begun.wait(10)
        for _ in range(4):
            QApplication.processEvents()
        status = self.window.statusBar()
        self.faults += [f"status-working: {fault}" for fault in find_faults(status)]
        self.pictures["status-working"] = status.grab()
        may_end.set()
        self.settle()

    def help_and_palette(self) -> None:
        """Take the first steps and the command palette."""
        panel = HintsPanel(self.window.canvas, self.window.shortcuts, lambda: None)
        self.take("first-steps", self.window.centralWidget())
        panel.dismiss()
        palette = CommandPalette(self.window, self.window.menus.trigger)
        palette.open_over(self.window)
        self.take("command-palette", palette)
        palette.line.setText("trail")
        self.take("command-palette-search", palette)
        palette.close()

    # -- inside ---------------------------------------------------------------------------------

    def show_frame(self, frame_idx: int) -> None:
        """Show a frame of the first video, and wait for its pixels."""
        canvas, session = self.window.canvas, self.window.session
        with shown(canvas) as frames:
            session.go_to(frame_idx + 1, session.labels.videos[0])
            session.go_to(frame_idx)
            self.qtbot.waitUntil(lambda: frame_idx in frames, timeout=10_000)
        self.settle()


@contextmanager
def shown(canvas: QWidget) -> Iterator[list[int]]:
    """Note which frames a canvas shows."""
    frames: list[int] = []
    show = canvas.show_frame

    def note(image: object, video: object = None, frame_idx: int | None = None) -> None:
        show(image, video, frame_idx)
        if image is not None and frame_idx is not None:
            frames.append(frame_idx)

    canvas.show_frame = note
    try:
        yield frames
    finally:
        del canvas.show_frame


def pages(bar: QTabBar) -> Iterable[int]:
    """Return the tabs that are not seen yet."""
    return [
        tab for tab in range(bar.count()) if bar.isTabEnabled(tab) and tab != bar.currentIndex()
    ]


def sheet(parts: list[QPixmap]) -> QPixmap:
    """Lay pictures side by side, in rows of some width."""
    widest, x, y, height, places = 1500, 0, 0, 0, []
    for part in parts:
        size = part.deviceIndependentSize().toSize()
        if x and x + size.width() > widest:
            x, y, height = 0, y + height + GAP, 0
        places.append((x, y))
        x += size.width() + GAP
        height = max(height, size.height())
    width = max(
        place[0] + part.deviceIndependentSize().width()
        for place, part in zip(places, parts, strict=True)
    )
    ratio = parts[0].devicePixelRatio()
    whole = QPixmap(round(width * ratio), round((y + height) * ratio))
    whole.setDevicePixelRatio(ratio)
    whole.fill(QApplication.palette().window().color())
    painter = QPainter(whole)
    for place, part in zip(places, parts, strict=True):
        painter.drawPixmap(QPoint(*place), part)
    painter.end()
    return whole
