"""Files that are replaced whole or not at all.

The new file grows under a temporary name beside its target; only when it is complete and on disk
does it take the target's name. Whoever reads the target sees the old file or the new one.
"""

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sleap.errors import FileError

_CAUSES = {
    errno.ENOSPC: "the disk is full. Free some space, or choose another disk",
    errno.EDQUOT: "your disk quota is used up. Free some space, or choose another disk",
    errno.EFBIG: "the file would be larger than the system allows. Choose another disk",
    errno.EROFS: "the disk is read-only. Choose another folder",
    errno.EACCES: "permission denied. Choose a folder that you may write to",
    errno.EPERM: "permission denied. Choose a folder that you may write to",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
    errno.EIO: "the disk reports an error. Check the disk, or choose another",
}


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give a temporary path to write to; on success it becomes ``path``.

    A symbolic link is followed: the file it points to is replaced. An existing file passes its
    permissions on. On any error the temporary file is removed and the old file stays as it was.

    Args:
        path: The file to create or to replace.

    Yields:
        Path of an empty file in the same folder.

    Raises:
        FileError: If the system refuses: full or read-only disk, no permission, no such folder.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise FileError(f"Cannot write '{path}': it is a folder. Give the name of a file.")
    if not target.parent.is_dir():
        raise FileError(
            f"Cannot write '{path}': the folder '{target.parent}' does not exist. "
            "Create it, or choose another."
        )
    temporary = target.parent / f".{target.name[:80]}.{secrets.token_hex(4)}.tmp"
    try:
        _create(temporary, like=target)
        yield temporary
        _flush(temporary)
        temporary.replace(target)
        flush_folder(target.parent)
    except OSError as error:
        raise FileError(f"Cannot write '{path}': {explain(error)}.") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


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
    if number in _CAUSES:
        return _CAUSES[number]
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text.strip().rstrip(".")


def flush_folder(folder: Path) -> None:
    """Make a change of names in a folder survive a power failure, where the system can."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _create(path: Path, *, like: Path) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    os.close(handle)
    if like.exists():
        path.chmod(like.stat().st_mode & 0o777)


def _flush(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
