"""The window of one project: canvas, timeline, docks, menus and status bar put together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
from qtpy.QtCore import QPointF, Qt
from qtpy.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from qtpy.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from sleap.core.choice import Area
from sleap.core.instance import Instance
from sleap.core.track import Track
from sleap.editing.document import Document
from sleap.gui import jobs, projects, recent
from sleap.gui.actions import videos
from sleap.gui.bridge import SessionSignals
from sleap.gui.canvas.canvas import Canvas
from sleap.gui.canvas.feed import Feed
from sleap.gui.canvas.player import Player
from sleap.gui.command_palette import CommandPalette
from sleap.gui.docks.instances import InstancesDock
from sleap.gui.docks.skeleton import SkeletonDock
from sleap.gui.docks.suggestions import SuggestionsDock
from sleap.gui.docks.tabs import DockTabs
from sleap.gui.docks.videos import VideosDock
from sleap.gui.gestures import Gestures
from sleap.gui.help import pages
from sleap.gui.menus.bar import Menus
from sleap.gui.picking import Picking
from sleap.gui.preferences import Preferences
from sleap.gui.program import Program
from sleap.gui.projects import Hold
from sleap.gui.saves import Saves
from sleap.gui.session import Session
from sleap.gui.shortcuts import Shortcuts
from sleap.gui.status import StatusBar
from sleap.gui.table_keys import TableKeys
from sleap.gui.timeline.widget import Timeline
from sleap.gui.window_state import held_key, packed, unpacked
from sleap.render.palette import Palette

STATE_VERSION = 1
"""Of what Qt tells of the docks; another one when there are other docks."""

DOCK_WIDTH = 350
"""Pixels that the docks are wide at first."""


class MainWindow(QMainWindow):
    """The window of one project.

    Args:
        program: What all windows share.
        document: What is edited.

    Attributes:
        session: What is shown.
        canvas: Where the frame is shown.
        copied_instance: What the last "Copy Instance" took.
        copied_track: What the last "Copy Track" took.
        is_track_copied: Whether there was one.
    """

    def __init__(self, program: Program, document: Document) -> None:
        super().__init__()
        self.program = program
        self.session = Session(document, program.preferences.look)
        self.copied_instance: Instance | None = None
        self.copied_track: Track | None = None
        self.is_track_copied = False
        self.saves = Saves(self)
        self.hold = Hold(self)
        self.setWindowTitle("[*]")
        self.setObjectName("MainWindow")
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._compose()
        self.menus = Menus(self, self.menuBar())
        self.shortcuts_changed()
        self._connect()
        self._restore()
        self.show_title()
        self.canvas.setFocus()

    # -- what it is made of ---------------------------------------------------------------------

    def _compose(self) -> None:
        """Make the parts and lay them out."""
        self.canvas = Canvas(self.session)
        self.canvas.set_palettes(self.program.palettes)
        self.feed = Feed(self.canvas)
        self.timeline = Timeline(self.session, self.program.palettes)
        self.gestures = Gestures(self, self.canvas)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.timeline)
        self.setCentralWidget(central)
        self.status = StatusBar(self.session, self)
        self.setStatusBar(self.status)
        self.videos_dock = VideosDock(self.session, self)
        self.skeleton_dock = SkeletonDock(self.session, self)
        self.instances_dock = InstancesDock(self.session, self)
        self.suggestions_dock = SuggestionsDock(self.session, self)
        self.docks: list[QDockWidget] = [
            self.videos_dock,
            self.skeleton_dock,
            self.instances_dock,
            self.suggestions_dock,
        ]
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, QTabWidget.TabPosition.North)
        for dock in self.docks:
            self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self.tabifyDockWidget(self.videos_dock, self.skeleton_dock)
        self.tabifyDockWidget(self.instances_dock, self.suggestions_dock)
        self.videos_dock.raise_()
        self.instances_dock.raise_()
        DockTabs(self)
        self._table_keys = TableKeys(self)
        for dock in self.docks:
            dock.installEventFilter(self._table_keys)

    def _connect(self) -> None:
        """Let the parts act on each other."""
        self.timeline.frame_requested.connect(self.session.go_to)
        self.timeline.range_selected.connect(self.session.set_range)
        self.picking = Picking(self.canvas, self.tell)
        self.videos_dock.add_requested.connect(lambda: self.menus.trigger("add videos"))
        self.videos_dock.relink_requested.connect(
            lambda chosen: videos.replace(self, chosen[0] if chosen else None)
        )
        self.instances_dock.method = lambda: self.preferences.placement
        self.instances_dock.palettes = self.palettes
        self.instances_dock.area = lambda: self.visible_area
        signals = SessionSignals(self.session, self)
        signals.labels_changed.connect(self._follow)
        signals.document_changed.connect(self.show_title)
        signals.look_changed.connect(self._keep_look)

    # -- what actions need ----------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        """What dialogs belong to."""
        return self

    @property
    def player(self) -> Player:
        """What plays the video."""
        return self.feed.player

    @property
    def preferences(self) -> Preferences:
        """The wishes of the user."""
        return self.program.preferences

    @property
    def shortcuts(self) -> Shortcuts:
        """The keys of all actions."""
        return self.program.shortcuts

    @property
    def palettes(self) -> dict[str, Palette]:
        """All palettes, by name."""
        return self.program.palettes

    def run(self, edit: Callable[..., Any], *args: Any, title: str = "", **kwargs: Any) -> Any:
        """Do an edit; if it is refused, show why and return None."""
        do = self.session.document.run
        return self.attempt(title, lambda: do(edit, *args, title=title or None, **kwargs))

    def attempt(self, what: str, do: Callable[[], Any]) -> Any:
        """Do something; if it is refused, show why and return None."""
        try:
            return do()
        except Exception as error:
            jobs.report(self, what.rstrip("…") or "Edit", error)
            return None

    @property
    def visible_area(self) -> Area | None:
        """What the user sees of the frame, (x0, y0, x1, y1) pixels; None if there is no frame."""
        if self.session.video is None:
            return None
        view, corner = self.canvas.view, QPointF(self.canvas.width(), self.canvas.height())
        return *view.unplace(QPointF(0, 0)), *view.unplace(corner)

    def tell(self, text: str) -> None:
        """Say something in the status bar."""
        self.status.tell(text)

    def show_job(self, job: jobs.Job) -> None:
        """Show the progress of a job until it ends."""
        self.status.show_job(job)

    def play_or_pause(self) -> None:
        """Play the video from the current frame on, or pause."""
        self.feed.toggle()

    def step_suggestion(self, direction: int) -> None:
        """Go to the next suggestion, or the one before, in the order of their table."""
        self.suggestions_dock.step(direction)

    def set_theme(self, name: str) -> None:
        """Change the theme of the program."""
        self.program.set_theme(name)

    def shortcuts_changed(self) -> None:
        """Give the actions the keys that ``shortcuts`` says now."""
        self.menus.assign_keys()
        for name, attribute in (("hold to hide", "hide_key"), ("hold to magnify", "magnifier_key")):
            key = held_key(self.shortcuts.of(name))
            if key is not None:
                setattr(self.canvas, attribute, key)

    def preferences_reset(self) -> None:
        """Use the preferences anew."""
        self.attempt("Reset preferences", self.program.reset_preferences)
        self.session.set_look(**attrs.asdict(self.preferences.look))

    def show_command_palette(self) -> None:
        """Let the user search all actions."""
        CommandPalette(self, self.menus.trigger).open_over(self)

    def show_help(self, page: str) -> None:
        """Show a page of the help."""
        pages.show(self, page)

    # -- choosing a place -----------------------------------------------------------------------

    def pick_area(self, what: str, then: Callable[[Area], None]) -> None:
        """Let the user draw a rectangle on the frame."""
        self.picking.area(what, then)

    def pick_point(self, what: str, then: Callable[[float, float], None]) -> None:
        """Let the user click on a place of the frame."""
        self.picking.point(what, then)

    def cancel_pick(self) -> None:
        """Ask for no rectangle or place any more."""
        self.picking.cancel()

    # -- projects -------------------------------------------------------------------------------

    def open_document(self, document: Document, path: Path | None = None) -> None:
        """Show a document: here if nothing is open yet, or else in a window of its own."""
        shown = self.show_document(document)
        if document.labels.videos:
            videos.find_missing(shown, is_asked=False)

    def show_document(self, document: Document) -> "MainWindow":
        """Show a document, as ``open_document`` does; return in which window."""
        shown = self.program.show(document, self if self.is_untouched else None)
        assert isinstance(shown, MainWindow)
        return shown

    def raise_open(self, path: Path) -> bool:
        """Put the window on top in which a project is open; tell whether there is one."""
        other = self.program.find(path)
        if other is not None:
            other.raise_()
            other.activateWindow()
        return other is not None

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was done in this window yet, so that another project can take it."""
        document, labels = self.session.document, self.session.labels
        return document.path is None and not document.is_modified and not labels.videos

    def take(self, document: Document) -> None:
        """Show another document in this window; the old one is closed."""
        old = self.session.document
        self.session.open(document)
        if old is not document:
            old.close()
        place = None if document.path is None else recent.find(document.path)
        listed = self.session.labels.videos
        if place is not None and place.video < len(listed):
            self.session.go_to(place.frame_idx, listed[place.video])

    def open_project(self, path: Path, format: str | None = None) -> None:
        """Read a project, or labels of another format, in the background, and show it."""
        projects.open_project(self, path, format)

    def save(self, path: Path | None = None, then: Callable[[], None] | None = None) -> None:
        """Save in the background; one save at a time.

        Args:
            path: Where to; None: where the project was before.
            then: Called when it is saved.
        """
        self.saves.save(path, then)

    def videos_changed(self) -> None:
        """Open videos anew: where they lie, or how they are read, was changed."""
        for video in self.session.labels.videos:
            self.feed.loader.forget(video)
        self.feed.refresh()

    # -- following ------------------------------------------------------------------------------

    def _follow(self, touched: object) -> None:
        self.show_title()
        journal = self.session.document.journal
        if journal is not None and journal.problem:
            self.tell(str(journal.problem))

    def show_title(self) -> None:
        """Show what is open, and whether it is modified."""
        document = self.session.document
        self.hold.keep(document.path)
        self.setWindowTitle(f"{document.title}[*] — SLEAP")
        self.setWindowModified(document.is_modified)

    def _keep_look(self) -> None:
        self.preferences.look = self.session.look

    # -- leaving --------------------------------------------------------------------------------

    def quit(self) -> None:
        """Close all windows; the user may keep any."""
        self.program.quit()

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return self.saves.is_running

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is not saved; a save under way is waited for."""
        if self.saves.may_close():
            self._leave()
            event.accept()
        else:
            event.ignore()

    def _leave(self) -> None:
        """Remember what there is to remember, and let go of everything."""
        self.preferences.window_geometry = packed(self.saveGeometry())
        self.preferences.window_state = packed(self.saveState(STATE_VERSION))
        self.attempt("Save preferences", self.preferences.save)
        self.attempt("Note recent project", self.note_place)
        self.feed.close()
        self.hold.keep(None)
        self.program.leave(self)
        self.session.document.close()
        self.session.close()

    def note_place(self) -> None:
        """Remember where the user is in the project."""
        document = self.session.document
        if document.path is not None and not self.program.is_private:
            recent.note(document.path, self.session.video_number, self.session.frame_idx)

    def _restore(self) -> None:
        """Give the window the size and docks of last time, or such as fit the screen."""
        geometry = unpacked(self.preferences.window_geometry)
        if geometry is None or not self.restoreGeometry(geometry):
            screen = QApplication.primaryScreen().availableGeometry()
            self.resize(min(1440, screen.width() * 9 // 10), min(900, screen.height() * 9 // 10))
        state = unpacked(self.preferences.window_state)
        if state is None or not self.restoreState(state, STATE_VERSION):
            sides = [self.videos_dock, self.instances_dock]
            self.resizeDocks(sides, [DOCK_WIDTH] * len(sides), Qt.Orientation.Horizontal)

    # -- files dropped --------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add videos that are dropped, and open all other files."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.receive(files)

    def receive(self, files: list[Path]) -> None:
        """Add videos, and open projects and labels of other programs."""
        projects.receive(self, files)
