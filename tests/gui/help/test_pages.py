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
    monkeypatch.setattr(pages.ReportDialog, "ask", lambda self: self.value())
    window.menus.trigger("report problem")
    assert zipfile.is_zipfile(path)
    assert "no images" in window.status.currentMessage()


def test_no_report_is_written_if_the_user_gives_up(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages.ReportDialog, "ask", lambda self: None)
    monkeypatch.setattr(paths, "save_file", lambda *_: pytest.fail("asked where to"))
    window.menus.trigger("report problem")


def test_versions_are_shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(pages.AboutDialog, "exec", lambda self: shown.append("about"))
    window.menus.trigger("about")
    assert shown == ["about"]


def test_first_steps_are_shown_until_they_are_put_away(window: MainWindow) -> None:
    window.menus.trigger("first steps")
    window.menus.trigger("first steps")
    panels = window.findChildren(pages.HintsPanel)
    assert len(panels) == 1
    assert not window.preferences.hints_seen
    panels[0].dismiss()
    assert settings_file.read("preferences.yaml").values["hints seen"] is True
