from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QDesktopServices

from sleap.core.labels import Labels
from sleap.gui import jobs, recent
from sleap.gui.actions import file, paths
from sleap.gui.dialogs import filters
from sleap.gui.dialogs.import_labels import ImportChoice
from sleap.gui.main_window import MainWindow
from sleap.io.files import load_file, save_file


def test_saving_asks_where_to_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.slp"
    proposed: list[Path] = []
    monkeypatch.setattr(paths, "save_file", lambda *facts: proposed.append(facts[2]) or path)
    window.menus.trigger("save")
    qtbot.waitUntil(lambda: not window.saves.is_running, timeout=10_000)
    assert proposed[0].name == "Untitled.slp"
    window.menus.trigger("save")
    qtbot.waitUntil(lambda: not window.saves.is_running, timeout=10_000)
    assert len(proposed) == 1 and len(load_file(path)) == 3


def test_labels_of_other_programs_are_imported(
    qtbot: QtBot,
    window: MainWindow,
    labels: Labels,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "a.coco.json"
    save_file(labels, path)
    monkeypatch.setattr(file, "ask_import", lambda *_: ImportChoice(path, "coco"))
    window.menus.trigger("import coco")
    qtbot.waitUntil(lambda: len(window.program.windows) == 2, timeout=10_000)
    document = window.program.windows[1].session.document
    assert document.path is None and len(document.labels) == 3


def test_every_format_can_be_imported() -> None:
    formats = {name for name, _ in filters.readable()} - {"slp"}
    assert {name for name, _ in file.IMPORTS} == formats


def test_recent_projects_are_offered(window: MainWindow, tmp_path: Path) -> None:
    assert [choice.title for choice in file._recent(window)] == ["No projects yet"]
    for folder in ("a", "b"):
        recent.note(tmp_path / folder / "x.slp")
    recent.note(tmp_path / "y.slp")
    titles = [choice.title for choice in file._recent(window)]
    assert titles[0] == "y.slp" and titles[1].startswith("x.slp  —")
    assert file.folder_of(window) == tmp_path


def test_the_folder_of_settings_is_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window.menus.trigger("open preferences")
    assert (Path(opened[0]) / "preferences.yaml").is_file()


def test_a_new_project_has_a_window(window: MainWindow) -> None:
    window.menus.trigger("new")
    assert len(window.program.windows) == 2
    assert not jobs.running
