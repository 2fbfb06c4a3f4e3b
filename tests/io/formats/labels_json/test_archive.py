import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import FormatError, VideoError
from sleap.io.files import load_file, save_file
from sleap.io.formats.labels_json import archive
from sleap.video.opening import open_video

FRAMES = [3, 1, 7]


@pytest.fixture
def frames(tmp_path: Path) -> npt.NDArray[np.uint8]:
    """Ten frames of noise in colour, in ``noise.npy`` beside the labels."""
    pixels = np.random.default_rng(0).integers(0, 255, (10, 8, 12, 3), np.uint8)
    np.save(tmp_path / "noise.npy", pixels)
    return pixels


@pytest.fixture
def project(tmp_path: Path, frames: npt.NDArray[np.uint8]) -> Labels:
    """Three labeled frames of the noise, and a video that nobody has."""
    videos = [Video("gone.mp4"), Video(str(tmp_path / "noise.npy"))]
    skeleton = Skeleton(["a"])
    labeled = [LabeledFrame(videos[1], index, [Instance(skeleton, [[1, 2]])]) for index in FRAMES]
    return Labels(labeled, videos=videos)


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def test_labels_go_there_and_back(
    labels: Labels, tmp_path: Path, assert_same: Callable[[Labels, Labels], None]
) -> None:
    save_file(labels, tmp_path / "a.json.zip")
    assert zipfile.ZipFile(tmp_path / "a.json.zip").namelist() == ["a.json"]
    assert_same(load_file(tmp_path / "a.json.zip"), labels)


def test_images_are_stored_and_read_from_the_zip(
    project: Labels, tmp_path: Path, frames: npt.NDArray[np.uint8]
) -> None:
    path = tmp_path / "a.json.zip"
    archive.write(project, path, embed=True)
    (tmp_path / "noise.npy").unlink()
    labels = load_file(path)
    gone, video = labels.videos
    assert gone.filename == "gone.mp4"
    assert (video.filename, video.dataset) == (str(path), "frame_data_vid1")
    with open_video(video) as reader:
        assert reader.frame_indices.tolist() == sorted(FRAMES)
        for index in FRAMES:
            np.testing.assert_array_equal(reader.read(index), frames[index])
        with pytest.raises(VideoError, match="no image of frame 0"):
            reader.read(0)
    assert sorted(path.parent.iterdir()) == [path]


def test_images_come_along_when_a_zip_is_saved(
    project: Labels, tmp_path: Path, frames: npt.NDArray[np.uint8]
) -> None:
    first, second = tmp_path / "a.json.zip", tmp_path / "b.json.zip"
    archive.write(project, first, embed=True)
    save_file(load_file(first), second)
    first.unlink()
    save_file(load_file(second), second)
    with open_video(load_file(second).videos[1]) as reader:
        np.testing.assert_array_equal(reader.read(7), frames[7])


def test_images_of_several_zips_keep_apart(project: Labels, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.json.zip" for name in "ab"]
    for path in paths:
        archive.write(project, path, embed=True)
    listed = [load_file(path).videos[1] for path in paths]
    save_file(Labels(videos=listed), tmp_path / "c.json.zip")
    both = load_file(tmp_path / "c.json.zip").videos
    assert [video.dataset for video in both] == ["frame_data_vid0", "frame_data_vid1"]


def test_a_project_in_another_format_refers_to_the_zip(
    project: Labels, tmp_path: Path, frames: npt.NDArray[np.uint8]
) -> None:
    archive.write(project, tmp_path / "a.json.zip", embed=True)
    for name in ("b.slp", "b.json"):
        save_file(load_file(tmp_path / "a.json.zip"), tmp_path / name)
        with open_video(load_file(tmp_path / name).videos[1]) as reader:
            np.testing.assert_array_equal(reader.read(3), frames[3])


def test_a_store_as_it_was_first_written_is_read(tmp_path: Path) -> None:
    image = np.zeros((4, 6, 3), np.uint8)
    image[..., 0] = 200
    # An RGB array, given to a program that takes BGR.
    png = cv2.imencode(".png", image)[1].tobytes()
    index = "frame_number:\n- 12\nframe_time:\n- 0.5\n"
    members = {
        "frame_data_vid0/metadata.yaml": "__store:\n  format: png\n  imgshape: [4, 6, 3]\n",
        "frame_data_vid0/000000/index.yaml": index,
        "frame_data_vid0/000000/000000.png": png,
        "old.json": json.dumps(
            {
                "skeletons": [],
                "videos": [{"backend": {"filename": "/tmp/x\\frame_data_vid0\\metadata.yaml"}}],
                "labels": [],
            }
        ),
    }
    labels = load_file(zipped(tmp_path / "old.zip", members))
    with open_video(labels.video) as reader:
        np.testing.assert_array_equal(reader.read(12), image)


def test_names_that_lead_elsewhere_are_never_followed(tmp_path: Path) -> None:
    evil = {
        "../evil.txt": "x",
        "/tmp/evil.txt": "x",
        "frame_data_vid0/../../evil.png": "x",
        "frame_data_vid0/metadata.yaml": "__store: {format: png}",
        "frame_data_vid0/000000/index.json": '{"frame_number": ["../../evil"]}',
        "a.json": '{"skeletons":[],"labels":[],"videos":[{"filename":"frame_data_vid0"}]}',
    }
    folder = tmp_path / "inner"
    folder.mkdir()
    path = zipped(folder / "a.json.zip", evil)
    labels = load_file(path)
    with pytest.raises(VideoError, match="list of whole numbers"):
        open_video(labels.video)
    save_file(labels, folder / "b.json.zip")
    assert "frame_data_vid0/../../evil.png" not in zipfile.ZipFile(folder / "b.json.zip").namelist()
    assert sorted(item.name for item in tmp_path.rglob("*")) == [
        "a.json.zip",
        "b.json.zip",
        "inner",
    ]


def test_bombs_and_damaged_zips_are_refused(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.json.zip", {"a.json": b"[" * (archive.FREE_SIZE + 1)})
    with pytest.raises(FormatError, match=r"bomb\.json\.zip.*claims"):
        load_file(bomb)
    empty = zipped(tmp_path / "empty.json.zip", {"a.txt": "x"})
    with pytest.raises(FormatError, match="without a JSON file"):
        load_file(empty)
    whole = zipped(tmp_path / "a.json.zip", {"a.json": json.dumps({"labels": []}) * 50})
    data = whole.read_bytes()
    for place in range(4, len(data), 5):
        whole.write_bytes(data[:place] + bytes([data[place] ^ 255]) + data[place + 1 :])
        with pytest.raises(FormatError, match=r"a\.json\.zip"):
            load_file(whole)
    end = data.rindex(b"PK\x01\x02")
    whole.write_bytes(data[: end + 6] + b"\xff" + data[end + 7 :])
    with pytest.raises(FormatError, match=r"a\.json\.zip.*version 25"):
        load_file(whole)
    whole.write_bytes(data[: len(data) // 2])
    with pytest.raises(FormatError, match=r"a\.json\.zip"):
        load_file(whole)
