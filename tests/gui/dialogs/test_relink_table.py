import cv2
import numpy as np
import pytest
from qtpy.QtCore import Qt

from sleap.core.video import Video
from sleap.gui.dialogs.relink_table import RelinkTable, State, look
from sleap.video import load_video


@pytest.fixture
def moved(recording, tmp_path):
    """Two recordings as a project knew them, before they were moved; and where they are now."""
    new = [recording(f"new/place/day{day}.mp4", seed=day) for day in (1, 2)]
    videos = [load_video(path) for path in new]
    for video, path in zip(videos, new, strict=True):
        video.filename = str(path).replace("/new/place/", "/old/")
        video.metadata.clear()
    return videos, new


def test_what_is_missing_is_told(moved, tmp_path):
    videos, _ = moved
    stored = [video.filename for video in videos]
    rows = look(videos, tmp_path / "labels.slp")
    assert [row.state for row in rows] == [State.MISSING] * 2
    assert [row.stored for row in rows] == stored
    assert rows[0].reason == "it was found nowhere"


def test_one_located_finds_the_others(moved, tmp_path):
    videos, new = moved
    stored = [video.filename for video in videos]
    rows = look(videos, tmp_path / "labels.slp", {stored[1]: new[1]})
    assert [row.state for row in rows] == [State.MOVED] * 2
    assert [row.new for row in rows] == [str(path) for path in new]
    assert [video.filename for video in videos] == stored


def test_other_content_is_in_doubt_unless_it_is_wanted(moved, tmp_path):
    videos, new = moved
    files = {videos[0].filename: new[1]}
    rows = look(videos[:1], tmp_path / "labels.slp", files)
    assert rows[0].state is State.DIFFERS
    assert rows[0].new is None
    assert rows[0].reason
    forced = look(videos[:1], tmp_path / "labels.slp", files, force=True)
    assert forced[0].state is State.MOVED
    assert forced[0].new == str(new[1])


def test_a_sequence_of_images_is_located_by_its_folder(tmp_path):
    names = [f"img{number}.png" for number in range(2)]
    folder = tmp_path / "new" / "day1"
    folder.mkdir(parents=True)
    for name in names:
        cv2.imwrite(str(folder / name), np.zeros((8, 8), np.uint8))
    video = Video([f"old/day1/{name}" for name in names])
    (row,) = look([video], tmp_path / "labels.slp")
    assert (row.stored, row.name) == ("old/day1", "day1")
    (row,) = look([video], tmp_path / "labels.slp", {row.stored: folder})
    assert row.state is State.MOVED
    assert row.new == [str(folder / name) for name in names]


def test_images_in_the_project_are_at_home(tmp_path):
    project = tmp_path / "train.pkg.slp"
    video = Video(str(project), dataset="video0/video", is_embedded=True)
    (row,) = look([video], project)
    assert row.state is State.HERE


def test_the_table_puts_what_is_missing_first(moved, tmp_path, recording):
    videos, _ = moved
    here = load_video(recording("here.mp4"))
    table = RelinkTable()
    table.set_rows(look([here, videos[0]], tmp_path / "labels.slp"))
    cells = [[table.data(table.index(row, column)) for column in range(4)] for row in range(2)]
    assert [row[:3] for row in cells] == [
        ["day1.mp4", "Missing", ""],
        ["here.mp4", "Found", "The same recording"],
    ]
    tip = table.data(table.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "It was found nowhere" in tip
    assert table.headerData(1, Qt.Orientation.Horizontal) == "State"
