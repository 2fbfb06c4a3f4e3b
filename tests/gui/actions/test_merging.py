from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sleap.core.labels import Labels
from sleap.gui import jobs
from sleap.gui.actions import merging, paths
from sleap.gui.main_window import MainWindow


def test_another_project_is_merged_as_one_step(
    qtbot: QtBot,
    window: MainWindow,
    labels: Labels,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = labels.copy()
    other.add_frame(other.videos[1], 7).append(other[0].user_instances[0])
    path = tmp_path / "other.slp"
    other.save(path)
    monkeypatch.setattr(paths, "open_file", lambda *_: path)
    monkeypatch.setattr(merging, "ask_merge", lambda *_: "both")
    window.menus.trigger("merge")
    qtbot.waitUntil(lambda: not jobs.running, timeout=10_000)
    assert len(labels) == 4
    assert window.session.document.undo_title == "Merge other.slp"
    window.menus.trigger("undo")
    assert len(labels) == 3
