import errno
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sleap.errors import FileError
from sleap.io import atomic
from sleap.io.atomic import explain, is_running, keeping, replacing, temporary_name


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


def test_an_error_of_hdf5_that_comes_as_a_runtime_error_is_named(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with pytest.raises(FileError, match="disk is full"), replacing(target):
        raise RuntimeError("Unable to flush file (file write failed: errno = 28, ...)")
    with pytest.raises(RuntimeError, match="another"), replacing(target):
        raise RuntimeError("another")
    assert not list(tmp_path.iterdir())


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


def test_a_write_protected_file_is_refused_before_the_work(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    target.chmod(0o444)
    with pytest.raises(FileError, match="write-protected"), replacing(target):
        pytest.fail("the work was begun")
    assert target.read_text() == "old"


def test_a_name_too_long_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="name is too long"), replacing(tmp_path / ("a" * 300)):
        pytest.fail("the work was begun")


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of POSIX")
def test_pipes_and_circular_links_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match="device or pipe"), replacing(tmp_path / "pipe"):
        pass
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(FileError, match="circles"), replacing(tmp_path / "a"):
        pass


def test_a_link_to_nothing_makes_the_file_it_names(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with replacing(tmp_path / "link") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "real").read_text() == "new"
    assert (tmp_path / "link").is_symlink()


def test_a_folder_that_vanishes_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with (
        pytest.raises(FileError, match=r"'.*disk' is gone"),
        replacing(folder / "a.txt") as temporary,
    ):
        temporary.unlink()
        folder.rmdir()


def test_another_file_that_is_missing_is_not_mistaken_for_the_folder(tmp_path: Path) -> None:
    with (
        pytest.raises(FileError, match="No such file") as caught,
        replacing(tmp_path / "a.txt"),
    ):
        (tmp_path / "other.mp4").read_bytes()
    assert "is gone" not in str(caught.value)


@pytest.fixture
def dead_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    return process.pid


def test_running_processes_are_told_from_dead_ones(dead_process: int) -> None:
    assert is_running(os.getpid())
    assert not is_running(dead_process)
    assert not is_running(0)


def test_what_a_killed_process_left_is_removed(tmp_path: Path, dead_process: int) -> None:
    name = "a [1].slp"
    hour_ago, month_ago = time.time() - 3600, time.time() - 30 * 24 * 3600
    own = temporary_name(name)
    dead = own.replace(f"-{os.getpid():x}-", f"-{dead_process:x}-")
    elsewhere = f".{name}.{'0000' if own[11:15] != '0000' else '1111'}-1-abcdef.tmp"
    ages = {
        own: hour_ago,
        dead: hour_ago,
        dead.replace("].slp", "].slp.analysis"): hour_ago,
        elsewhere: hour_ago,
        f".{name}.0123abcd.tmp": month_ago,
        f"{name}.tmp": month_ago,
        f".{name}.notes.tmp": month_ago,
    }
    for file, age in ages.items():
        (tmp_path / file).touch()
        os.utime(tmp_path / file, (age, age))
    fresh = dead[:-5] + "0.tmp" if dead[-5] != "0" else dead[:-5] + "1.tmp"
    (tmp_path / fresh).touch()
    with replacing(tmp_path / name):
        pass
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*ages, fresh, name} - {dead, f".{name}.0123abcd.tmp"}


def test_the_old_file_can_be_kept_at_the_last_moment(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    seen: list[str] = []

    @contextmanager
    def keep(path: Path) -> Iterator[None]:
        seen.append(path.read_text())
        yield
        seen.append(path.read_text())

    with keeping(target, keep):
        with replacing(tmp_path / "other.txt") as temporary:
            temporary.write_text("other")
        with replacing(target) as temporary:
            temporary.write_text("new")
    with replacing(target) as temporary:
        temporary.write_text("newer")
    assert seen == ["old", "new"]


def test_a_file_held_by_another_program_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    source, target = tmp_path / "new", tmp_path / "old"
    source.write_text("new")
    rename = Path.replace

    def refuse_twice(path: Path, other: Path) -> None:
        if len(waits) < 2:
            raise PermissionError(errno.EACCES, "in use")
        rename(path, other)

    monkeypatch.setattr(atomic.time, "sleep", waits.append)
    monkeypatch.setattr(Path, "replace", refuse_twice)
    monkeypatch.setattr(atomic, "IS_WINDOWS", True)
    atomic._move(source, target)
    assert target.read_text() == "new"
    assert waits == list(atomic.RETRY_DELAYS[:2])
    with pytest.raises(FileNotFoundError):
        atomic._move(source, target)
    assert "open in another program" in explain(PermissionError(errno.EACCES, ""))
