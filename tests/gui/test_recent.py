from pathlib import Path

from sleap.gui import recent, settings_file
from sleap.gui.recent import RecentProject


def test_the_last_one_is_first_and_each_there_once(tmp_path: Path) -> None:
    one, other = tmp_path / "one.slp", tmp_path / "other.slp"
    recent.note(one)
    recent.note(other)
    recent.note(one)
    assert [project.path for project in recent.load()] == [str(one), str(other)]


def test_remembers_where_the_user_was(tmp_path: Path) -> None:
    path = tmp_path / "one.slp"
    recent.note(path, 2, 77)
    recent.note(path)
    assert recent.find(path) == RecentProject(str(path), 2, 77)
    assert recent.find(tmp_path / "never.slp") is None


def test_keeps_so_many(tmp_path: Path) -> None:
    for number in range(recent.MAX_KEPT + 3):
        recent.note(tmp_path / f"{number}.slp")
    assert len(recent.load()) == recent.MAX_KEPT
    recent.clear()
    assert recent.load() == []


def test_entries_that_make_no_sense_are_left_out() -> None:
    good = {"path": "a.slp", "video": 0, "frame_idx": 3}
    entries = [good, {"path": 3}, "b", {"path": "c", "frame_idx": -1}, {"path": "d", "x": 1}]
    settings_file.write("recent.yaml", {"projects": entries})
    assert recent.load() == [RecentProject("a.slp", 0, 3)]
    settings_file.write("recent.yaml", {"projects": "none"})
    assert recent.load() == []
