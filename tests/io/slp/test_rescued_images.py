from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.io.slp import damaged
from sleap.io.slp.pieces import Pieces
from sleap.io.slp.rescued_images import is_whole, rescue
from sleap.video.encode import encode_image


def image(seed: int, encoding: str = "png") -> np.ndarray:
    pixels = np.random.default_rng(seed).integers(0, 256, (8, 10, 1), np.uint8)
    return np.frombuffer(encode_image(pixels, encoding), np.int8)


@pytest.mark.parametrize("encoding", ["png", "jpg"])
def test_whole_images_are_told_from_damaged_ones(encoding: str) -> None:
    whole = image(0, encoding)
    assert is_whole(whole)
    assert is_whole(np.concatenate([whole, np.zeros(20, np.int8)]))
    for end in (0, 1, 20, len(whole) - 1):
        assert not is_whole(whole[:end])
    assert not is_whole(np.zeros_like(whole))
    damaged_image = whole.copy()
    damaged_image[len(whole) // 2] ^= 1
    assert is_whole(damaged_image) == (encoding == "jpg")  # JPEG has no checksum
    assert is_whole(np.zeros((4, 4, 1), np.uint8))


@pytest.mark.parametrize("is_padded", [True, False])
def test_whole_images_are_written_with_their_numbers(tmp_path: Path, is_padded: bool) -> None:
    images = [image(seed) for seed in range(5)]
    images[2] = images[2][:30]
    path = tmp_path / "a.pkg.slp"
    with h5py.File(path, "w") as file:
        file.create_group("metadata")
        if is_padded:
            size = max(len(one) for one in images)
            data = np.zeros((5, size), np.int8)
            for row, one in enumerate(images):
                data[row, : len(one)] = one
            dataset = file.create_dataset("video0/video", data=data)
        else:
            dataset = file.create_dataset("video0/video", (5,), h5py.vlen_dtype(np.int8))
            for row, one in enumerate(images):
                dataset[row] = one
        dataset.attrs["format"] = "png"
        file["video0/frame_numbers"] = np.arange(5) * 10
        file.create_group("video0/source_video").attrs["json"] = (
            '{"backend": {"filename": "a.mp4"}}'
        )
    with damaged.opened(path) as (data, file):
        found = rescue(Pieces(data, file, lambda name: None), "video0/video", np.arange(0))
        assert found is not None
        assert found.n_lost == 1
        assert found.numbers.tolist() == [0, 10, 30, 40]
        assert found.source == {"backend": {"filename": "a.mp4"}}
        with h5py.File(tmp_path / "new.h5", "w") as new:
            found.write(new.create_group("video0"))
    with h5py.File(tmp_path / "new.h5") as new:
        assert new["video0/frame_numbers"][()].tolist() == [0, 10, 30, 40]
        assert new["video0/video"].attrs["format"] == "png"
        for row, expected in enumerate([images[0], images[1], images[3], images[4]]):
            assert new["video0/video"][row].tobytes().rstrip(b"\0") == expected.tobytes()


def test_lost_numbers_come_from_the_labeled_frames(tmp_path: Path) -> None:
    path = tmp_path / "a.pkg.slp"
    with h5py.File(path, "w") as file:
        file.create_group("metadata")
        dataset = file.create_dataset("video0/video", (2,), h5py.vlen_dtype(np.int8))
        dataset[0], dataset[1] = image(0), image(1)
    with damaged.opened(path) as (data, file):
        pieces = Pieces(data, file, lambda name: None)
        found = rescue(pieces, "video0/video", np.array([3, 7]))
        assert found is not None
        assert found.numbers.tolist() == [3, 7]
        unknown = rescue(pieces, "video0/video", np.array([3]))
        assert unknown is not None
        assert unknown.n_lost == 2
        assert rescue(pieces, "video1/video", np.array([3])) is None
