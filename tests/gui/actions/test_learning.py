import json
from pathlib import Path

import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.gui.actions import learning
from sleap.gui.main_window import MainWindow

VIDEOS = [Video("a day/one.mp4"), Video("two.mp4"), Video("two.mp4", dataset="other")]


def make_run(folder: Path, name: str, output: object) -> Path:
    run = folder / "models" / name
    run.mkdir(parents=True)
    (run / "training_job.json").write_text(json.dumps({"model": {"output_type": output}}))
    return run


def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(
        learning, "show_report", lambda parent, title, lines, intro: told.extend(lines)
    )
    return told


def test_several_animals_need_two_networks(labels: Labels) -> None:
    assert learning.count_animals(labels) == 2
    assert learning.count_animals(Labels()) == 0
    project = Path("/data/my flies.pkg.slp")
    first, second = learning.training_commands(project, 2)
    assert first.startswith("sleap-train balanced_centroids.json")
    assert "/data/my flies.pkg.slp" in first
    assert "my flies.topdown" in second
    assert len(learning.training_commands(project, 1)) == 1


def test_every_video_is_tracked_once_with_the_newest_models(tmp_path: Path) -> None:
    project = tmp_path / "labels.slp"
    make_run(tmp_path, "old", 0)
    newest = make_run(tmp_path, "labels.topdown.1", 3)
    (tmp_path / "models" / "damaged").mkdir()
    (tmp_path / "models" / "damaged" / "training_job.json").write_text("[")
    one, two = learning.tracking_commands(project, VIDEOS, 2)
    assert "a day/one.mp4" in one and "--tracking.max_tracks 2" in one
    assert str(newest) in two and "labels.centroids" in two
    assert "tracking" not in learning.tracking_commands(project, VIDEOS, 1)[0]


def test_images_in_the_project_are_tracked_in_it() -> None:
    packed = Video("p.pkg.slp", dataset="video0/video", is_embedded=True)
    lines = learning.tracking_commands(Path("p.pkg.slp"), [packed, Video(["1.png", "2.png"])], 1)
    assert len(lines) == 1 and lines[0].startswith("sleap-track p.pkg.slp -m ")


def test_the_menu_shows_the_commands_of_the_project(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = shown(monkeypatch)
    window.menus.trigger("learning")
    assert told[0].startswith("# The project has no name yet")
    assert sum(line.startswith("sleap-train") for line in told) == 3
    told.clear()
    window.menus.trigger("inference")
    assert any(line.startswith("# Not trained yet: centroids, topdown") for line in told)
    assert sum(line.startswith("sleap-track") for line in told) == 2
