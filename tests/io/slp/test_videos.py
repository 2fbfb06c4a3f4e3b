import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io.slp import videos
from sleap.io.slp.read import read
from sleap.io.slp.write import write

HERE = Path("labels.slp")

MEDIA = {
    "filename": "clips\\a.mp4",
    "grayscale": True,
    "bgr": True,
    "dataset": "",
    "input_format": "",
}
HDF5 = {
    "filename": "box.h5",
    "dataset": "/box",
    "input_format": "channels_first",
    "convert_range": True,
}
IMAGES = {
    "filename": "im/0.png",
    "filenames": ["im/0.png", "im/1.png"],
    "height_": 3,
    "width_": 4,
    "channels_": 1,
    "grayscale": False,
    "caching": True,
}
NEWER = {
    "type": "MediaVideo",
    "shape": [9, 3, 4, 1],
    "filename": "a.mp4",
    "grayscale": True,
    "bgr": True,
    "dataset": "",
    "input_format": "",
    "fps": 25.0,
}


@pytest.mark.parametrize(
    "item",
    [
        {"backend": MEDIA},
        {"backend": HDF5},
        {"backend": IMAGES},
        {"backend": NEWER},
        {"backend": {"filename": "array.npy"}},
        {"backend": {"filename": "folder/metadata.yaml", "index_by_original": True}},
        {"backend": {**MEDIA, "grayscale": None}, "crop": [1, 2]},
    ],
)
def test_every_kind_is_written_back_as_it_was(item: dict[str, Any]) -> None:
    assert videos.encode(videos.decode(item, HERE)) == item


def test_what_is_said_is_understood() -> None:
    media = videos.decode({"backend": MEDIA}, HERE)
    assert (media.filename, media.grayscale, media.shape) == ("clips\\a.mp4", True, None)
    assert (media.dataset, media.input_format) == (None, None)
    hdf5 = videos.decode({"backend": HDF5}, HERE)
    assert (hdf5.dataset, hdf5.input_format) == ("/box", "channels_first")
    assert not hdf5.is_embedded
    images = videos.decode({"backend": IMAGES}, HERE)
    assert images.filename == ["im/0.png", "im/1.png"]
    assert images.shape == (2, 3, 4, 1)
    newer = videos.decode({"filename": "a.mp4", "backend": NEWER}, HERE)
    assert newer.shape == (9, 3, 4, 1)


def test_names_beside_the_backend_are_understood() -> None:
    assert videos.decode({"filename": "a.mp4"}, HERE).filename == "a.mp4"
    listed = videos.decode({"filename": ["a.png", "b.png"], "backend": {}}, HERE)
    assert listed.filename == ["a.png", "b.png"]
    one = videos.decode({"filename": ["a.png"], "backend": {"filename": "a.png"}}, HERE)
    assert one.filename == ["a.png"]


@pytest.mark.parametrize("item", [None, 3, {}, {"backend": None}, {"backend": {"filename": 3}}])
def test_what_is_no_video_is_refused(item: Any) -> None:
    with pytest.raises(FormatError, match="video"):
        videos.decode(item, HERE)


def test_sources_in_a_circle_of_text_end() -> None:
    item: dict[str, Any] = {"filename": "a.mp4"}
    for _ in range(50):
        item = {"filename": "a.mp4", "source_video": item}
    with pytest.raises(FormatError):
        videos.decode(item, HERE)


def test_a_new_video_is_written_as_the_original_does() -> None:
    assert videos.encode(Video("a.mp4", grayscale=True)) == {
        "backend": {
            "filename": "a.mp4",
            "grayscale": True,
            "bgr": True,
            "dataset": "",
            "input_format": "",
        }
    }
    assert videos.encode(Video("a.h5", dataset="box", input_format="channels_last")) == {
        "backend": {
            "filename": "a.h5",
            "dataset": "box",
            "input_format": "channels_last",
            "convert_range": False,
        }
    }
    assert videos.encode(Video("a.npy")) == {"backend": {"filename": "a.npy"}}
    images = videos.encode(Video(["a.png", "b.png"], shape=(2, 3, 4, 1)))["backend"]
    assert images["filenames"] == ["a.png", "b.png"]
    assert (images["height_"], images["width_"], images["channels_"]) == (3, 4, 1)


