from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.tables import POINTS
from sleap.io.files import save_file
from sleap.io.slp.carving import find_tables


@pytest.fixture
def data(labels: Labels, tmp_path: Path) -> bytes:
    save_file(labels, tmp_path / "a.slp")
    return (tmp_path / "a.slp").read_bytes()


def test_tables_are_found_without_an_index(data: bytes, labels: Labels) -> None:
    parts = find_tables(bytes(700) + data[700:])
    expected = labels.to_tables()
    for name, table in zip(("frames", "instances", "points", "pred_points"), expected, strict=True):
        part = getattr(parts, name)
        assert part.is_there.all()
        assert part.rows.tobytes() == table.tobytes()


def test_a_table_that_is_cut_off_is_found_in_part(data: bytes, labels: Labels) -> None:
    rows = labels.to_tables()[3]
    place = data.index(rows.tobytes())
    part = find_tables(data[: place + 2 * rows.dtype.itemsize + 3]).pred_points
    assert part.is_there.tolist() == [True, True, False, False]


@pytest.mark.parametrize("options", [{}, {"compression": "gzip"}])
def test_tables_in_chunks_are_found(
    tmp_path: Path, labels: Labels, options: dict[str, str]
) -> None:
    names = ("frames", "instances", "points", "pred_points")
    with h5py.File(tmp_path / "a.h5", "w") as file:
        for name, table in zip(names, labels.to_tables(), strict=True):
            file.create_dataset(name, data=table, maxshape=(None,), chunks=(2,), **options)
    data = (tmp_path / "a.h5").read_bytes()
    parts = find_tables(bytes(700) + data[700:])
    for name, table in zip(names, labels.to_tables(), strict=True):
        part = getattr(parts, name)
        assert part.is_there.all()
        assert part.rows.tobytes() == table.tobytes()


def test_many_chunks_are_put_together(tmp_path: Path) -> None:
    rows = np.zeros(5000, POINTS)
    rows["x"] = np.random.default_rng(0).random(5000) + 1
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.create_dataset("points", data=rows, chunks=(10,))
    found = find_tables((tmp_path / "a.h5").read_bytes()).points
    assert found.rows.tobytes() == rows.tobytes()


def test_nothing_is_found_in_noise() -> None:
    noise = np.random.default_rng(0).integers(0, 256, 100_000, np.uint8).tobytes()
    message = b"\x08\x00\x18\x00" + bytes(4) + b"\x03\x01"
    noise += message + (100).to_bytes(8, "little") + (36 * 57 * 26).to_bytes(8, "little")
    parts = find_tables(noise)
    assert not any(
        len(part.rows) for part in (parts.frames, parts.instances, parts.points, parts.pred_points)
    )
