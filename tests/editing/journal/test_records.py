from pathlib import Path

import numpy as np
import pytest

from sleap.core.tables import PRED_POINTS
from sleap.editing.journal.records import EDIT, HEAD, MAGIC, UNDO, pack, read
from sleap.errors import FormatError

ARRAYS = [
    np.arange(5),
    np.ones((2, 3), np.float32),
    np.array([True, False]),
    np.zeros(2, PRED_POINTS),
    np.empty(0, np.uint8),
]


def journal(path: Path) -> list[int]:
    """Write three records; return where each ends."""
    parts = [pack(HEAD, {"a": 1}), pack(EDIT, {"b": [None, "é"]}, ARRAYS), pack(UNDO, {})]
    path.write_bytes(MAGIC + b"".join(piece for pieces in parts for piece in pieces))
    sizes = [sum(map(len, pieces)) for pieces in parts]
    return (len(MAGIC) + np.cumsum(sizes)).tolist()


def test_records_come_back(tmp_path: Path) -> None:
    ends = journal(tmp_path / "j")
    records = list(read(tmp_path / "j"))
    assert [record.kind for record in records] == [HEAD, EDIT, UNDO]
    assert [record.end for record in records] == ends
    assert records[1].value == {"b": [None, "é"]}
    for found, given in zip(records[1].arrays, ARRAYS, strict=True):
        assert found.dtype == given.dtype
        assert found.shape == given.shape
        assert (found == given).all()


def test_whatever_is_torn_off_only_whole_records_count(tmp_path: Path) -> None:
    ends = journal(tmp_path / "j")
    whole = (tmp_path / "j").read_bytes()
    for size in range(len(MAGIC), len(whole)):
        (tmp_path / "torn").write_bytes(whole[:size])
        assert len(list(read(tmp_path / "torn"))) == sum(end <= size for end in ends)


def test_whatever_byte_is_wrong_the_records_before_it_count(tmp_path: Path) -> None:
    ends = journal(tmp_path / "j")
    whole = (tmp_path / "j").read_bytes()
    for place in range(len(MAGIC), len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x55
        (tmp_path / "damaged").write_bytes(damaged)
        assert len(list(read(tmp_path / "damaged"))) == sum(end <= place for end in ends)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "j").write_bytes(b"something else entirely")
    with pytest.raises(FormatError, match="no journal"):
        list(read(tmp_path / "j"))


def test_objects_are_no_arrays(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        pack(EDIT, {}, [np.array([object()])])
    text = b"".join(pack(EDIT, {}, [np.zeros(1)])).replace(b'"<f8"', b'"|O8"')
    import struct
    import zlib

    payload = text[16:]
    header = struct.pack("<4sQI", EDIT, len(payload), zlib.crc32(EDIT + payload))
    (tmp_path / "j").write_bytes(MAGIC + header + payload)
    with pytest.raises(FormatError, match="damaged"):
        list(read(tmp_path / "j"))
