"""What all windows share: wishes of the user, keys, palettes, the theme; and which there are."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from qtpy.QtCore import QObject, QTimer
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import QApplication

from sleap.editing.document import Document
from sleap.gui import palettes, preferences, shortcuts, themes
from sleap.gui.session import Session


class ProjectWindow(Protocol):
    """The window of a project."""

    session: Session

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""

    def take(self, document: Document) -> None:
        """Show another document."""

    def show(self) -> None:
        """Show the window."""

    def close(self) -> bool:
        """Close it, unless the user keeps it."""

    def raise_(self) -> None:
        """Put it on top."""

    def activateWindow(self) -> None:
        """Give it the keyboard."""


class Program(QObject):
    """The program, of any number of windows.

    Args:
        app: The application.
        make_window: Makes the window of a document.

    Attributes:
        preferences: The wishes of the user.
        shortcuts: The keys.
        palettes: All palettes, by name.
        problems: What was wrong with the files of settings.
        windows: The windows there are.
        is_private: Whether no places are noted: for pictures and tests.
    """

    def __init__(
        self, app: QApplication, make_window: "Callable[[Program, Document], ProjectWindow]"
    ) -> None:
        super().__init__(app)
        self._app = app
        self._make_window = make_window
        self.preferences, of_preferences = preferences.load()
        self.shortcuts, of_shortcuts = shortcuts.load()
        self.palettes, of_palettes = palettes.load()
        self.problems = [*of_preferences, *of_shortcuts, *of_palettes]
        self.windows: list[ProjectWindow] = []
        self.is_private = False
        self._awaited: ProjectWindow | None = None
        themes.apply(app, self.preferences.theme)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def show(self, document: Document, window: ProjectWindow | None = None) -> ProjectWindow:
        """Show a document in a window, or a new one."""
        if window is None:
            window = self._make_window(self, document)
            self.windows.append(window)
            window.show()
        else:
            window.take(document)
        return window

    def find(self, path: Path) -> ProjectWindow | None:
        """Return the window in which a project is open."""
        absolute = path.absolute()
        return next((one for one in self.windows if one.session.document.path == absolute), None)

    def leave(self, window: ProjectWindow) -> None:
        """Note that a window is closed; if quitting waited for that, go on with the others."""
        self.windows = [one for one in self.windows if one is not window]
        if window is self._awaited:
            QTimer.singleShot(0, self.quit)

    def quit(self) -> None:
        """Close all windows, until the user keeps one; one that is to be saved is waited for."""
        self._awaited = None
        for window in list(reversed(self.windows)):
            if not window.close():
                self._awaited = window if window.is_saving else None
                return

    def set_theme(self, name: str) -> None:
        """Change the theme."""
        self.preferences.theme = name
        themes.apply(self._app, name)

    def reset_preferences(self) -> None:
        """Forget the wishes of the user."""
        self.preferences = preferences.reset()
        themes.apply(self._app, self.preferences.theme)

    def _follow_system(self) -> None:
        if self.preferences.theme == "system":
            themes.apply(self._app, "system")
