"""What actions know of the window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from qtpy.QtWidgets import QDockWidget, QWidget

from sleap.core.choice import Area
from sleap.core.instance import Instance
from sleap.core.track import Track
from sleap.editing.document import Document
from sleap.gui.canvas.player import Player
from sleap.gui.preferences import Preferences
from sleap.gui.session import Session
from sleap.gui.shortcuts import Shortcuts
from sleap.render.palette import Palette


class CanvasControls(Protocol):
    """What actions ask of the canvas."""

    click_to_place: bool

    def fit_image(self) -> None:
        """Show the whole frame."""

    def fit_instances(self) -> None:
        """Show all instances of the frame."""


class Window(Protocol):
    """The window of a project, as far as actions need it."""

    session: Session
    docks: list[QDockWidget]
    copied_instance: Instance | None
    copied_track: Track | None
    is_track_copied: bool

    @property
    def preferences(self) -> Preferences:
        """The wishes of the user."""

    @property
    def shortcuts(self) -> Shortcuts:
        """The keys of all actions."""

    @property
    def palettes(self) -> dict[str, Palette]:
        """All palettes, by name."""

    @property
    def canvas(self) -> CanvasControls:
        """Where the frame is shown."""

    @property
    def player(self) -> Player:
        """What plays the video."""

    @property
    def widget(self) -> QWidget:
        """What dialogs belong to."""

    def run(self, edit: Callable[..., Any], *args: Any, title: str = "", **kwargs: Any) -> Any:
        """Do an edit; if it is refused, show why and return None."""

    def attempt(self, what: str, do: Callable[[], Any]) -> Any:
        """Do something; if it is refused, show why and return None."""

    def tell(self, text: str) -> None:
        """Say something in the status bar."""

    def open_document(self, document: Document, path: Path | None = None) -> None:
        """Show a document: here if nothing is open yet, or else in a window of its own."""

    def open_project(self, path: Path, format: str | None = None) -> None:
        """Read a project, or labels of another format, in the background, and show it."""

    def save(self, path: Path | None = None, then: Callable[[], None] | None = None) -> None:
        """Save in the background."""

    def step_suggestion(self, direction: int) -> None:
        """Go to the next suggestion, or the one before, in the order of their table."""

    def set_theme(self, name: str) -> None:
        """Change the theme of the program."""

    def shortcuts_changed(self) -> None:
        """Give the actions the keys that ``shortcuts`` says now."""

    def preferences_reset(self) -> None:
        """Use the preferences anew."""

    def show_command_palette(self) -> None:
        """Let the user search all actions."""

    def play_or_pause(self) -> None:
        """Play the video from the current frame on, or pause."""

    def pick_area(self, what: str, then: Callable[[Area], None]) -> None:
        """Let the user draw a rectangle on the frame: (x0, y0, x1, y1) pixels."""

    def pick_point(self, what: str, then: Callable[[float, float], None]) -> None:
        """Let the user click on a place of the frame: x, y pixels."""

    def cancel_pick(self) -> None:
        """Ask for no rectangle or place any more."""

    def videos_changed(self) -> None:
        """Open videos anew: where they lie, or how they are read, was changed."""

    def show_help(self, page: str) -> None:
        """Show a page of the help: "keys", "hints", "about" or "report"."""

    def close(self) -> bool:
        """Close the window; the user may keep it."""

    def quit(self) -> None:
        """Close all windows; the user may keep any."""
