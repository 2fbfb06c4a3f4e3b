"""Which file: the dialogs of the system, or those of Qt where asked for."""

import os
from collections.abc import Sequence
from pathlib import Path

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

NOT_NATIVE = "USE_NON_NATIVE_FILE"
"""Environment variable that asks for the dialogs of Qt."""

PROJECTS = "SLEAP projects (*.slp)"
ALL_FILES = "All files (*)"


def choose_dialogs(*, nonnative: bool = False) -> None:
    """Let all dialogs of the program be those of Qt, if that or the environment asks for it."""
    is_asked = nonnative or bool(os.environ.get(NOT_NATIVE))
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, is_asked)


def open_file(parent: QWidget, title: str, folder: Path, filters: Sequence[str]) -> Path | None:
    """Ask for a file to read; None if the user gave up."""
    text, _ = QFileDialog.getOpenFileName(parent, title, str(folder), ";;".join(filters))
    return Path(text) if text else None


def open_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Ask for a folder; None if the user gave up."""
    text = QFileDialog.getExistingDirectory(parent, title, str(folder))
    return Path(text) if text else None


def save_file(parent: QWidget, title: str, proposed: Path, kind: str, suffix: str) -> Path | None:
    """Ask where to write; None if the user gave up.

    Args:
        parent: The window.
        title: What is written.
        proposed: The name proposed.
        kind: What the files are: "SLEAP projects (*.slp)".
        suffix: What the name has to end in; it is put there if it does not.
    """
    text, _ = QFileDialog.getSaveFileName(
        parent, title, str(proposed), ";;".join([kind, ALL_FILES])
    )
    if not text:
        return None
    path = with_ending(Path(text), suffix)
    # The dialog asked before it let an old file be replaced, but of the name as it was written.
    if path != Path(text) and path.exists() and not may_replace(parent, path):
        return None
    return path


def with_ending(path: Path, suffix: str) -> Path:
    """Return a path that ends as it should: "a.h5" for ".analysis.h5" is "a.analysis.h5"."""
    name, last = path.name, f".{suffix.rpartition('.')[2]}"
    if name.lower().endswith(suffix):
        return path
    return path.with_name((name[: -len(last)] if name.lower().endswith(last) else name) + suffix)


def may_replace(parent: QWidget, *paths: Path) -> bool:
    """Ask whether files that are there may be replaced."""
    first = f"“{paths[0].name}”"
    are = f"{first} is" if len(paths) == 1 else f"{first} and {len(paths) - 1:,} more files are"
    them = "it" if len(paths) == 1 else "them"
    answer = QMessageBox.question(
        parent, "Replace files", f"{are} there already. Do you want to replace {them}?"
    )
    return answer == QMessageBox.StandardButton.Yes
