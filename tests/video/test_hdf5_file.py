from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.errors import VideoError
from sleap.hdf5.objects import CheckedFile
from sleap.video import open_video
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
def file(tmp_path: Path) -> Iterator[CheckedFile]:
    with h5py.File(tmp_path / "a.h5", "w") as made:
        made["group/video"] = np.zeros((4, 5, 6))
        made["flat"] = np.zeros(3)
        images = made.create_dataset("images", (2,), dtype=h5py.vlen_dtype(np.int8))
        images.attrs["format"] = np.bytes_("png")
        made["elsewhere"] = h5py.ExternalLink("other.h5", "/a")
        made["circle"] = h5py.SoftLink("/circle")
        layout = h5py.VirtualLayout((4, 5, 6), "f8")
        layout[:] = h5py.VirtualSource("other.h5", "a", (4, 5, 6))
        made.create_virtual_dataset("virtual", layout)
    with open_file(tmp_path / "a.h5") as opened:
        yield opened


def test_datasets_that_may_be_videos(file: CheckedFile) -> None:
    assert video_datasets(file) == ["group/video", "images"]
    assert is_encoded(file["images"]) and encoding(file["images"]) == "png"
    assert not is_encoded(file["group/video"])


def test_a_group_stands_for_the_video_in_it(file: CheckedFile) -> None:
    assert find_dataset(file, "group", path=Path("a.h5")).name == "/group/video"
    with pytest.raises(VideoError, match=r"'a\.h5' has no dataset 'grup'"):
        find_dataset(file, "grup", path=Path("a.h5"))


@pytest.mark.parametrize("name", ["elsewhere", "circle", "virtual"])
def test_what_leads_out_of_the_file_is_refused(file: CheckedFile, name: str) -> None:
    with pytest.raises(VideoError, match=r"leads out of the file|in another file"):
        find_dataset(file, name, path=Path("a.h5"))


def test_a_frame_that_claims_more_than_its_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.h5"
    with h5py.File(path, "w") as made:
        made.create_dataset("v", (3, 20_000, 20_000), "u1", chunks=(1, 2000, 2000))
    with pytest.raises(VideoError, match="claims"):
        open_video(path)


def test_names_of_files(tmp_path: Path) -> None:
    assert is_hdf5(Path("a.SLP")) and is_hdf5(Path("a.h5")) and not is_hdf5(Path("a.mp4"))
    assert text(b"png") == text("png") == "png"
    with pytest.raises(VideoError, match="Check that it was copied whole"):
        open_file(tmp_path / "none.h5")
