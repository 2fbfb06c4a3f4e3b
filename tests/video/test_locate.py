import os
import time
from pathlib import Path

import pytest

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import open_video, prefixes
from sleap.video.locate import common_folder, find_file, find_video, missing, search_video


@pytest.fixture(autouse=True)
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLEAP_CONFIG", str(tmp_path / "config"))


def touch(path: Path, size: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def read_from(folder: Path, filename: str | list[str], **noted: str) -> Video:
    """Describe a video as read from a labels file in a folder."""
    return Video(filename, metadata={"search": [str(folder)], "recording": noted})


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
    assert "Find Missing Videos…" in text and "`sleap-convert --video-prefix OLD=NEW`" in text


def test_missing_images_are_counted() -> None:
    text = str(missing(Video(["/gone/a.png", "/gone/b.png", "/gone/c.png"])))
    assert "'/gone/a.png' (and 2 more of 3 images)" in text
    assert "list of images is empty" in str(missing(Video([])))


def test_odd_names_are_not_errors(tmp_path: Path) -> None:
    for name in ("", "a" * 5000, "x\0y.mp4", "."):
        found = find_file(name, [tmp_path])
        assert found is None or found.is_dir()


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


def test_the_order_of_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, here, gone = tmp_path / "project", tmp_path / "here", tmp_path / "gone"
    here.mkdir()
    monkeypatch.chdir(here)
    prefixes.remember(prefixes.Prefix(str(gone), str(tmp_path / "mapped")))
    video = read_from(project, str(gone / "v" / "x.mp4"), relative="../videos/x.mp4")
    expected = [
        (tmp_path / "videos" / "x.mp4", "relative to the project"),
        (gone / "v" / "x.mp4", "as stored"),
        (project / "v" / "x.mp4", "beside the project"),
        (project / "x.mp4", "beside the project"),
        (tmp_path / "mapped" / "v" / "x.mp4", f"the prefix {gone}={tmp_path / 'mapped'}"),
        (here / "v" / "x.mp4", "in the working directory"),
    ]
    for path, _ in expected:
        touch(path)
    for path, rule in expected:
        found = search_video(video)
        assert found is not None
        assert (found.location, found.rule) == (path, rule)
        path.unlink()
    assert search_video(video) is None


def test_a_relative_path_counts_from_the_project_before_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, project = tmp_path / "here", tmp_path / "project"
    monkeypatch.chdir(touch(here / "v" / "x.mp4").parent.parent)
    video = read_from(project, "v/x.mp4")
    assert find_video(video) == here / "v" / "x.mp4"
    touch(project / "v" / "x.mp4")
    assert find_video(video) == project / "v" / "x.mp4"
    assert find_video(Video("v/x.mp4")) == here / "v" / "x.mp4"


def test_the_absolute_path_noted_is_tried(tmp_path: Path) -> None:
    there = touch(tmp_path / "disk" / "x.mp4")
    video = read_from(tmp_path / "project", "v/x.mp4", absolute=str(there))
    assert find_video(video) == there


def test_a_file_of_the_size_of_the_recording_is_preferred(tmp_path: Path) -> None:
    project = tmp_path / "project"
    wrong, right = touch(project / "v" / "x.mp4", 5), touch(project / "x.mp4", 7)
    video = read_from(project, "v/x.mp4")
    assert find_video(video) == wrong
    video.fingerprint = "1:7:00"
    assert find_video(video) == right
    right.unlink()
    assert find_video(video) == wrong


@pytest.mark.skipif(os.name == "nt", reason="a backslash parts folders on Windows")
def test_a_backslash_may_belong_to_a_name(tmp_path: Path) -> None:
    odd = touch(tmp_path / "a\\b.mp4")
    assert find_file("a\\b.mp4", [tmp_path]) == odd


@pytest.mark.parametrize("name", ["with space.mp4", "x=y;z.mp4", "ünï.mp4", "100%.mp4", "-x.mp4"])
def test_any_characters(name: str, tmp_path: Path) -> None:
    expected = touch(tmp_path / "a folder" / name)
    assert find_file(f"C:\\a folder\\{name}", [tmp_path]) == expected


def test_links_are_followed(tmp_path: Path) -> None:
    there = touch(tmp_path / "disk" / "x.mp4")
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "videos").symlink_to(there.parent, target_is_directory=True)
    found = find_file("videos/x.mp4", [tmp_path / "p"])
    assert found is not None and found.samefile(there)
    (tmp_path / "p" / "y.mp4").symlink_to(tmp_path / "none.mp4")
    assert find_file("y.mp4", [tmp_path / "p"]) is None


def test_other_spelling_is_the_last_resort(tmp_path: Path) -> None:
    there = touch(tmp_path / "Videos" / "Be\u0301be\u0301.MP4")
    video = read_from(tmp_path, "videos/b\u00e9b\u00e9.mp4")
    found = search_video(video)
    assert found is not None and isinstance(found.location, Path)
    assert found.location.samefile(there)


def test_images_of_many_folders_and_spellings(tmp_path: Path) -> None:
    names = [f"C:\\set\\{camera}\\{i}.png" for camera in "ab" for i in range(20)]
    expected = [touch(tmp_path / "set" / camera / f"{i}.png") for camera in "ab" for i in range(20)]
    assert find_video(Video(names), [tmp_path]) == expected
    expected[5].rename(tmp_path / "set" / "a" / "5.PNG")
    found = find_video(Video(names), [tmp_path])
    assert isinstance(found, list)
    assert found[5].exists() and found[:5] == expected[:5]


def test_noted_paths_of_images_are_of_the_folder_they_share(tmp_path: Path) -> None:
    names = [f"/gone/set/{camera}/{i}.png" for camera in "ab" for i in range(3)]
    expected = [touch(tmp_path / "new" / camera / f"{i}.png") for camera in "ab" for i in range(3)]
    video = read_from(tmp_path / "p", names, relative="../new")
    assert find_video(video) == expected
    video = read_from(tmp_path / "p", names, absolute=str(tmp_path / "new"))
    assert find_video(video) == expected


def test_the_folder_that_images_share() -> None:
    assert common_folder(["/a/b/1.png", "/a/c/1.png"]) == "/a"
    assert common_folder(["/a/b/1.png", "/a/b/2.png"]) == "/a/b"
    assert common_folder(["C:\\a\\1.png", "C:\\ab\\1.png"]) == "C:"
    assert common_folder(["1.png", "a/2.png"]) == common_folder([]) == ""


def test_a_hundred_thousand_images_are_found_in_seconds(tmp_path: Path) -> None:
    names = [f"/gone/set/img{i}.png" for i in range(100_000)]
    folder = touch(tmp_path / "set" / "img0.png").parent
    for i in range(1, 3000):
        (folder / f"img{i}.png").touch()
    begin = time.perf_counter()
    assert find_video(Video(names[:3000]), [tmp_path]) is not None
    assert find_video(Video(names), [tmp_path]) is None
    text = str(missing(Video(names), [tmp_path]))
    assert time.perf_counter() - begin < 5
    assert "img3000.png' (and 96999 more of 100000 images)" in text
