"""HDF5 files that hold videos: opening them, and finding the dataset."""

from pathlib import Path

import h5py

from sleap.errors import VideoError, did_you_mean

SUFFIXES = frozenset({".h5", ".hdf5", ".hdf", ".slp", ".mat"})


def is_hdf5(path: Path) -> bool:
    """Tell whether a file is of HDF5 by its name."""
    return path.suffix.lower() in SUFFIXES


def open_file(path: Path) -> h5py.File:
    """Open an HDF5 file for reading.

    With the library's usual locking: one process may open a file several times only alike.

    Raises:
        VideoError: If it is no HDF5 file, or is damaged.
    """
    try:
        return h5py.File(path, "r")
    except OSError as error:
        raise VideoError(
            f"Cannot open '{path}' as an HDF5 file: {error}. Check that it was copied whole."
        ) from None


def find_dataset(file: h5py.File, name: str | None, *, path: Path) -> h5py.Dataset:
    """Find the dataset that holds the video.

    Args:
        file: The open file.
        name: Its path in the file; None or "" takes the only one that may be a video.
        path: Where the file lies, for messages.

    Returns:
        The dataset.

    Raises:
        VideoError: If there is none of that name, or the choice is not clear; the message lists the
            datasets.
    """
    videos = video_datasets(file)
    if name:
        found = file.get(name)
        if isinstance(found, h5py.Group):
            found = found.get("video")
        if isinstance(found, h5py.Dataset):
            return found
        raise VideoError(
            f"'{path}' has no dataset '{name}'.{did_you_mean(name, videos)} "
            f"Datasets there: {_listed(file)}."
        )
    if len(videos) == 1:
        dataset: h5py.Dataset = file[videos[0]]
        return dataset
    why = "holds no dataset that looks like a video" if not videos else "holds several videos"
    raise VideoError(f"'{path}' {why}; say which dataset to read. Datasets there: {_listed(file)}.")


def video_datasets(file: h5py.File) -> list[str]:
    """List the datasets that may be videos: encoded images, or arrays of three or four axes."""
    found: list[str] = []

    def look(name: str, node: object) -> None:
        if isinstance(node, h5py.Dataset) and (is_encoded(node) or len(node.shape or ()) in (3, 4)):
            found.append(name)

    file.visititems(look)
    return found


def is_encoded(dataset: h5py.Dataset) -> bool:
    """Tell whether each row of a dataset is a complete image file (PNG, JPEG)."""
    return bool(encoding(dataset))


def encoding(dataset: h5py.Dataset) -> str:
    """Return the format of the images in a dataset ("png", "jpg"); "" for an array of pixels."""
    return text(dataset.attrs.get("format", ""))


def text(value: object) -> str:
    """Return an attribute as text, however it was stored."""
    return value.decode() if isinstance(value, bytes) else str(value)


def _listed(file: h5py.File) -> str:
    found: list[str] = []

    def look(name: str, node: object) -> None:
        if isinstance(node, h5py.Dataset):
            found.append(f"{name} {node.shape}")

    file.visititems(look)
    shown = found if len(found) <= 20 else [*found[:20], f"and {len(found) - 20} more"]
    return ", ".join(shown) or "none"
