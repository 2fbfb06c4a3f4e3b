"""The menu File: projects, videos, and files of other programs."""

from pathlib import Path

from qtpy.QtCore import QUrl
from qtpy.QtGui import QDesktopServices

from sleap.editing.document import Document
from sleap.gui import preferences, recent
from sleap.gui.actions import exports, paths, videos
from sleap.gui.actions.action import Action, Choice, Choices, Row
from sleap.gui.actions.conditions import has_video
from sleap.gui.actions.merging import merge
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.filters import reading_filters
from sleap.gui.dialogs.import_labels import ask_import
from sleap.video.prefixes import config_folder

IMPORTS = (
    ("coco", "COCO…"),
    ("deeplabcut", "DeepLabCut…"),
    ("deepposekit", "DeepPoseKit…"),
    ("alphatracker", "AlphaTracker…"),
    ("leap", "LEAP Matlab…"),
    ("analysis", "Analysis HDF5…"),
    ("analysis.csv", "Analysis CSV…"),
    ("analysis.nix", "Analysis NIX…"),
    ("nwb", "NWB…"),
    ("json", "SLEAP Labels as JSON…"),
)
"""Formats of other programs, as the registry and as the menu calls them."""


def folder_of(window: Window) -> Path:
    """Return the folder in which a file dialog begins."""
    path = window.session.document.path
    if path is not None:
        return path.parent
    known = recent.load()
    return Path(known[0].path).parent if known else Path.home()


def new(window: Window) -> None:
    """Show a new project."""
    window.open_document(Document.new())


def open_project(window: Window) -> None:
    """Ask for a project and open it."""
    filters = [paths.PROJECTS, *reading_filters().split(";;")]
    path = paths.open_file(window.widget, "Open Project", folder_of(window), filters)
    if path is not None:
        window.open_project(path)


def save(window: Window) -> None:
    """Save the project; ask where to if it was never saved."""
    if window.session.document.path is None:
        save_as(window)
    else:
        window.save()


def save_as(window: Window) -> None:
    """Ask where to, and save."""
    path = ask_path(window)
    if path is not None:
        window.save(path)


def ask_path(window: Window) -> Path | None:
    """Ask where to save the project."""
    document = window.session.document
    proposed = document.path or folder_of(window) / _name(document)
    return paths.save_file(window.widget, "Save Project", proposed, paths.PROJECTS, ".slp")


def import_file(window: Window, format: str) -> None:
    """Ask for a file of a format, and open it as a new project."""
    chosen = ask_import(window.widget, folder_of(window), format)
    if chosen is not None:
        window.open_project(chosen.path, chosen.format)


def import_folder(window: Window) -> None:
    """Ask for a folder of DeepLabCut and open it."""
    path = paths.open_folder(window.widget, "Import a folder of DeepLabCut", folder_of(window))
    if path is not None:
        window.open_project(path, "deeplabcut")


def reset_preferences(window: Window) -> None:
    """Forget all wishes of the user."""
    window.preferences_reset()
    window.tell("The preferences are as they were at first.")


def open_preferences(window: Window) -> None:
    """Show the folder with the files of settings."""
    folder = config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / preferences.FILENAME).exists():
        window.attempt("Save preferences", window.preferences.save)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _recent(window: Window) -> list[Choice]:
    known = recent.load()
    if not known:
        return [Choice("No projects yet", lambda window: None)]
    names = [Path(one.path).name for one in known]
    return [
        Choice(
            name if names.count(name) == 1 else f"{name}  —  {Path(one.path).parent}",
            lambda window, path=one.path: window.open_project(Path(path)),  # type: ignore[misc]
        )
        for name, one in zip(names, known, strict=True)
    ]


def _name(document: Document) -> str:
    name = Path(document.title).name
    return name if name.endswith(".slp") else f"{name.split('.')[0] or 'labels'}.slp"


ROWS: tuple[Row, ...] = (
    Action(id="new", title="New Project", menu="File", run=new),
    Action(id="open", title="Open Project…", menu="File", run=open_project),
    Choices(menu="File/Open Recent", make=_recent),
    *(
        Action(
            id=f"import {format}",
            title=title,
            menu="File/Import",
            run=lambda window, format=format: import_file(window, format),  # type: ignore[misc]
        )
        for format, title in IMPORTS
    ),
    Action(
        id="import deeplabcut folder",
        title="DeepLabCut Folder…",
        menu="File/Import",
        run=import_folder,
        starts_section=True,
    ),
    Action(
        id="merge",
        title="Merge into Project…",
        menu="File",
        run=lambda window: merge(window, folder_of(window)),
        hint="Add the labels of another project to this one",
    ),
    Action(
        id="add videos",
        title="Add Videos…",
        menu="File",
        run=videos.add,
        starts_section=True,
    ),
    Action(
        id="replace videos",
        title="Replace Videos…",
        menu="File",
        run=videos.replace,
        enabled=has_video,
    ),
    Action(
        id="find videos",
        title="Find Missing Videos…",
        menu="File",
        run=videos.find_missing,
        enabled=has_video,
    ),
    Action(id="save", title="Save", menu="File", run=save, starts_section=True),
    Action(id="save as", title="Save As…", menu="File", run=save_as),
    *exports.ROWS,
    Action(
        id="reset preferences",
        title="Reset Preferences",
        menu="File",
        run=reset_preferences,
        starts_section=True,
    ),
    Action(
        id="open preferences",
        title="Open Preferences Directory",
        menu="File",
        run=open_preferences,
    ),
    Action(
        id="close window",
        title="Close Window",
        menu="File",
        run=lambda window: window.close(),
        starts_section=True,
    ),
    Action(id="close", title="Quit", menu="File", run=lambda window: window.quit()),
)
