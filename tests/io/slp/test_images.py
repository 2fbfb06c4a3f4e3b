from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.io.slp import spec
from sleap.io.slp.images import write_images, write_placeholder
from sleap.io.slp.origin import find_origin
from sleap.video.encode import decode_image, encode_image


@pytest.fixture
def video(tmp_path: Path) -> Video:
    images = np.random.default_rng(0).integers(0, 255, (9, 8, 10, 1), dtype=np.uint8)
    np.save(tmp_path / "a.npy", images)
    return Video(str(tmp_path / "a.npy"), shape=images.shape)


@pytest.mark.parametrize("encoding", ["png", "jpg", "raw"])
def test_images_are_written_in_order_and_counted(
    video: Video, tmp_path: Path, encoding: Any
) -> None:
    n_calls = 0

    def advance() -> None:
        nonlocal n_calls
        n_calls += 1

    indices = np.array([1, 2, 5, 8])
    with h5py.File(tmp_path / "a.h5", "w") as file:
        origin = find_origin(video)
        n_copied = write_images(
            origin, indices, file.create_group("video0"), encoding, 100, advance
        )
        assert n_copied == 0
        assert n_calls == 4
        assert file["video0/frame_numbers"][()].tolist() == [1, 2, 5, 8]
        dataset = file["video0/video"]
        assert dataset.shape[0] == 4
        assert all(len(dataset[row]) for row in range(4))
        # Readers take any dataset with this attribute for encoded images, whatever it says.
        assert dataset.attrs.get("format", "raw") == encoding
        if encoding == "raw":
            assert dataset.chunks == (1, 8, 10, 1)
            np.testing.assert_array_equal(dataset[3], np.load(video.filename)[8])


def test_raw_images_of_several_sizes_are_refused(tmp_path: Path) -> None:
    names = []
    for size in (8, 12):
        names.append(str(tmp_path / f"{size}.png"))
        pixels = np.full((size, 10, 1), size, np.uint8)
        Path(names[-1]).write_bytes(encode_image(pixels, "png"))
    with (
        h5py.File(tmp_path / "a.h5", "w") as file,
        pytest.raises(VideoError, match=r"size|shape|pixels"),
    ):
        origin = find_origin(Video(names))
        write_images(origin, np.arange(2), file.create_group("video0"), "raw", 95, lambda: None)


def test_what_advance_raises_ends_the_job(video: Video, tmp_path: Path) -> None:
    def advance() -> None:
        raise KeyboardInterrupt

    with h5py.File(tmp_path / "a.h5", "w") as file, pytest.raises(KeyboardInterrupt):
        origin = find_origin(video)
        write_images(origin, np.arange(9), file.create_group("video0"), "png", 95, advance)


def test_a_placeholder_is_an_image_of_one_pixel_and_no_frame(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        group = file.create_group("video3")
        write_placeholder(group)
        assert spec.is_placeholder(group["video"])
        assert group["frame_numbers"].shape == (0,)
        assert decode_image(group["video"][0]).shape == (1, 1, 1)


@pytest.mark.parametrize("n_workers", [1, 3])
def test_the_order_is_kept_by_any_number_of_threads(
    video: Video, tmp_path: Path, n_workers: int
) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        group = file.create_group("video0")
        indices = np.arange(9)
        write_images(
            find_origin(video), indices, group, "png", 95, lambda: None, n_workers=n_workers
        )
        images = [decode_image(group["video"][row]) for row in range(9)]
    np.testing.assert_array_equal(np.stack(images), np.load(str(video.filename)))
