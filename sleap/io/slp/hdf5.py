"""Reading HDF5 that somebody else wrote: nothing outside of the file, no surprises in size.

A labels file comes by mail or from a web page. It must not make this program read other files
(external links, external raw data, virtual datasets) nor fill the memory (a few bytes can claim
to be terabytes), and whatever is wrong with it ends in one ``FormatError`` that names the file.

The library itself never returns, or takes the process down, where certain structures are damaged.
``sleap.hdf5`` reads those first; here its errors get the name of the file.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from sleap.errors import FileError, FormatError, SleapError
from sleap.hdf5.files import check_regular, is_hdf5, open_checked
from sleap.hdf5.objects import CheckedGroup
from sleap.hdf5.source import SIGNATURE as SIGNATURE
from sleap.io.atomic import explain

MAX_DEPTH = 8
"""Links followed, and groups nested, at most."""

FREE_SIZE = 1 << 26
"""Bytes of a dataset that are read without asking how many the file stores."""

MAX_RATIO = 1200
"""Bytes read per byte stored, at most; deflate reaches 1032."""

_BROKEN = (
    OSError,
    RuntimeError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    MemoryError,
)


@contextmanager
def opened(path: str | Path) -> Iterator[h5py.File]:
    """Open an HDF5 file for reading.

    Args:
        path: The file.

    Yields:
        The file. Whatever goes wrong while it is read becomes one error with its name.

    Raises:
        FileError: If it is not there or cannot be opened.
        FormatError: If it is not HDF5, is damaged, or does not hold what was looked for.
    """
    check_signature(path)
    try:
        with open_checked(path) as file:
            yield file
    except FileError:
        raise
    except SleapError as error:
        raise FormatError(f"Cannot read '{path}': {error}") from error
    except _BROKEN as error:
        text = str(error)
        if "truncated" in text:
            why = "the file is incomplete; its copy or download broke off. Copy it again."
        else:
            why = f"the file is damaged or not a labels file ({_first_line(error)})."
        raise FormatError(f"Cannot read '{path}': {why}") from error


def check_signature(path: str | Path) -> None:
    """Check that a file is there, can be read, and begins as HDF5.

    Raises:
        FileError: If it is not there or cannot be opened.
        FormatError: If it is empty or not HDF5.
    """
    head = read_head(path)
    if not head:
        raise FormatError(f"Cannot read '{path}': the file is empty.")
    if not head.startswith(SIGNATURE) and not is_hdf5(path):
        raise FormatError(f"Cannot read '{path}': it is not an HDF5 file.")


def read_head(path: str | Path, size: int = 64) -> bytes:
    """Read the first bytes of a file.

    Raises:
        FileError: If it is not there or cannot be opened.
    """
    try:
        check_regular(path)
        with Path(path).open("rb") as file:
            return file.read(size)
    except FileNotFoundError as error:
        raise FileError(f"Cannot open '{path}': no such file.") from error
    except OSError as error:
        raise FileError(f"Cannot open '{path}': {explain(error)}.") from error


def find(parent: h5py.Group, name: str, depth: int = 0) -> h5py.Group | h5py.Dataset | None:
    """Find an object inside the file.

    Args:
        parent: Where to look.
        name: A name, or several with ``/`` between.
        depth: How many links led here.

    Returns:
        The group or dataset; None if there is none.

    Raises:
        FormatError: If a link leads out of the file, or in circles.
    """
    if isinstance(parent, CheckedGroup):
        if parent.find_address(name, depth) is None:
            return None
        found = parent[name]
        return found if isinstance(found, h5py.Group | h5py.Dataset) else None
    here: Any = parent.file["/"] if name.startswith("/") else parent
    for part in name.strip("/").split("/"):
        link = here.get(part, getlink=True) if isinstance(here, h5py.Group) else None
        if link is None:
            return None
        if isinstance(link, h5py.HardLink):
            here = here[part]
        elif isinstance(link, h5py.SoftLink) and depth < MAX_DEPTH:
            here = find(here, link.path, depth + 1)
        else:
            raise FormatError(f"'{part}' is a link that leads out of the file or in circles.")
    return here if isinstance(here, h5py.Group | h5py.Dataset) else None


def find_dataset(parent: h5py.Group, name: str) -> h5py.Dataset | None:
    """Find a dataset whose values lie inside the file; None if there is none.

    Raises:
        FormatError: If its values lie in another file, or it claims an absurd size.
    """
    found = find(parent, name)
    if found is None:
        return None
    if not isinstance(found, h5py.Dataset):
        raise FormatError(f"'{name}' should be a dataset, and is a group.")
    if found.is_virtual or found.external:
        raise FormatError(f"The values of dataset '{name}' lie in another file.")
    if found.dtype.kind == "O" and not _is_plain(found.dtype):
        raise FormatError(f"Dataset '{name}' holds references: expected values.")
    stored = found.id.get_storage_size()
    if found.nbytes > max(FREE_SIZE, MAX_RATIO * stored):
        raise FormatError(
            f"Dataset '{name}' claims {found.nbytes:.3g} bytes, and the file stores {stored} of it."
        )
    return found


def find_group(parent: h5py.Group, name: str) -> h5py.Group | None:
    """Find a group; None if there is none or it is something else."""
    found = find(parent, name)
    return found if isinstance(found, h5py.Group) else None


def read_rows(dataset: h5py.Dataset) -> npt.NDArray[Any]:
    """Read a table: (n,) structured, or (n, columns) numbers.

    Raises:
        FormatError: If it is neither.
    """
    if dataset.dtype.kind == "O" or dataset.ndim not in (1, 2):
        raise FormatError(
            f"Dataset '{dataset.name}' should be a table, and is {dataset.dtype} "
            f"of shape {dataset.shape}."
        )
    rows: npt.NDArray[Any] = dataset[()]
    return rows


def read_json_list(parent: h5py.Group, name: str) -> list[Any]:
    """Read a list of JSON texts; an absent or empty dataset of any type is an empty list.

    Raises:
        FormatError: If an entry is not JSON.
    """
    dataset = find_dataset(parent, name)
    if dataset is None or dataset.size in (0, None):
        return []
    entries = np.asarray(dataset[()]).reshape(-1)
    return [parse_json(entry, f"{name}[{place}]") for place, entry in enumerate(entries)]


def parse_json(text: Any, what: str) -> Any:
    """Read JSON from what HDF5 gives for a string of any kind.

    Raises:
        FormatError: If it is not JSON.
    """
    if isinstance(text, np.ndarray):
        text = text.reshape(-1)[0] if text.dtype.kind in "OSU" else text.tobytes()
    if not isinstance(text, str | bytes):
        raise FormatError(f"'{what}' should be text, and is {type(text).__name__}.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"'{what}' is not valid JSON: {error}.") from error


def _is_plain(dtype: np.dtype[Any]) -> bool:
    """Tell whether Python objects of a dataset are strings or vectors of numbers."""
    if h5py.check_string_dtype(dtype) is not None:
        return True
    base = h5py.check_vlen_dtype(dtype)
    return base is not None and np.dtype(base).kind in "iufb"


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
