import os
from pathlib import Path

import pytest

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import open_video
from sleap.video.locate import find_file, find_video, missing, places


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path


def test_as_stored_wins(tmp_path: Path) -> None:
    stored, beside = touch(tmp_path / "a" / "x.mp4"), touch(tmp_path / "x.mp4")
    assert find_video(Video(str(stored)), [beside.parent]) == stored


@pytest.mark.parametrize(
    "stored",
    [
        "x.mp4",
        "/gone/x.mp4",
        "C:\\gone\\x.mp4",
        "\\\\server\\share\\x.mp4",
        "tests/data\\x.mp4",
        "../other/x.mp4",
    ],
)
def test_beside_the_labels_file_by_name(stored: str, tmp_path: Path) -> None:
    expected = touch(tmp_path / "x.mp4")
    assert find_video(Video(stored), [tmp_path]) == expected


def test_relative_to_the_labels_file(tmp_path: Path) -> None:
    expected = touch(tmp_path / "videos" / "day1" / "x.mp4")
    touch(tmp_path / "x.mp4")
    for stored in ("videos/day1/x.mp4", "videos\\day1\\x.mp4", "D:\\project\\videos\\day1\\x.mp4"):
        assert find_file(stored, [tmp_path]) == expected
    labels_folder = tmp_path / "labels"
    labels_folder.mkdir()
    assert find_file("../videos/day1/x.mp4", [labels_folder]).samefile(expected)


def test_working_directory_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, beside = tmp_path / "here", tmp_path / "labels"
    touch(here / "x.mp4")
    beside.mkdir()
    monkeypatch.chdir(here)
    assert find_file("/gone/x.mp4", [beside]) == here / "x.mp4"
    touch(beside / "x.mp4")
    assert find_file("/gone/x.mp4", [beside]) == beside / "x.mp4"


def test_a_list_is_found_as_a_whole_or_not(tmp_path: Path) -> None:
    names = [f"/gone/set/img{i}.png" for i in range(5)]
    expected = [touch(tmp_path / "set" / f"img{i}.png") for i in range(5)]
    assert find_video(Video(names), [tmp_path]) == expected
    expected[3].unlink()
    assert find_video(Video(names), [tmp_path]) is None


def test_a_missing_video_names_the_places_and_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(VideoError) as caught:
        open_video(Video("/gone/day1.mp4"), search=[tmp_path])
    text = str(caught.value)
    assert "Cannot open video '/gone/day1.mp4'" in text
    assert str(tmp_path / "day1.mp4") in text and str(Path.cwd() / "day1.mp4") in text
    assert "Put the video beside the labels file" in text


def test_missing_images_are_counted() -> None:
    text = str(missing(Video(["/gone/a.png", "/gone/b.png", "/gone/c.png"])))
    assert "'/gone/a.png' (and 2 more of 3 images)" in text
    assert "list of images is empty" in str(missing(Video([])))


def test_odd_names_are_not_errors(tmp_path: Path) -> None:
    for name in ("", "a" * 5000, "x\0y.mp4", "."):
        found = find_file(name, [tmp_path])
        assert found is None or found.is_dir()


def test_each_place_is_named_once(tmp_path: Path) -> None:
    named = list(places("b/a.mp4", [tmp_path, tmp_path]))
    assert len(named) == len(set(named))
    assert named[0] == Path("b/a.mp4")
    assert os.fspath(named[-1]).endswith("a.mp4")


def test_the_folder_of_the_labels_file_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    import sleap
    from sleap.video.writer import VideoWriter

    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    with VideoWriter(tmp_path / "clip.mp4", fps=10) as writer:
        writer.write(np.zeros((32, 32, 1), np.uint8))
    video = sleap.Video("C:\\lab\\clip.mp4")
    sleap.Labels([sleap.LabeledFrame(video, 0)]).save(tmp_path / "labels.slp")
    labels = sleap.load_file(tmp_path / "labels.slp")
    assert labels.video.filename == "C:\\lab\\clip.mp4"
    with sleap.open_video(labels.video) as reader:
        assert reader.n_frames == 1
