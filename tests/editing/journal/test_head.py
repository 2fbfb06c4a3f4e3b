from pathlib import Path

import numpy as np
import pytest

from sleap.editing.journal.base import Base
from sleap.editing.journal.head import Head, pack_base, read_base
from sleap.editing.journal.records import MAGIC, Record, pack, read
from sleap.errors import FormatError
from sleap.io.guard import FileState

BASE = Base(9, 5, np.array([0, 2]), np.array([4, 1, 2]), "digest")


def read_back(path: Path, pieces: list[bytes]) -> Record:
    path.write_bytes(MAGIC + b"".join(pieces))
    return next(iter(read(path)))


def assert_same(found: Base | None) -> None:
    assert found is not None
    assert (found.n_frames, found.n_instances, found.digest) == (9, 5, "digest")
    assert found.frames.tolist() == [0, 2]
    assert found.instances.tolist() == [4, 1, 2]


def test_a_head_comes_back(tmp_path: Path) -> None:
    (tmp_path / "a.slp").write_bytes(b"x")
    head = Head(tmp_path / "a.slp", FileState.of(tmp_path / "a.slp"), True, BASE)
    found = Head.read(read_back(tmp_path / "j", head.pack()))
    assert (found.source, found.state, found.is_project) == (head.source, head.state, True)
    assert (found.holder, found.when) == (head.holder, head.when)
    assert_same(found.base)


def test_the_head_of_new_labels(tmp_path: Path) -> None:
    found = Head.read(read_back(tmp_path / "j", Head().pack()))
    assert (found.source, found.state, found.base) == (None, None, None)


def test_a_base_comes_back(tmp_path: Path) -> None:
    record = read_back(tmp_path / "j", pack_base(7, BASE))
    assert record.value["mark"] == 7
    assert_same(read_base(record))


@pytest.mark.parametrize(
    "pieces",
    [pack(b"EDIT", {}), pack(b"HEAD", {"version": 2}), pack(b"HEAD", {"version": 1})],
)
def test_what_is_no_head(tmp_path: Path, pieces: list[bytes]) -> None:
    with pytest.raises(FormatError):
        Head.read(read_back(tmp_path / "j", pieces))
