import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sleap.errors import FileError
from sleap.io.atomic import explain, replacing


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".tmp"))


def test_a_new_file_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with replacing(target) as temporary:
        temporary.write_text("new")
        assert not target.exists()
        assert temporary.parent == tmp_path
    assert target.read_text() == "new"
    assert not leftovers(tmp_path)


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    target.chmod(0o640)
    with replacing(target) as temporary:
        temporary.write_text("new")
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    with replacing(tmp_path / "a.txt"):
        pass
    modes = {(tmp_path / name).stat().st_mode for name in ("usual", "a.txt")}
    assert len(modes) == 1


def test_a_link_is_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    link.symlink_to(real)
    with replacing(link) as temporary:
        temporary.write_text("new")
    assert link.is_symlink()
    assert real.read_text() == "new"


@pytest.mark.parametrize("error", [ValueError("bad"), KeyboardInterrupt()])
def test_an_error_leaves_the_old_file(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(type(error)), replacing(target) as temporary:
        temporary.write_text("half")
        raise error
    assert target.read_text() == "old"
    assert not leftovers(tmp_path)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "permission")],
)
def test_what_the_system_refuses_is_named(tmp_path: Path, number: int, words: str) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(FileError, match=words) as caught, replacing(target):
        raise OSError(number, os.strerror(number))
    assert str(target) in str(caught.value)
    assert target.read_text() == "old"
    assert not leftovers(tmp_path)


def test_the_error_number_in_a_text_of_hdf5_is_understood() -> None:
    error = OSError("Can't write data (file write failed: errno = 28, error message = '...')")
    assert "disk is full" in explain(error)


def test_a_failing_replacement_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def refuse(source: Path, destination: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileError, match="permission"), replacing(target) as temporary:
        temporary.write_text("new")
    assert target.read_text() == "old"
    assert not leftovers(tmp_path)


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is a folder"), replacing(tmp_path):
        pass
    with pytest.raises(FileError, match="does not exist"), replacing(tmp_path / "no" / "a"):
        pass


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder in which this process may not write; root puts its power aside."""
    if os.name == "nt":
        pytest.skip("the permissions of POSIX are tested")
    outer = Path(tempfile.mkdtemp())
    outer.chmod(0o755)
    (outer / "locked").mkdir(mode=0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield outer / "locked"
    finally:
        if is_root:
            os.seteuid(0)
        (outer / "locked").rmdir()
        outer.rmdir()


def test_a_read_only_folder_is_refused(locked_folder: Path) -> None:
    with pytest.raises(FileError, match="permission"), replacing(locked_folder / "a.txt"):
        pass
    assert not list(locked_folder.iterdir())
