from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from sleap.io.formats.deeplabcut.table import Table, make_table
from sleap.io.formats.deeplabcut.videos import find_shots, list_images, natural_order


def table(index: Sequence[str] | Sequence[int], scorer: str = "me") -> Table:
    columns = [(scorer, "nose", coord) for coord in "xy"]
    rows = list(index)
    is_frames = all(isinstance(row, int) for row in rows)
    values = np.ones((len(rows), 2))
    return make_table(columns, np.array(rows, np.int64) if is_frames else rows, values)


@pytest.mark.parametrize(
    ("name", "scorer"),
    [
        ("day1DLC_resnet50_reachJan1shuffle1_1000_el.h5", "DLC_resnet50_reachJan1shuffle1_1000"),
        ("day1DLC_resnet50_reachJan1shuffle1_1000_filtered.csv", "other"),
        ("day1_superanimal_quadruped_hrnet.h5", "other"),
        ("day1DeepCut_resnet50_x.h5", "other"),
        ("day1.csv", "other"),
        ("day1.dlc.csv", "other"),
    ],
)
def test_the_video_that_was_analyzed(tmp_path: Path, name: str, scorer: str) -> None:
    (shot,) = find_shots(table([4, 7], scorer), tmp_path / name, [])
    assert shot.video.filename == "day1.mp4"
    assert list(shot.frame_indices) == [4, 7]
    assert shot.others == []
    folder = tmp_path / "videos"
    folder.mkdir()
    (folder / "day1.AVI").touch()
    (folder / "day1.avi").touch()
    (shot,) = find_shots(table([4, 7], scorer), tmp_path / name, [])
    assert shot.video.filename == str(folder / "day1.avi")


def test_all_images_of_the_folder(tmp_path: Path) -> None:
    for name in ("img2.png", "img10.png", "img1.png", "notes.txt"):
        (tmp_path / name).touch()
    index = ["labeled-data/v/img10.png", "labeled-data/v/img2.png"]
    (shot,) = find_shots(table(index), tmp_path / "CollectedData_me.csv", [])
    names = [str(tmp_path / name) for name in ("img1.png", "img2.png", "img10.png")]
    assert shot.video.filename == names
    assert shot.frame_indices == [2, 1]
    assert shot.others == [0]


def test_images_that_are_elsewhere(tmp_path: Path) -> None:
    index = ["labeled-data/v/b.png", "labeled-data/w/a.png", "labeled-data/v/a.png"]
    first, second = find_shots(table(index), tmp_path / "CollectedData_me.csv", [tmp_path / "x"])
    assert first.video.filename == ["labeled-data/v/a.png", "labeled-data/v/b.png"]
    assert (first.rows, first.frame_indices) == ([0, 2], [1, 0])
    assert second.video.filename == ["labeled-data/w/a.png"]
    assert str(tmp_path / "x") in first.video.metadata["search"]
    (tmp_path / "labeled-data" / "w").mkdir(parents=True)
    (tmp_path / "labeled-data" / "w" / "a.png").touch()
    _, second = find_shots(table(index), tmp_path / "CollectedData_me.csv", [])
    assert second.video.filename == [str(tmp_path / "labeled-data" / "w" / "a.png")]
    (shot,) = find_shots(table([f"{tmp_path}/labeled-data/w/a.png"]), tmp_path / "x" / "t.csv", [])
    assert shot.video.filename == [str(tmp_path / "labeled-data" / "w" / "a.png")]


def test_paths_do_not_climb(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "in").mkdir()
    (shot,) = find_shots(table(["../a.png"]), tmp_path / "in" / "t.csv", [])
    assert shot.video.filename == ["../a.png"]


def test_order_of_images(tmp_path: Path) -> None:
    assert natural_order(["a10", "a2", "A1"]) == ["A1", "a2", "a10"]
    (tmp_path / "x.jpg").touch()
    (tmp_path / "y.txt").touch()
    assert list_images(tmp_path) == ["x.jpg"]
