from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import h5py
import numpy as np

from sleap.core.tables import POINTS
from sleap.io.slp import damaged
from sleap.io.slp.pieces import Pieces


@contextmanager
def pieces_of(path: Path, *skipped: str) -> Iterator[tuple[Pieces, list[str]]]:
    said: list[str] = []
    with damaged.opened(path) as (data, file):
        yield Pieces(data, file, said.append, frozenset(skipped)), said


def write(path: Path, **options: object) -> np.ndarray:
    rows = np.zeros(1000, POINTS)
    rows["x"] = np.random.default_rng(0).random(1000)
    with h5py.File(path, "w") as file:
        file.create_dataset("points", data=rows, **options)
    return rows


def test_a_chunk_that_is_broken_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    rows = write(path, chunks=(100,), compression="gzip")
    with h5py.File(path) as file:
        info = file["points"].id.get_chunk_info(3)
    data = bytearray(path.read_bytes())
    data[info.byte_offset + 40 : info.byte_offset + 80] = bytes(40)
    path.write_bytes(bytes(data))
    with pieces_of(path) as (pieces, said):
        part = pieces.read_table("points", POINTS)
    expected = np.ones(1000, bool)
    expected[300:400] = False
    np.testing.assert_array_equal(part.is_there, expected)
    np.testing.assert_array_equal(part.rows[expected], rows[expected])
    assert pieces.notes == ["100 of 1000 rows of the table 'points' are lost."]
    assert "rows 300 to 400 of '/points'" in said


def test_a_piece_that_is_to_be_left_out_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    write(path, chunks=(100,))
    with pieces_of(path, "rows 0 to 100 of '/points'") as (pieces, said):
        part = pieces.read_table("points", POINTS)
    assert part.is_there.sum() == 900
    assert not part.is_there[:100].any()
    assert "rows 0 to 100 of '/points'" not in said


def test_rows_beyond_the_end_are_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    for options in ({}, {"chunks": (100,)}):
        rows = write(path, **options)
        data = path.read_bytes()
        path.write_bytes(data[: len(data) * 2 // 3])
        with pieces_of(path) as (pieces, _):
            part = pieces.read_table("points", POINTS)
        assert len(part.rows) == 1000
        assert 300 < part.is_there.sum() < 800
        np.testing.assert_array_equal(part.rows[part.is_there], rows[part.is_there])


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    with h5py.File(path, "w") as file:
        file["frames"] = ["not", "a", "table"]
        file["points"] = h5py.ExternalLink("other.h5", "points")
        file["list"] = [b'{"a": 1}', b"2"]
    with pieces_of(path) as (pieces, _):
        assert len(pieces.read_table("points", POINTS).rows) == 0
        assert len(pieces.read_table("frames", POINTS).rows) == 0
        assert pieces.read_texts("nothing") is None
        assert pieces.read_texts("list") == ([b'{"a": 1}', b"2"], 2)
        assert pieces.read_attribute(pieces.file, "x") is None
    assert pieces.notes == [
        "The table 'points' is missing.",
        "The table 'frames' cannot be read at all.",
    ]


def test_absurd_sizes_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    with h5py.File(path, "w") as file:
        file.create_dataset("points", shape=(10**14,), dtype=POINTS, chunks=(10**6,))
    with pieces_of(path) as (pieces, _):
        part = pieces.read_table("points", POINTS)
    assert part.rows.nbytes <= 1200 * path.stat().st_size
