from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sleap.gui import jobs
from sleap.gui.actions import paths, predict
from sleap.gui.main_window import MainWindow


def test_places_without_animals_are_marked_and_cleared(window: MainWindow) -> None:
    window.menus.trigger("mark negative sample")
    window.canvas.point_picked.emit(11.0, 12.0)
    assert window.session.labels.negative_anchors[0] == [(0, 11.0, 12.0)]
    assert predict.has_anchors(window.session)
    window.menus.trigger("clear negative samples")
    assert not predict.has_anchors(window.session)


def test_giving_up_writes_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(predict, "ask_package", lambda *_: None)
    monkeypatch.setattr(predict, "ask_clip", lambda *_: None)
    monkeypatch.setattr(paths, "save_file", lambda *_: pytest.fail("nothing to ask for"))
    window.menus.trigger("export package")
    window.menus.trigger("export clip")
    assert not jobs.running


def test_packages_and_clips_of_real_videos(
    qtbot: QtBot,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    data_dir: Path,
) -> None:
    from sleap.gui.dialogs.export_clip import ClipOptions
    from sleap.io.files import load_file
    from sleap.render.style import Style
    from sleap.workflows.package import PackageOptions

    window.open_project(data_dir / "mice2" / "labels.10frames.slp")
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)
    other = window.program.windows[-1]
    package, clip = tmp_path / "p.pkg.slp", tmp_path / "c.mp4"
    other.session.go_to(0)
    other.session.set_range(0, 3)
    monkeypatch.setattr(predict, "ask_package", lambda *_: PackageOptions(embed="user"))
    options = ClipOptions(fps=10.0, style=Style(), open_when_done=False)
    monkeypatch.setattr(predict, "ask_clip", lambda *_: options)
    monkeypatch.setattr(
        paths, "save_file", lambda *facts: package if "Package" in facts[1] else clip
    )
    other.menus.trigger("export package")
    other.menus.trigger("export clip")
    qtbot.waitUntil(lambda: not jobs.running, timeout=60_000)
    assert clip.stat().st_size > 1000
    assert len(load_file(package)) > 0
