import errno
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sleap.core.labels import Labels
from sleap.io import guard
from sleap.io.files import load_file, save_file
from sleap.io.guard import FileState, Lock, LockedError, has_changed


def test_a_state_tells_every_kind_of_change(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    path.write_bytes(bytes(300_000))
    state = FileState.of(path)
    assert state is not None
    assert state.is_same(state)
    facts = path.stat()

    def differs() -> bool:
        now = FileState.of(path)
        assert now is not None
        return not state.is_same(now)

    assert not differs()
    for place in (10, 299_990):  # same size, same time
        data = bytearray(300_000)
        data[place] = 1
        path.write_bytes(bytes(data))
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        assert differs()
    path.write_bytes(bytes(300_000))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert not differs()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))  # perhaps in the middle
    assert differs()
    path.unlink()
    assert FileState.of(path) is None


def test_where_times_are_coarse_another_file_is_a_change(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    states = []
    for path in (one, other):
        path.write_bytes(b"same")
        os.utime(path, ns=(0, 5_000_000_000))
        states.append(FileState.of(path))
    assert states[0] is not None
    assert states[1] is not None
    assert not states[0].is_same(states[1])


def test_labels_know_whether_their_file_was_changed(tmp_path: Path, labels: Labels) -> None:
    path = tmp_path / "a.slp"
    assert not has_changed(labels, path)
    save_file(labels, path)
    assert not has_changed(labels, path)
    loaded = load_file(path)
    assert not has_changed(loaded, path)
    assert not has_changed(loaded.copy(), path)
    save_file(labels, path)
    assert has_changed(loaded, path)
    assert not has_changed(labels, path)
    path.unlink()
    assert not has_changed(loaded, path)


def test_a_copy_that_saves_is_seen_by_the_original(tmp_path: Path, labels: Labels) -> None:
    path = tmp_path / "a.slp"
    save_file(labels, path)
    original = load_file(path)
    save_file(original.copy(), path)
    assert has_changed(original, path)


def test_the_state_is_not_written(tmp_path: Path, labels: Labels) -> None:
    import h5py

    path = tmp_path / "a.slp"
    save_file(labels, path)
    loaded = load_file(path)
    assert guard.known_state(loaded, path) == FileState.of(path)
    save_file(loaded, tmp_path / "b.slp")
    with h5py.File(tmp_path / "b.slp") as file:
        assert "digest" not in str(dict(file["metadata"].attrs))


def test_a_lock_says_who_and_ends_with_its_context(tmp_path: Path, labels: Labels) -> None:
    path = tmp_path / "a.slp"
    save_file(labels, path)
    with Lock(path, "sleap-label") as lock:
        assert lock.is_held
        assert lock.holder is not None
        assert lock.holder.pid == os.getpid()
        with pytest.raises(LockedError, match=r"is open already: .*sleap-label") as caught:
            Lock(path).acquire()
        assert str(os.getpid()) in str(caught.value)
        assert socket.gethostname() in str(caught.value)
        assert caught.value.holder == lock.holder
        assert len(load_file(path)) == len(labels)  # reading never asks
        lock.refresh()
    assert not lock.is_held
    assert [p.name for p in tmp_path.iterdir()] == ["a.slp"]


def test_a_lock_is_taken_over_if_the_user_says_so(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "a.slp"), Lock(tmp_path / "a.slp", take_over=True)
    first.acquire()
    second.acquire()
    assert second.is_held
    assert not first.is_held
    first.release()
    assert second.is_held
    second.release()
    assert not list(tmp_path.iterdir())


def write_lock(path: Path, **changes: object) -> None:
    entries = {"user": "ann", "host": "elsewhere", "pid": 7, "program": "p", "since": time.time()}
    path.write_text(json.dumps({**entries, **changes}), encoding="utf-8")


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    lock = Lock(tmp_path / "a.slp")
    write_lock(lock.path, host=socket.gethostname(), pid=process.pid)
    with lock:
        assert lock.is_held


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_a_later_process_of_the_same_number_holds_nothing(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "a.slp")
    write_lock(lock.path, host=socket.gethostname(), pid=os.getpid(), started="boot:1")
    with lock:
        assert lock.is_held


def test_the_lock_of_another_computer_counts_while_it_is_refreshed(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "a.slp")
    write_lock(lock.path)
    with pytest.raises(LockedError, match="ann on elsewhere"):
        lock.acquire()
    old = time.time() - guard.HEARTBEAT_LIMIT - 60
    os.utime(lock.path, (old, old))
    with lock:
        assert lock.is_held


@pytest.mark.parametrize("text", ["", "{", "[]", '{"user": 1}', '{"pid": "x"}'])
def test_a_lock_that_cannot_be_read_holds_nobody_up(tmp_path: Path, text: str) -> None:
    lock = Lock(tmp_path / "a.slp")
    lock.path.write_text(text)
    with lock:
        assert lock.is_held


def test_without_hard_links_there_are_locks_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    with Lock(tmp_path / "a.slp") as lock:
        assert lock.is_held
        with pytest.raises(LockedError):
            Lock(tmp_path / "a.slp").acquire()
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_written_there_is_no_lock(tmp_path: Path) -> None:
    with Lock(tmp_path / "gone" / "a.slp") as lock:
        assert not lock.is_held


def test_the_state_of_a_folder_is_that_of_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "labels"
    (folder / "day1").mkdir(parents=True)
    (folder / "day1" / "a.csv").write_text("1")
    state = FileState.of(folder)
    assert state is not None and state.is_same(FileState.of(folder))
    (folder / "day1" / "b.csv").write_text("1")
    assert not state.is_same(FileState.of(folder))
    (folder / "day1" / "b.csv").unlink()
    assert state.is_same(FileState.of(folder))
    (folder / "day1" / "a.csv").write_text("2222")
    assert not state.is_same(FileState.of(folder))
