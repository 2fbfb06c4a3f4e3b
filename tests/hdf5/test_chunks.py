from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.hdf5.files import open_checked
from sleap.hdf5.source import Source
from sleap.hdf5.structure import Structure


def test_chunks_are_where_the_library_finds_them(rich: Path) -> None:
    """All indices: the old tree, the new one, arrays of fixed length and growing ones."""
    n_indices = set()
    with Source(rich) as source, h5py.File(rich) as file:
        for found in Structure(source).objects.values():
            if found.dataset is None or found.dataset.chunks is None:
                continue
            chunks = found.dataset.chunks
            dataset = file[found.name].id
            theirs = {
                (info.chunk_offset, info.byte_offset, info.size, info.filter_mask)
                for info in map(dataset.get_chunk_info, range(dataset.get_num_chunks()))
            }
            ours = zip(
                map(tuple, chunks.offsets.tolist()),
                *map(np.ndarray.tolist, (chunks.places, chunks.sizes, chunks.masks)),
                strict=True,
            )
            assert set(ours) == theirs, found.name
            n_indices.add(found.dataset.layout.index)
    assert n_indices in ({0}, {1, 3, 4, 5})


def test_chunks_over_each_other_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        made = file.create_dataset("a", (8, 1000), "f8", chunks=(1, 1000))
        made[:] = 1
        places = [made.id.get_chunk_info(row).byte_offset for row in range(8)]
    data = path.read_bytes()
    for place in places[1:]:
        data = data.replace(place.to_bytes(8, "little"), places[0].to_bytes(8, "little"))
    path.write_bytes(data[: len(data) // 2].ljust(30_000, b"\0"))
    with pytest.raises((FormatError, OSError)):
        open_checked(path)


def test_a_tree_of_chunks_in_circles_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("a", data=np.arange(1000), chunks=(2,))
    data = bytearray(path.read_bytes())
    place = data.index(b"TREE\1\1")
    child = place + 24 + 24
    data[child : child + 8] = place.to_bytes(8, "little")
    path.write_bytes(data)
    with pytest.raises(FormatError, match="'/a' is damaged"):
        open_checked(path)
