import json
from pathlib import Path

import numpy as np
import pytest

from sleap.core.poses import Poses
from sleap.core.tables import FRAMES, INSTANCES, PRED_POINTS
from sleap.errors import FormatError
from sleap.io.slp import journal


def some_poses() -> list[Poses]:
    points = np.arange(12.0).reshape(2, 3, 2)
    points[1, 2] = np.nan
    first = Poses(7, points, np.full((2, 3), 0.5), np.array([0.9, 0.8]), tracks=[1, -1])
    return [first, Poses.empty(8, 3), Poses(9, points[:1], np.ones((1, 3)), np.ones(1))]


def test_poses_become_rows_that_follow_others() -> None:
    frames, instances, points = journal.to_tables(some_poses(), 10, 100)
    assert (frames.dtype, instances.dtype, points.dtype) == (FRAMES, INSTANCES, PRED_POINTS)
    assert frames["frame_id"].tolist() == [10, 11, 12]
    assert frames["frame_idx"].tolist() == [7, 8, 9]
    assert frames["instance_id_start"].tolist() == [100, 102, 102]
    assert frames["instance_id_end"].tolist() == [102, 102, 103]
    assert instances["frame_id"].tolist() == [10, 10, 12]
    assert instances["track"].tolist() == [1, -1, -1]
    assert instances["point_id_start"].tolist() == [300, 303, 306]
    assert points["visible"].tolist() == [True] * 5 + [False] + [True] * 3
    assert points["x"][:2].tolist() == [0, 2]


def test_records_are_read_until_one_is_broken(tmp_path: Path) -> None:
    tables = journal.to_tables(some_poses(), 0, 0)
    records = [
        journal.pack_json(journal.HEAD, {"a": 1}),
        journal.pack_rows(tables),
        journal.pack_json(journal.TRACKS, [[0, "a"]]),
    ]
    path = tmp_path / "a.partial"
    whole = journal.MAGIC + b"".join(records)
    path.write_bytes(whole)
    assert journal.is_journal(whole[:64])
    kinds = [journal.HEAD, journal.ROWS, journal.TRACKS]
    found = list(journal.read_records(path))
    assert [kind for kind, _ in found] == kinds
    assert json.loads(found[0][1]) == {"a": 1}
    for one, other in zip(journal.split_rows(found[1][1]), tables, strict=True):
        assert one.tobytes() == other.tobytes()
    ends = np.cumsum([len(journal.MAGIC), *(len(record) for record in records)])
    for size in range(len(journal.MAGIC), len(whole), 7):
        path.write_bytes(whole[:size])
        n_whole = int((ends[1:] <= size).sum())
        assert [kind for kind, _ in journal.read_records(path)] == kinds[:n_whole]
    damaged = bytearray(whole)
    damaged[ends[1] + 40] ^= 1
    path.write_bytes(damaged)
    assert [kind for kind, _ in journal.read_records(path)] == kinds[:1]


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"something else")
    with pytest.raises(FormatError, match="no partial predictions"):
        list(journal.read_records(tmp_path / "a"))
