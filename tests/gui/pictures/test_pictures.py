"""Pictures of the whole program in light and dark, looked over by a program; people look, too.

``make pictures`` writes them into ``docs/pictures``: it sets ``SLEAP_PICTURES`` to a folder.
"""

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QPixmap
from qtpy.QtWidgets import QDialog

from sleap.editing.document import Document
from sleap.gui import jobs, saves
from sleap.gui.dialogs.base import Dialog
from sleap.gui.dialogs.unsaved import Unsaved
from sleap.gui.help import about
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program
from tests.gui.pictures.dialogs import DIALOGS
from tests.gui.pictures.gallery import Gallery
from tests.gui.pictures.recordings import write_project

KEPT = "SLEAP_PICTURES"
"""Names the folder of pictures that are to be kept."""

REPOSITORY = Path(__file__).parents[3]

VERSIONS = [("SLEAP", "0.2.0"), ("Python", "3.12.4"), ("Qt", "6.9.1 (pyside6)"), ("numpy", "2.2.1")]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with two videos that are there and one that is not."""
    if KEPT not in os.environ:
        yield write_project(tmp_path_factory.mktemp("flies"))
        return
    folder = Path(tempfile.gettempdir()) / "flies"  # whose name is seen in some dialogs
    shutil.rmtree(folder, ignore_errors=True)
    yield write_project(folder)
    shutil.rmtree(folder)


@pytest.fixture
def gallery(
    qtbot: QtBot, program: Program, project: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Gallery]:
    """Takes pictures of a window on the project."""

    def fail(parent: object, title: str, error: BaseException) -> None:
        raise AssertionError(f"{title}: {error}") from error

    monkeypatch.chdir(project.parent)  # messages name the folders that were searched
    monkeypatch.setattr(jobs, "_reporter", [fail])
    monkeypatch.setattr(saves, "ask_unsaved", lambda *_: Unsaved.DISCARD)
    monkeypatch.setattr(about, "versions", lambda: VERSIONS)
    monkeypatch.setattr(platform, "platform", lambda: "Linux")
    monkeypatch.setattr(platform, "python_version", lambda: "3.12.4")
    window = program.show(Document.open(project))
    assert isinstance(window, MainWindow)
    window.resize(1280, 800)
    qtbot.waitExposed(window)
    yield Gallery(qtbot, window, project.parent)
    window.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_or_faint(
    gallery: Gallery, program: Program, tmp_path: Path, theme: str
) -> None:
    program.set_theme(theme)
    gallery.take_all()
    write(gallery.pictures, (REPOSITORY / os.environ.get(KEPT, tmp_path)) / theme)
    assert not gallery.faults, "\n".join(gallery.faults)


def test_every_dialog_is_in_the_gallery(gallery: Gallery) -> None:
    pictured = set()
    for make in DIALOGS.values():
        dialog = make(gallery.window, gallery.folder)
        pictured.add(type(dialog))
        gallery.settle()
        dialog.deleteLater()
    assert pictured == kinds_of(QDialog) - {Dialog}


def write(pictures: dict[str, QPixmap], folder: Path) -> None:
    """Write pictures as PNG; of 256 colours if they are to be kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        path = folder / f"{name}.png"
        assert picture.save(str(path))
        if KEPT in os.environ:
            from PIL import Image

            with Image.open(path) as image:
                method = Image.Quantize.MAXCOVERAGE  # keeps colours of which there is little
                few = image.convert("RGB").quantize(256, method, kmeans=1, dither=Image.Dither.NONE)
            few.save(path, optimize=True)


def kinds_of(base: type) -> set[type]:
    """Return all classes of the program made of a class, however far down."""
    found = {one for one in base.__subclasses__() if one.__module__.startswith("sleap.")}
    return found.union(*(kinds_of(one) for one in found)) if found else found
