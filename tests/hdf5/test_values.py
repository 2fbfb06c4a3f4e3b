import zlib
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.hdf5.files import open_checked


@pytest.mark.parametrize("packed", [{}, {"compression": "gzip", "shuffle": True, "chunks": (7,)}])
def test_texts_that_point_nowhere_are_refused(tmp_path: Path, packed: dict) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        texts = [f"text {number}" for number in range(20)]
        file.create_dataset("a", data=texts, dtype=h5py.string_dtype(), **packed)
    with open_checked(path) as file:
        assert file["a"].asstr()[()].tolist() == texts
        assert file["a"].asstr()[3:5].tolist() == texts[3:5]
        assert np.asarray(file["a"]).tolist() == [text.encode() for text in texts]
    data = bytearray(path.read_bytes())
    data[data.index(b"GCOL")] = 0
    path.write_bytes(data)
    with open_checked(path) as file:
        for read in (lambda: file["a"][()], lambda: np.asarray(file["a"]), lambda: file["a"][2]):
            with pytest.raises(FormatError, match="'/a' cannot be read"):
                read()


def test_rows_that_are_sound_are_read(tmp_path: Path) -> None:
    """A damaged image of a package leaves the others."""
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        images = file.create_dataset("a", (3,), h5py.vlen_dtype(np.int8))
        for row in range(3):
            images[row] = np.full(70_000, row, np.int8)
        place = images.id.get_offset() + 2 * 16 + 4
    data = bytearray(path.read_bytes())
    data[int.from_bytes(data[place : place + 8], "little")] = 0
    path.write_bytes(data)
    with open_checked(path) as file:
        assert file["a"][0].tolist() == [0] * 70_000
        with pytest.raises(FormatError):
            file["a"][2]


def test_a_file_may_claim_so_much_and_not_more(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("a", (1 << 26,), "f8", chunks=(1 << 16,), compression="gzip")
        file.create_dataset("b", (8, 1 << 26), "u1", chunks=(1, 1 << 16))
    with open_checked(path) as file:
        assert not file["a"][:100].any() and not file["b"][3, :100].any()
        assert file["b"][:, :10].shape == (8, 10)
        for name in "ab":
            with pytest.raises(FormatError, match="repack"):
                file[name][()]


def test_a_chunk_that_swells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        made = file.create_dataset("a", (64,), "f8", chunks=(64,), compression="gzip")
        packer = zlib.compressobj(1)
        packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
        made.id.write_direct_chunk((0,), packed)
    with open_checked(path) as file, pytest.raises(FormatError, match="larger than chunks are"):
        file["a"][()]
