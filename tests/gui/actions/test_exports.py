from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sleap.gui import jobs
from sleap.gui.actions import paths
from sleap.gui.main_window import MainWindow
from sleap.io.files import load_file


def wait(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)


@pytest.mark.parametrize(
    ("id", "suffix"), [("export analysis", ".analysis.h5"), ("export coco", ".coco.json")]
)
def test_files_of_other_programs_are_written(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    id: str,
    suffix: str,
) -> None:
    path = tmp_path / f"out{suffix}"
    monkeypatch.setattr(paths, "save_file", lambda *_: path)
    window.menus.trigger(id)
    wait(qtbot)
    assert len(load_file(path)) == 3
    assert window.status.currentMessage() == f"Written: {path}"


def test_every_video_with_labels_has_a_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "open_folder", lambda *_: tmp_path)
    window.menus.trigger("export analysis.csv all")
    wait(qtbot)
    assert [one.name for one in tmp_path.glob("*.csv")] == ["Untitled.000_first.analysis.csv"]
