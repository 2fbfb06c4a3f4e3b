import errno
import os
from pathlib import Path

import pytest

from sleap.editing.journal.file import JournalFile
from sleap.editing.journal.records import MAGIC


def test_what_was_appended_is_there_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "j"
    file = JournalFile(path, [b"head"])
    large = os.urandom(300_000)
    file.append([b"a", large, b"b"])
    expected = MAGIC + b"head" + b"a" + large + b"b"
    assert path.read_bytes() == expected
    assert file.size == len(expected)
    file.flush()
    assert file._n_synced == file._n_written
    file.close()


def test_nobody_else_reads_it(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("no such permissions")
    file = JournalFile(tmp_path / "new" / "j", [])
    assert file.path.stat().st_mode & 0o077 == 0
    assert file.path.parent.stat().st_mode & 0o077 == 0
    file.close()


def test_a_full_disk_leaves_whole_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = JournalFile(tmp_path / "j", [b"head"])
    write = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) > 10:
            return write(handle, data[:10])
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="full"):
            file.append([b"x" * 15])
    file.append([b"more"])
    file.close()
    assert file.path.read_bytes() == MAGIC + b"headmore"


def test_an_old_file_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "j").write_text("old")
    with pytest.raises(FileExistsError):
        JournalFile(tmp_path / "j", [])
    assert (tmp_path / "j").read_text() == "old"
