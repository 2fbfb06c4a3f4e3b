"""Which file: the dialogs of the system, or those of Qt where asked for."""

import os
from collections.abc import Sequence
from pathlib import Path

from qtpy.QtWidgets import QFileDialog, QWidget

NOT_NATIVE = "USE_NON_NATIVE_FILE"
"""Environment variable that asks for the dialogs of Qt."""

PROJECTS = "SLEAP projects (*.slp)"
ALL_FILES = "All files (*)"


def open_file(parent: QWidget, title: str, folder: Path, filters: Sequence[str]) -> Path | None:
    """Ask for a file to read; None if the user gave up."""
    text, _ = QFileDialog.getOpenFileName(
        parent, title, str(folder), ";;".join(filters), options=_options()
    )
    return Path(text) if text else None


def open_files(parent: QWidget, title: str, folder: Path, filters: Sequence[str]) -> list[Path]:
    """Ask for any number of files to read; none if the user gave up."""
    texts, _ = QFileDialog.getOpenFileNames(
        parent, title, str(folder), ";;".join(filters), options=_options()
    )
    return [Path(text) for text in texts]


def open_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Ask for a folder; None if the user gave up."""
    text = QFileDialog.getExistingDirectory(
        parent, title, str(folder), options=QFileDialog.Option.ShowDirsOnly | _options()
    )
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
        parent, title, str(proposed), ";;".join([kind, ALL_FILES]), options=_options()
    )
    if not text:
        return None
    path = Path(text)
    return path if path.name.lower().endswith(suffix) else path.with_name(path.name + suffix)


def _options() -> QFileDialog.Option:
    if os.environ.get(NOT_NATIVE):
        return QFileDialog.Option.DontUseNativeDialog
    return QFileDialog.Option(0)
