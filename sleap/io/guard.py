"""Noticing that another program, or another person, works on the same file.

Two things: what a file looked like when it was read, to see before it is replaced whether somebody
else has changed it since; and a lock file beside it, which says who has it open. Reading never asks
for either.
"""

import getpass
import hashlib
import json
import os
import secrets
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from attrs import asdict, frozen

from sleap.core.labels import Labels
from sleap.errors import FileError
from sleap.io.atomic import is_running

STATES = "file states"
"""Key of ``Labels.metadata``; never written to a file."""

N_COMPARED = 1 << 16
"""Bytes at the beginning and at the end of a file that its digest covers."""

HEARTBEAT_LIMIT = 30 * 60
"""Seconds without ``Lock.refresh`` after which a lock of another computer is stale."""


@frozen
class FileState:
    """What a file looks like from outside.

    Args:
        size: Bytes; of a folder, of all files below it.
        changed_ns: When it was last changed, nanoseconds; of a folder, the last of its files.
        inode: The number of the file on its disk; 0 where there is none.
        digest: Of its first and last bytes; of a folder, of the list of its files.
    """

    size: int
    changed_ns: int
    inode: int
    digest: str

    @classmethod
    def of(cls, path: str | Path) -> "FileState | None":
        """Look at a file, or at what a folder lists; None if it cannot be read.

        A file takes a millisecond however large it is. Of the files of a folder only names, sizes
        and times are looked at.
        """
        try:
            if Path(path).is_dir():
                return cls._of_folder(Path(path))
            if not Path(path).is_file():
                return None  # looking into a pipe may never end
            with Path(path).open("rb") as file:
                facts = os.fstat(file.fileno())
                digest = hashlib.blake2b(file.read(N_COMPARED), digest_size=16)
                file.seek(max(facts.st_size - N_COMPARED, 0))
                digest.update(file.read(N_COMPARED))
        except OSError:
            return None
        return cls(facts.st_size, facts.st_mtime_ns, facts.st_ino, digest.hexdigest())

    @classmethod
    def _of_folder(cls, folder: Path) -> "FileState":
        digest = hashlib.blake2b(digest_size=16)
        size = changed_ns = 0
        for place, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = Path(place, name)
                facts = path.lstat()
                listed = path.relative_to(folder).as_posix(), facts.st_size, facts.st_mtime_ns
                digest.update(repr(listed).encode("utf-8", "surrogatepass"))
                size += facts.st_size
                changed_ns = max(changed_ns, facts.st_mtime_ns)
        return cls(size, changed_ns, folder.stat().st_ino, digest.hexdigest())

    def is_same(self, other: "FileState") -> bool:
        """Tell whether the file is as it was: not only alike, but not written since.

        Disks that count whole seconds only need the inode, too.
        """
        alike = (self.size, self.changed_ns, self.digest) == (
            other.size,
            other.changed_ns,
            other.digest,
        )
        is_coarse = self.changed_ns % 1_000_000_000 == 0
        return alike and (not is_coarse or self.inode == other.inode)


def remember(labels: Labels, path: str | Path, state: FileState | None) -> None:
    """Note with labels what their file looked like when they were last the same."""
    if state is not None:
        states: Mapping[str, FileState] = labels.metadata.get(STATES) or {}
        # A new dictionary: copies of the labels go on with what they know.
        labels.metadata[STATES] = {**states, os.path.realpath(path): state}


def known_state(labels: Labels, path: str | Path) -> FileState | None:
    """Return what a file looked like when these labels were read from it or saved to it."""
    states = labels.metadata.get(STATES) or {}
    state = states.get(os.path.realpath(path))
    return state if isinstance(state, FileState) else None


def has_changed(labels: Labels, path: str | Path) -> bool:
    """Tell whether another program changed a file since these labels were read from or saved to it.

    Args:
        labels: The labels.
        path: The file.

    Returns:
        False, too, if they never were the same, or if it is gone.
    """
    then, now = known_state(labels, path), FileState.of(path)
    return then is not None and now is not None and not then.is_same(now)


@frozen
class Holder:
    """Who has a file open.

    Args:
        user: The name of the account.
        host: The name of the computer.
        pid: The number of the process there.
        program: What the program is called.
        since: When it opened the file, seconds since 1970.
        mark: Random; tells one lock from the next.
        started: What tells the process from a later one of the same number; "" if unknown.
    """

    user: str
    host: str
    pid: int
    program: str
    since: float
    mark: str = ""
    started: str = ""

    def __str__(self) -> str:
        when = datetime.fromtimestamp(self.since).strftime("%Y-%m-%d %H:%M")
        return f"{self.user} on {self.host} ({self.program}, process {self.pid}) since {when}"