def test_a_changed_video_is_written_changed() -> None:
    video = videos.decode({"backend": NEWER}, HERE)
    video.filename, video.grayscale, video.shape = "b.mp4", False, (8, 3, 4, 3)
    backend = videos.encode(video)["backend"]
    assert (backend["filename"], backend["grayscale"]) == ("b.mp4", False)
    assert backend["shape"] == [8, 3, 4, 3]
    assert backend["fps"] == 25.0


def test_folders_to_search_are_remembered_and_not_written(tmp_path: Path) -> None:
    item = {"backend": MEDIA, "source_video": {"backend": NEWER}}
    video = videos.decode(item, HERE)
    videos.remember_search(video, [tmp_path])
    assert video.source is not None
    assert videos.search_folders(video) == videos.search_folders(video.source) == [tmp_path]
    assert videos.encode(video) == item
    assert videos.search_folders(Video("a.mp4")) == []


def test_real_packages_say_what_they_hold(data_dir: Path) -> None:
    path = data_dir / "flies13" / "val.pkg.slp"
    video = read(path).video
    assert (video.filename, video.dataset) == (str(path), "video0/video")
    assert video.is_embedded
    assert video.shape == (16, 1024, 1024, 1)
    assert video.frame_numbers is not None
    assert video.frame_numbers.min() >= 920
    assert video.source is not None
    assert (video.source.filename, video.source.shape) == ("flies13.mp4", (1350, 1024, 1024, 1))
    assert videos.search_folders(video)[0] == path.parent


def test_the_source_beside_the_images_is_found(tmp_path: Path) -> None:
    path = tmp_path / "old.pkg.slp"
    backend = {"filename": ".", "dataset": "video0/video", "input_format": "channels_last"}
    with h5py.File(path, "w") as file:
        images = file.create_dataset("video0/video", (2,), dtype=h5py.vlen_dtype(np.int8))
        images.attrs.update({"format": "png", "height": 3, "width": 4, "channels": 1})
        file["video0/frame_numbers"] = [5, 9]
        file.create_group("video0/source_video").attrs["json"] = json.dumps({"backend": MEDIA})
        video = videos.decode({"backend": backend}, path, file)
        assert video.shape == (2, 3, 4, 1)
        assert video.frame_numbers is not None
        assert video.frame_numbers.tolist() == [5, 9]
        assert video.source is not None
        assert video.source.filename == "clips\\a.mp4"
        del file["video0/frame_numbers"]
        file["video0/frame_numbers"] = [5]
        with pytest.raises(FormatError, match="2 images and 1 frame numbers"):
            videos.decode({"backend": backend}, path, file)
        del file["video0"]
        with pytest.raises(FormatError, match="not in the file"):
            videos.decode({"backend": backend}, path, file)


def test_sleap_io_understands_every_kind(
    tmp_path: Path, load_with_sleap_io: Callable[[Path], Any]
) -> None:
    listed = [
        Video("a.mp4", shape=(9, 3, 4, 1), grayscale=True),
        Video("a.h5", dataset="box", input_format="channels_first"),
        Video(["im/a.png", "im/b.png"], shape=(2, 3, 4, 3)),
    ]
    write(Labels(videos=listed), tmp_path / "a.slp")
    theirs = load_with_sleap_io(tmp_path / "a.slp").videos
    assert [Path(video.filename).name for video in theirs[:2]] == ["a.mp4", "a.h5"]
    assert theirs[1].backend_metadata["dataset"] == "box"
    assert theirs[2].filename == ["im/a.png", "im/b.png"]
    assert theirs[0].backend_metadata["shape"] == [9, 3, 4, 1]
