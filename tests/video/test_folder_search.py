from pathlib import Path

from sleap.video.folder_search import FolderSearch


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_the_file_that_shares_most_of_the_path_is_best(tmp_path: Path) -> None:
    one, other = touch(tmp_path / "a" / "day1" / "x.mp4"), touch(tmp_path / "b" / "day2" / "x.mp4")
    search = FolderSearch([tmp_path])
    assert search.find("C:\\lab\\Day1\\X.mp4") == [one]
    assert search.find("/lab/day2/x.mp4") == [other]
    assert search.find("/lab/day3/x.mp4") == [one, other]
    assert search.find("y.mp4") == search.find("") == []


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    there = touch(tmp_path / "a" / "x.mp4")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert FolderSearch([tmp_path]).find("x.mp4") == [there]


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert FolderSearch([tmp_path / "none"]).find("x.mp4") == []
    assert FolderSearch([]).find("x.mp4") == []


def test_folders_given_twice_count_once(tmp_path: Path) -> None:
    there = touch(tmp_path / "a" / "x.mp4")
    assert FolderSearch([tmp_path, tmp_path / "a"]).find("x.mp4") == [there]