class LockedError(FileError):
    """Somebody else has the file open.

    Attributes:
        holder: Who.
    """

    def __init__(self, message: str, holder: Holder) -> None:
        super().__init__(message)
        self.holder = holder


class Lock:
    """Says in a file beside a project that it is open for editing: ``.labels.slp.lock``.

    A context manager. The lock of a process that has died is taken over, as is that of another
    computer which has not been refreshed for ``HEARTBEAT_LIMIT`` seconds. Where no file can be
    made beside the project (a read-only disk) there is no lock, and ``is_held`` stays False:
    looking at the project is always possible.

    Args:
        path: The project; it need not be there yet.
        program: What to call this program.
        take_over: Whether to take the lock from a living holder, too: the user was asked.

    Attributes:
        path: The lock file.
    """

    def __init__(
        self, path: str | Path, program: str = "sleap", *, take_over: bool = False
    ) -> None:
        target = Path(os.path.realpath(path))
        self._target = target
        self.path = target.with_name(f".{target.name}.lock")
        self._program = program
        self._take_over = take_over
        self._own: Holder | None = None

    @property
    def holder(self) -> Holder | None:
        """Who holds the lock now, alive or not; None if nobody."""
        return _read(self.path)

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock, and nobody has taken it over."""
        holder = self.holder
        return self._own is not None and holder is not None and holder.mark == self._own.mark

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            LockedError: If somebody else holds it; the message says who and since when.
        """
        own = Holder(
            user=account(),
            host=socket.gethostname(),
            pid=os.getpid(),
            program=self._program,
            since=time.time(),
            mark=secrets.token_hex(8),
            started=process_mark(os.getpid()),
        )
        for _ in range(10):
            try:
                if _claim(self.path, own):
                    self._own = own
                    return
            except OSError:
                return
            self._clear()

    def _clear(self) -> None:
        """Remove a lock that does not count; complain about one that does."""
        holder = _read(self.path)
        if holder is not None and not self._take_over and not is_stale(holder, self.path):
            raise LockedError(
                f"'{self._target}' is open already: {holder}. Close it there, or open it only to "
                "look at it; if you both save, one replaces the work of the other.",
                holder,
            )
        with suppress(OSError):
            if _read(self.path) == holder:
                self.path.unlink()

    def refresh(self) -> None:
        """Show that the holder lives; call every few minutes."""
        if self.is_held:
            with suppress(OSError):
                os.utime(self.path)

    def release(self) -> None:
        """Give the lock back, if it is still ours."""
        if self.is_held:
            with suppress(OSError):
                self.path.unlink()
        self._own = None

    def __enter__(self) -> Self:
        """Take the lock."""
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give it back."""
        self.release()


def is_stale(holder: Holder, path: Path) -> bool:
    """Tell whether the holder of a lock is gone.

    Args:
        holder: Who it says.
        path: The lock file, whose time tells when it was last refreshed.
    """
    if holder.host == socket.gethostname():
        if not is_running(holder.pid):
            return True
        started = process_mark(holder.pid)
        return bool(holder.started and started and holder.started != started)
    try:
        return time.time() - path.stat().st_mtime > HEARTBEAT_LIMIT
    except OSError:
        return True


def _claim(path: Path, own: Holder) -> bool:
    """Make the lock file with its contents in one step; False if there is one."""
    draft = path.with_name(f"{path.name}.{own.mark}.tmp")
    try:
        draft.write_text(json.dumps(asdict(own), indent=1) + "\n", encoding="utf-8")
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
        except OSError:  # a disk without hard links: the first to make it, then its contents
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            except FileExistsError:
                return False
            draft.replace(path)
        return True
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _read(path: Path) -> Holder | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Holder(
            user=str(found["user"]),
            host=str(found["host"]),
            pid=int(found["pid"]),
            program=str(found["program"]),
            since=float(found["since"]),
            mark=str(found.get("mark", "")),
            started=str(found.get("started", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def account() -> str:
    """Return the name of the account that runs the program."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def process_mark(pid: int) -> str:
    """Return what tells a process from a later one of the same number (Linux), else ""."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        facts = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return f"{boot}:{facts.rpartition(')')[2].split()[19]}"
