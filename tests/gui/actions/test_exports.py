from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sleap.gui import jobs
from sleap.gui.actions import exports, paths
from sleap.gui.dialogs.export_analysis import ExportChoice
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
    assert window.status.currentMessage().startswith(f"Written: {path}. Not kept by ")


def test_every_video_with_labels_has_a_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "open_folder", lambda *_: tmp_path)
    window.menus.trigger("export analysis.csv all")
    wait(qtbot)
    assert [one.name for one in tmp_path.glob("*.csv")] == ["Untitled.000_first.analysis.csv"]


def test_old_files_are_replaced_only_if_the_user_wants_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "Untitled.000_first.dlc.csv"
    old.write_text("mine")
    asked: list[Path] = []
    answers = iter([False, True])

    def may_replace(parent: object, *files: Path) -> bool:
        asked.extend(files)
        return next(answers)

    monkeypatch.setattr(paths, "open_folder", lambda *_: tmp_path)
    monkeypatch.setattr(paths, "may_replace", may_replace)
    window.menus.trigger("export deeplabcut all")
    wait(qtbot)
    assert asked == [old] and old.read_text() == "mine"
    window.menus.trigger("export deeplabcut all")
    wait(qtbot)
    assert old.read_text() != "mine"


def test_any_format_can_be_chosen(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.json"
    chosen = ExportChoice("json", "JSON", ".json", all_videos=True, is_whole=True)
    monkeypatch.setattr(exports, "ask_export", lambda *_: chosen)
    monkeypatch.setattr(paths, "save_file", lambda *_: path)
    window.menus.trigger("export other")
    wait(qtbot)
    assert len(load_file(path)) == 3
