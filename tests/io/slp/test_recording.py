import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.io.files import load_file, save_file
from sleap.io.slp import recording, videos
from sleap.video import load_video, open_video
from sleap.video.encode import encode_image
from sleap.video.locate import find_video, search_video
from sleap.video.writer import VideoWriter


def film(path: Path, n_frames: int = 2) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with VideoWriter(path, fps=10) as writer:
        for number in range(n_frames):
            writer.write(np.full((32, 48, 1), 40 * number, np.uint8))
    return path


def draw(folder: Path, n_images: int) -> list[Path]:
    folder.mkdir(parents=True)
    for number in range(n_images):
        image = np.full((8, 8, 1), number, np.uint8)
        (folder / f"{number}.png").write_bytes(encode_image(image, "png"))
    return [folder / f"{number}.png" for number in range(n_images)]


def entries(path: Path) -> list[dict[str, Any]]:
    with h5py.File(path) as file:
        return [json.loads(item) for item in file["videos_json"][()]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of a video and of a folder of images, both in folders below it."""
    folder = tmp_path / "lab" / "project"
    video = load_video(film(folder / "videos" / "a.mp4"))
    draw(folder / "images", 12)
    images = load_video(folder / "images")
    path = folder / "labels.slp"
    save_file(Labels(videos=[video, images]), path)
    return path


def test_a_project_says_where_its_videos_lie_in_two_ways(project: Path) -> None:
    video, images = entries(project)
    folder = project.parent
    assert video["backend"]["filename"] == str(folder / "videos" / "a.mp4")
    assert video["recording"]["relative"] == "videos/a.mp4"
    assert video["backend"]["shape"] == [2, 32, 48, 1]
    assert video["recording"]["fingerprint"].startswith("1:")
    assert images["recording"]["relative"] == "images"
    assert images["recording"]["fingerprint"].startswith("1:12:")


def test_a_project_that_moves_with_its_videos_finds_them_at_once(
    project: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere" / "copy"
    shutil.copytree(project.parent, moved)
    labels = load_file(moved / project.name)
    found = [search_video(video) for video in labels.videos]
    # Also while the first place is still there, each copy takes its own.
    assert found[0] is not None and found[1] is not None
    assert found[0].location == moved / "videos" / "a.mp4"
    assert isinstance(found[1].location, list)
    assert found[1].location == [moved / "images" / f"{number}.png" for number in range(12)]
    assert found[0].rule == "relative to the project"


def test_labels_saved_elsewhere_keep_their_videos(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "lab" / "other" / "deep" / "labels.slp"
    other.parent.mkdir(parents=True)
    save_file(load_file(project), other)
    assert entries(other)[0]["recording"]["relative"] == "../../project/videos/a.mp4"
    shutil.move(tmp_path / "lab", tmp_path / "disk")
    labels = load_file(tmp_path / "disk" / "other" / "deep" / "labels.slp")
    assert find_video(labels.videos[0]) == tmp_path / "disk" / "project" / "videos" / "a.mp4"
    assert find_video(labels.videos[1]) is not None


def test_a_relative_path_leads_there_from_elsewhere_too(tmp_path: Path) -> None:
    there = film(tmp_path / "project" / "videos" / "a.mp4")
    save_file(Labels(videos=[Video("videos/a.mp4")]), tmp_path / "project" / "labels.slp")
    for opened in (False, True):
        labels = load_file(tmp_path / "project" / "labels.slp")
        if opened:
            open_video(labels.video).close()
        other = tmp_path / f"other{opened}" / "labels.slp"
        other.parent.mkdir()
        save_file(labels, other)
        item = entries(other)[0]
        assert item["backend"]["filename"] == "videos/a.mp4"
        assert item["recording"]["relative"] == "../project/videos/a.mp4"
        assert item["recording"]["absolute"] == there.as_posix()
        assert find_video(load_file(other).video) == there
        film(other.parent / "videos" / "a.mp4", 3)  # of the same name, and not what was meant
        assert find_video(load_file(other).video) == there


def test_what_is_known_is_kept_though_the_videos_are_gone(project: Path) -> None:
    before = entries(project)
    shutil.rmtree(project.parent / "videos")
    shutil.rmtree(project.parent / "images")
    save_file(load_file(project), project)
    assert entries(project) == before
    save_file(load_file(project), project)
    assert entries(project) == before


def test_a_missing_video_keeps_its_place_when_labels_move(tmp_path: Path) -> None:
    video = Video("videos/a.mp4")
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    save_file(Labels(videos=[video]), tmp_path / "one" / "labels.slp")
    assert entries(tmp_path / "one" / "labels.slp")[0].keys() == {"backend"}
    save_file(load_file(tmp_path / "one" / "labels.slp"), tmp_path / "two" / "labels.slp")
    there = film(tmp_path / "one" / "videos" / "a.mp4")  # the disk comes back
    assert find_video(load_file(tmp_path / "two" / "labels.slp").video) == there


def test_saving_in_place_asks_no_disk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = load_file(project)

    def refuse(*args: Any, **options: Any) -> Any:
        raise AssertionError("a disk was asked")

    for name in ("exists", "is_file", "stat", "open"):
        monkeypatch.setattr(Path, name, refuse)
    monkeypatch.setattr("os.listdir", refuse)
    monkeypatch.setattr("os.scandir", refuse)
    for video in labels.videos:
        assert "recording" in videos.encode(video, folder=project.parent)


def test_the_last_place_is_noted_on_the_next_save(project: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.move(project.parent, moved)
    labels = load_file(moved / "labels.slp")
    open_video(labels.video).close()
    save_file(labels, moved / "labels.slp")
    item = entries(moved / "labels.slp")[0]
    assert item["backend"]["filename"] == str(project.parent / "videos" / "a.mp4")
    assert item["recording"]["absolute"] == (moved / "videos" / "a.mp4").as_posix()


def test_a_classic_entry_gains_facts_only_beside_its_backend(tmp_path: Path) -> None:
    film(tmp_path / "clips" / "a.mp4")
    backend = {"filename": "clips\\a.mp4", "grayscale": None, "bgr": True, "dataset": ""}
    video = videos.decode({"backend": backend}, tmp_path / "labels.slp")
    videos.remember_search(video, [tmp_path])
    assert videos.encode(video, folder=tmp_path) == {"backend": backend}
    open_video(video).close()
    item = videos.encode(video, folder=tmp_path)
    assert item["backend"] == backend
    assert item["recording"].keys() == {"absolute", "shape", "fingerprint"}
    assert item["recording"]["shape"] == [2, 32, 48, 1]
    again = videos.decode(item, tmp_path / "labels.slp")
    assert (again.shape, again.fingerprint) == (video.shape, video.fingerprint)
    assert videos.encode(again, folder=tmp_path) == item


@pytest.mark.parametrize(
    "told",
    [
        3,
        [],
        {"relative": 3, "absolute": ["x"]},
        {"relative": "x" * 100_000, "absolute": ""},
        {"shape": [1, 2, 3]},
        {"shape": [1, 2, 3, -1]},
        {"shape": [1, 2, True, 3]},
        {"fingerprint": 3},
        {"fingerprint": "x" * 5000},
    ],
)
def test_what_is_not_as_expected_counts_as_not_told(told: Any) -> None:
    facts = recording.read({"recording": told})
    assert facts == recording.Facts({}, None, None)


def test_paths_of_another_system_are_kept(tmp_path: Path) -> None:
    for name in ("C:\\lab\\a.mp4", "\\\\server\\share\\a.mp4"):
        item = {
            "backend": {"filename": name, "grayscale": None, "bgr": True},
            "recording": {"relative": "videos/a.mp4", "absolute": "D:\\lab\\a.mp4"},
        }
        video = videos.decode(item, tmp_path / "labels.slp")
        videos.remember_search(video, [tmp_path])
        assert videos.encode(video, folder=tmp_path) == item


def test_the_recording_behind_images_of_a_package_is_found_too(project: Path) -> None:
    labels = load_file(project)
    images = labels.videos[1]
    package = Video("x.pkg.slp", source=images, is_embedded=True, dataset="video0/video")
    item = videos.encode(package, dataset="video0/video", folder=project.parent)
    assert "recording" not in item
    assert item["source_video"]["recording"]["relative"] == "images"
    assert item["source_video"]["recording"]["fingerprint"] == images.fingerprint


def test_sleap_io_reads_the_same_and_writes_what_we_read(
    project: Path,
    tmp_path: Path,
    load_with_sleap_io: Callable[[Path], Any],
    save_with_sleap_io: Callable[..., None],
) -> None:
    theirs = load_with_sleap_io(project)
    ours = load_file(project)
    assert [str(video.filename) for video in theirs.videos[:1]] == [ours.video.filename]
    assert list(theirs.videos[1].filename) == ours.videos[1].filename
    assert tuple(theirs.videos[0].backend_metadata["shape"]) == ours.video.shape
    assert "recording" not in theirs.videos[0].backend_metadata
    save_with_sleap_io(theirs, project.parent / "theirs.slp")
    again = load_file(project.parent / "theirs.slp")
    assert find_video(again.videos[0]) == project.parent / "videos" / "a.mp4"
    assert again.videos[0].matches(ours.videos[0])
