"""Ways to open a file that each reader must survive, by name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def read_raw_hdf5(path: Path) -> None:
    """Read all there is with the HDF5 library alone: what this package must protect from."""
    import h5py

    from sleap.errors import FormatError

    try:
        with h5py.File(path, "r") as file:
            _read_group(file)
    except (OSError, RuntimeError, KeyError, ValueError, TypeError, MemoryError) as error:
        raise FormatError(str(error)) from error


def _read_group(group: Any, depth: int = 0) -> None:
    import h5py

    list(group.attrs.items())
    for name in list(group) if depth < 6 else ():
        if isinstance(group.get(name, getlink=True), h5py.HardLink):
            child = group[name]
            if isinstance(child, h5py.Group):
                _read_group(child, depth + 1)
            elif isinstance(child, h5py.Dataset):
                list(child.attrs.items())
                if child.nbytes < 1 << 26:
                    child[()]


def read_checked_hdf5(path: Path) -> None:
    """Read all there is of an HDF5 file as this package does."""
    from sleap.errors import FormatError
    from sleap.hdf5.files import open_checked

    try:
        with open_checked(path) as file:
            _read_group(file)
    except (OSError, RuntimeError, KeyError, ValueError, TypeError, MemoryError) as error:
        raise FormatError(str(error)) from error


def load_labels(path: Path) -> Any:
    """Read labels of any format."""
    from sleap.io.files import load_file

    return load_file(path).to_tables()


def load_skeleton(path: Path) -> Any:
    """Read a skeleton."""
    from sleap.io import skeleton_files

    return skeleton_files.load_skeleton(path)


def read_metrics(path: Path) -> Any:
    """Read metrics of a training."""
    from sleap.io import metrics_file

    return metrics_file.read_metrics(path)


def read_model(path: Path) -> Any:
    """Read the network of a model."""
    from sleap.nn.saved import keras_h5

    return keras_h5.read_network(path)


def read_video(path: Path) -> Any:
    """Read the first and the last frame of a video."""
    from sleap.video import open_video

    with open_video(path) as reader:
        indices = reader.frame_indices
        return [reader.read(int(index)) for index in (indices[:1].tolist() + indices[-1:].tolist())]


def read_profile(path: Path) -> Any:
    """Read a training profile."""
    from sleap.nn.config.profile import load_profile

    return load_profile(path, strict=False)


OPENERS: dict[str, Callable[[Path], Any]] = {
    "hdf5": read_raw_hdf5,
    "checked": read_checked_hdf5,
    "labels": load_labels,
    "skeleton": load_skeleton,
    "metrics": read_metrics,
    "model": read_model,
    "video": read_video,
    "profile": read_profile,
}
