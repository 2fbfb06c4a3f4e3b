"""Files that are replaced whole or not at all.

The new file grows under a temporary name beside its target; only when it is complete and on disk
does it take the target's name. Whoever reads the target sees the old file or the new one.

The temporary name tells which process made it, so that what a killed one has left is removed by
the next that writes to the same name.
"""

import errno
import os
import re
import secrets
import socket
import stat
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from pathlib import Path

from sleap.errors import FileError

Keep = Callable[[Path], AbstractContextManager[object]]
"""Given the file about to be replaced; entered just before, left just after."""

IS_WINDOWS = os.name == "nt"

ABANDONED_AFTER = 10 * 60
"""Seconds without a write after which the unfinished file of a dead process is removed."""

UNKNOWN_ABANDONED_AFTER = 7 * 24 * 3600
"""The same for files of which it is not known whether their process lives."""

RETRY_DELAYS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between attempts to replace a file that another program has open (Windows)."""

_CAUSES = {
    errno.ENOSPC: "the disk is full. Free some space, or choose another disk",
    errno.EDQUOT: "your disk quota is used up. Free some space, or choose another disk",
    errno.EFBIG: "the file would be larger than the system allows. Choose another disk",
    errno.EROFS: "the disk is read-only. Choose another folder",
    errno.EACCES: "permission denied. Choose a folder that you may write to",
    errno.EPERM: "permission denied. Choose a folder that you may write to",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
    errno.EIO: "the disk reports an error. Check the disk, or choose another",
    errno.ESTALE: "the network disk has lost the folder. Connect it again",
    errno.ELOOP: "it is a link that leads in circles. Choose another name",
}

_keep: ContextVar[tuple[Path, Keep] | None] = ContextVar("_keep", default=None)


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give a temporary path to write to; on success it becomes ``path``.

    A symbolic link is followed: the file it points to is replaced. An existing file passes its
    permissions and its group on. On any error the temporary file is removed and the old file stays
    as it was.

    Args:
        path: The file to create or to replace.

    Yields:
        Path of an empty file in the same folder.

    Raises:
        FileError: If the system refuses: full or read-only disk, no permission, no such folder, a
            write-protected file; the message names the cause.
    """
    try:
        target = Path(os.path.realpath(path))
        _check(target, path)
        _sweep(target)
        temporary = target.parent / temporary_name(target.name)
    except OSError as error:
        raise FileError(f"Cannot write '{path}': {explain(error)}.") from error
    try:
        _create(temporary, like=target)
        yield temporary
        _flush(temporary)
        with _keeping(target):
            _move(temporary, target)
        flush_folder(target.parent)
    except OSError as error:
        why = f"{explain(error)}."
        if isinstance(error, FileNotFoundError) and not target.parent.is_dir():
            why = f"the folder '{target.parent}' is gone. Was it moved, or the disk taken out?"
        raise FileError(f"Cannot write '{path}': {why}") from error
    except RuntimeError as error:  # of HDF5, used by a library that writes by itself
        if "errno = " not in str(error):
            raise
        raise FileError(f"Cannot write '{path}': {explain(error)}.") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def keeping(path: str | Path, keep: Keep) -> Iterator[None]:
    """While this lasts, let ``keep`` see the old file of ``path`` just before it is replaced.

    Args:
        path: The file.
        keep: Called with its real path when the new file is complete; the context it returns
            surrounds the replacement, and an error in it prevents that.
    """
    token = _keep.set((Path(os.path.realpath(path)), keep))
    try:
        yield
    finally:
        _keep.reset(token)


def temporary_name(name: str) -> str:
    """Return a new name for an unfinished file: hidden, and telling which process makes it."""
    return f".{name[:80]}.{_host_mark()}-{os.getpid():x}-{secrets.token_hex(3)}.tmp"


def explain(error: BaseException) -> str:
    """Say in words what the system refused.

    Args:
        error: An ``OSError``, or an error of HDF5 whose text holds the error number.

    Returns:
        The cause and what to do, without a full stop.
    """
    number = getattr(error, "errno", None)
    if number is None and (found := re.search(r"errno = (\d+)", str(error))):
        number = int(found.group(1))
    if IS_WINDOWS and number in (errno.EACCES, errno.EPERM):
        return "it is open in another program, or you may not write there. Close it there"
    if number in _CAUSES:
        return _CAUSES[number]
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text.strip().rstrip(".")


def flush_folder(folder: Path) -> None:
    """Make a change of names in a folder survive a power failure, where the system can."""
    if IS_WINDOWS:
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_running(pid: int) -> bool:
    """Tell whether a process of this machine lives; True where that cannot be told."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _is_running_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _check(target: Path, path: str | Path) -> None:
    """Refuse early what could only fail after the work is done, or would do harm."""
    if not target.parent.is_dir():
        raise FileError(
            f"Cannot write '{path}': the folder '{target.parent}' does not exist. "
            "Create it, or choose another."
        )
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise FileError(f"Cannot write '{path}': it is a folder. Give the name of a file.")
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if not stat.S_ISREG(mode):
        raise FileError(f"Cannot write '{path}': it is a device or pipe. Give the name of a file.")
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise FileError(
            f"Cannot write '{path}': the file is write-protected. Remove the protection, or "
            "choose another name."
        )


def _create(path: Path, *, like: Path) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    os.close(handle)
    try:
        old = like.stat()
    except FileNotFoundError:
        return
    if sys.platform != "win32":
        with suppress(OSError):  # only a member of the group may; else it is the folder's default
            os.chown(path, -1, old.st_gid)
    path.chmod(old.st_mode & 0o777)


def _flush(path: Path) -> None:
    with path.open("r+b") as file:
        if sys.platform == "darwin":
            import fcntl

            with suppress(OSError):  # fsync of macOS does not reach the medium
                fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
        os.fsync(file.fileno())


def _keeping(target: Path) -> AbstractContextManager[object]:
    wanted = _keep.get()
    if wanted is None or wanted[0] != target or not target.exists():
        return nullcontext()
    return wanted[1](target)


def _move(source: Path, target: Path) -> None:
    """Rename; where another program may hold the target for a moment (Windows), try again."""
    for delay in RETRY_DELAYS if IS_WINDOWS else ():
        try:
            source.replace(target)
            return
        except PermissionError:
            time.sleep(delay)
    source.replace(target)


def _sweep(target: Path) -> None:
    """Remove unfinished files of this target that no process writes any more."""
    own = re.compile(
        re.escape(f".{target.name[:80]}.")
        + r"(?:([0-9a-f]{4})-([0-9a-f]{1,8})-[0-9a-f]{6}|[0-9a-f]{8})\.tmp"
    )
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            found = own.fullmatch(entry.name)
            if found is None:
                continue
            with suppress(OSError):
                limit = UNKNOWN_ABANDONED_AFTER
                if found[1] == _host_mark():
                    if is_running(int(found[2], 16)):
                        continue
                    limit = ABANDONED_AFTER
                if time.time() - entry.stat(follow_symlinks=False).st_mtime > limit:
                    os.unlink(entry.path)  # noqa: PTH108


def _host_mark() -> str:
    return f"{zlib.crc32(socket.gethostname().encode()) & 0xFFFF:04x}"


def _is_running_on_windows(pid: int) -> bool:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return bool(kernel.GetLastError() == 5)  # access denied: it lives
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259  # STILL_ACTIVE
