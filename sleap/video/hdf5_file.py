"""HDF5 files that hold videos: opening them, and finding the dataset."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import h5py

from sleap.errors import FormatError, VideoError, did_you_mean
from sleap.hdf5.files import open_checked
from sleap.hdf5.objects import CheckedFile

SUFFIXES = frozenset({".h5", ".hdf5", ".hdf", ".slp", ".mat"})

_BROKEN = (
    *(FormatError, OSError, RuntimeError, MemoryError, RecursionError),
    *(KeyError, IndexError, AttributeError, ValueError, TypeError, OverflowError),
)


def is_hdf5(path: Path) -> bool:
    """Tell whether a file is of HDF5 by its name."""
    return path.suffix.lower() in SUFFIXES


def open_file(path: Path) -> CheckedFile:
    """Open an HDF5 file for reading; what is damaged or leads out of it is an error, not followed.

    Raises:
        VideoError: If it is no HDF5 file, or is damaged.
    """
    with reading(f"open '{path}' as an HDF5 file"):
        return open_checked(path)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn whatever goes wrong with a damaged file into one error.

    Args:
        what: What is done, for the message: "Cannot {what}: ...".

    Raises:
        VideoError: If anything does.
    """
    try:
        yield
    except _BROKEN as error:
        text = str(error).strip().rstrip(".") or type(error).__name__
        raise VideoError(f"Cannot {what}: {text}. Check that it was copied whole.") from error


def find_dataset(file: CheckedFile, name: str | None, *, path: Path) -> h5py.Dataset:
    """Find the dataset that holds the video.

    Args:
        file: The open file.
        name: Its path in the file; None or "" takes the only one that may be a video.
        path: Where the file lies, for messages.

    Returns:
        The dataset.

    Raises:
        VideoError: If there is none of that name, its values lie in another file, or the choice is
            not clear; the message lists the datasets.
    """
    with reading(f"read dataset '{name or ''}' of '{path}'"):
        if name:
            found = file[name] if file.find_address(name) is not None else None
            if isinstance(found, h5py.Group):
                found = found.get("video")
            if isinstance(found, h5py.Dataset):
                return found
        videos = video_datasets(file)
        if not name and len(videos) == 1:
            dataset: h5py.Dataset = file[videos[0]]
            return dataset
    if name:
        raise VideoError(
            f"'{path}' has no dataset '{name}'.{did_you_mean(name, videos)} "
            f"Datasets there: {_listed(file)}."
        )
    why = "holds no dataset that looks like a video" if not videos else "holds several videos"
    raise VideoError(f"'{path}' {why}; say which dataset to read. Datasets there: {_listed(file)}.")


def video_datasets(file: CheckedFile) -> list[str]:
    """List the datasets that may be videos: encoded images, or arrays of three or four axes."""
    return [
        name.lstrip("/")
        for name, shape in file.list_datasets()
        if len(shape or ()) in (3, 4) or is_encoded(file[name])
    ]


def is_encoded(dataset: h5py.Dataset) -> bool:
    """Tell whether each row of a dataset is a complete image file (PNG, JPEG)."""
    return bool(encoding(dataset))


def encoding(dataset: h5py.Dataset) -> str:
    """Return the format of the images in a dataset ("png", "jpg"); "" for an array of pixels."""
    return text(dataset.attrs.get("format", ""))


def text(value: object) -> str:
    """Return an attribute as text, however it was stored."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _listed(file: CheckedFile) -> str:
    found = [f"{name.lstrip('/')} {shape}" for name, shape in file.list_datasets()]
    shown = found if len(found) <= 20 else [*found[:20], f"and {len(found) - 20} more"]
    return ", ".join(shown) or "none"
