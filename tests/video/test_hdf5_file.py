from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.errors import VideoError
from sleap.video.hdf5_file import (
    encoding,
    find_dataset,
    is_encoded,
    is_hdf5,
    open_file,
    text,
    video_datasets,
)


@pytest.fixture
def file(tmp_path: Path) -> h5py.File:
    with h5py.File(tmp_path / "a.h5", "w") as made:
        made["group/video"] = np.zeros((4, 5, 6))
        made["flat"] = np.zeros(3)
        images = made.create_dataset("images", (2,), dtype=h5py.vlen_dtype(np.int8))
        images.attrs["format"] = np.bytes_("png")
        yield made


def test_datasets_that_may_be_videos(file: h5py.File) -> None:
    assert video_datasets(file) == ["group/video", "images"]
    assert is_encoded(file["images"]) and encoding(file["images"]) == "png"
    assert not is_encoded(file["group/video"])


def test_a_group_stands_for_the_video_in_it(file: h5py.File) -> None:
    assert find_dataset(file, "group", path=Path("a.h5")).name == "/group/video"
    with pytest.raises(VideoError, match=r"'a\.h5' has no dataset 'grup'"):
        find_dataset(file, "grup", path=Path("a.h5"))


def test_names_of_files(tmp_path: Path) -> None:
    assert is_hdf5(Path("a.SLP")) and is_hdf5(Path("a.h5")) and not is_hdf5(Path("a.mp4"))
    assert text(b"png") == text("png") == "png"
    with pytest.raises(VideoError, match="Check that it was copied whole"):
        open_file(tmp_path / "none.h5")
