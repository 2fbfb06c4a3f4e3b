"""Opening an HDF5 file that somebody else wrote."""

import stat
from pathlib import Path

from sleap.errors import FileError, FormatError
from sleap.hdf5.objects import CheckedFile
from sleap.hdf5.source import SIGNATURE, Source
from sleap.hdf5.structure import Structure


def open_checked(path: str | Path, *, strict: bool = True) -> CheckedFile:
    """Open a file for reading when its structure is sound; close it, or use it as a context.

    Whatever is opened or read through it, by any of h5py's ways, is checked first: links that lead
    out of the file, datasets whose values lie elsewhere, and values that claim more memory than a
    file of that size may are errors when they are used; damaged objects are errors at once.

    Args:
        path: The file.
        strict: Whether damage of any object is an error; otherwise that object is refused when it
            is used, so that the others can be read.

    Raises:
        FileError: If it is not a file of the disk.
        FormatError: If it is not HDF5, or is damaged.
        OSError: If it cannot be opened.
    """
    check_regular(path)
    source = Source(path)
    try:
        return _open(path, Structure(source, strict=strict))
    except RecursionError as error:
        source.close()
        raise FormatError("its structure is nested too deeply.") from error
    except BaseException:
        source.close()
        raise


def check_regular(path: str | Path) -> None:
    """Check that a path is of a file on a disk: reading a device or a pipe may never end.

    Raises:
        FileError: If it is something else.
        OSError: If there is nothing, or it may not be looked at.
    """
    mode = Path(path).stat().st_mode
    if stat.S_ISDIR(mode):
        raise FileError(f"Cannot open '{path}': it is a folder. Give a file.")
    if not stat.S_ISREG(mode):
        raise FileError(f"Cannot open '{path}': it is a device or pipe. Give a file.")


def is_hdf5(path: str | Path) -> bool:
    """Tell from its first bytes whether a file is HDF5; a foreign block before it may be skipped.

    Raises:
        OSError: If it cannot be read.
    """
    place = 0
    with Path(path).open("rb") as file:
        size = file.seek(0, 2)
        while place + 8 <= size and place <= 1 << 26:
            file.seek(place)
            if file.read(8) == SIGNATURE:
                return True
            place = max(512, 2 * place)
    return False


def _open(path: str | Path, structure: Structure) -> CheckedFile:
    """Open with locks, or without where the disk knows none; as this process has it open already.

    HDF5 refuses to open a file twice with different ways of locking.
    """
    for locking in (None, False, True):
        try:
            return CheckedFile(path, structure, locking=locking)
        except OSError as error:
            if "lock" not in str(error):
                raise
    return CheckedFile(path, structure, locking="best-effort")
