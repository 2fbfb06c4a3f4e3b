import zipfile
from pathlib import Path

import pytest

from sleap.gui import settings_file
from sleap.gui.actions import paths
from sleap.gui.help import pages
from sleap.gui.main_window import MainWindow
from sleap.gui.shortcuts import Shortcuts


def test_changed_keys_are_saved_and_used(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = Shortcuts()
    changed.assign("save", ["F9"])
    monkeypatch.setattr(pages.KeysDialog, "ask", lambda self: dict(changed.keys))
    window.menus.trigger("keyboard reference")
    assert settings_file.read("shortcuts.yaml").values == {"save": "F9"}
    assert window.menus.items["save"].shortcut().toString() == "F9"


def test_reports_are_written(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.zip"
    monkeypatch.setattr(paths, "save_file", lambda *_: path)
    window.menus.trigger("report problem")
    assert zipfile.is_zipfile(path)
    assert "no images" in window.status.currentMessage()


def test_pages_are_shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    for dialog in (pages.HintsDialog, pages.AboutDialog):
        monkeypatch.setattr(dialog, "exec", lambda self: shown.append(type(self).__name__))
    window.menus.trigger("first steps")
    window.menus.trigger("about")
    assert shown == ["HintsDialog", "AboutDialog"]
