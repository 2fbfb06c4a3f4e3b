import os
import shutil
import time
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.video import fingerprint
from sleap.video.fingerprint import of_dataset, of_file, of_images, of_location, size_of

RANDOM = np.random.default_rng(1)


def write(path: Path, n_bytes: int) -> Path:
    path.write_bytes(RANDOM.bytes(n_bytes))
    return path


def test_the_text_is_fixed_for_ever(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"abc")
    (tmp_path / "large").write_bytes(np.arange(2**18, dtype="<u4").tobytes())
    assert of_file(tmp_path / "small") == "1:3:2d1a9a96b48d7666ebc68562d3ca5a4a"
    assert of_file(tmp_path / "large") == "1:1048576:4890238fcafc5bff82ae75b35d35a4d3"
    assert of_images([tmp_path / "small"]) == "1:1:373507ed28624fb312e80a7151fedb3d"
    with h5py.File(tmp_path / "a.h5", "w") as file:
        pixels = np.arange(24, dtype=">f4").reshape(2, 3, 4)
        assert (
            of_dataset(file.create_dataset("a", data=pixels))
            == "1:96:c3b7a205c5e583bc64cae990cfaf7f7f"
        )


@pytest.mark.parametrize("n_bytes", [0, 10, fingerprint.WHOLE, fingerprint.WHOLE + 1, 3_000_000])
def test_copies_have_the_fingerprint_of_the_original(n_bytes: int, tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", n_bytes)
    copy = tmp_path / "other name.avi"
    shutil.copyfile(path, copy)
    os.utime(copy, (0, 0))
    assert of_file(copy) == of_file(path)
    assert size_of(of_file(path)) == n_bytes


@pytest.mark.parametrize("place", [0, 1_000_000, -1])
def test_a_change_in_a_block_is_seen(place: int, tmp_path: Path) -> None:
    data = bytearray(RANDOM.bytes(7 * 1_000_000 + fingerprint.BLOCK))
    path = tmp_path / "a"
    path.write_bytes(data)
    before = of_file(path)
    data[place] ^= 1
    path.write_bytes(data)
    assert of_file(path) != before


def test_a_file_of_ten_gigabytes_costs_milliseconds(tmp_path: Path) -> None:
    path = tmp_path / "long.mp4"
    with path.open("wb") as file:
        file.truncate(10 * 2**30)
    start = time.perf_counter()
    assert size_of(of_file(path)) == 10 * 2**30
    assert time.perf_counter() - start < 0.5


def test_images_are_told_by_content_and_number(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{number}.png", 1000) for number in range(30)]
    moved = tmp_path / "moved"
    moved.mkdir()
    copies = [Path(shutil.copy(path, moved / f"im{path.name}")) for path in paths]
    assert of_images(copies) == of_images(paths) == of_location(paths)
    assert of_images(paths[:-1]) != of_images(paths)
    assert size_of(of_images(paths)) == 30
    write(paths[-1], 1000)
    assert of_images(copies) != of_images(paths)
    paths[0].unlink()
    assert of_images(paths) is None and of_images([]) is None


def test_a_dataset_is_told_by_its_pixels(tmp_path: Path) -> None:
    pixels = RANDOM.integers(0, 255, (20, 6, 8, 1)).astype(np.uint8)
    other = pixels.copy()
    other[-1, 3, 3] ^= 1
    with h5py.File(tmp_path / "a.h5", "w") as file:
        one = file.create_dataset("box", data=pixels)
        packed = file.create_dataset("packed", data=pixels, chunks=(1, 6, 8, 1), compression="gzip")
        changed = file.create_dataset("other", data=other)
        longer = file.create_dataset("longer", data=pixels[:19])
        assert of_dataset(one) == of_dataset(packed)
        assert size_of(of_dataset(one)) == pixels.size
        assert len({of_dataset(one), of_dataset(changed), of_dataset(longer)}) == 3
        assert of_dataset(file.create_dataset("none", shape=(0, 3))) is None
        assert of_dataset(file.create_dataset("text", data=[b"a"])) is None


def test_what_is_no_ordinary_file_has_none(tmp_path: Path) -> None:
    assert of_file(tmp_path) is None
    assert of_file(tmp_path / "none") is None
    assert of_file(Path(os.devnull)) is None
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert of_file(tmp_path / "pipe") is None
        assert of_images([tmp_path / "pipe"]) is None


def test_sizes_of_other_texts_are_not_known() -> None:
    assert size_of(None) is None
    assert size_of("2:33:ab") is None
    assert size_of("nonsense") is None
    assert size_of("1::") is None
