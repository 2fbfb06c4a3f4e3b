"""Metrics of trainings: ``metrics.{split}.npz``, read without running what is in them.

The file is a zip of ``.npy`` arrays. Its entry ``metrics`` is an array of one Python object, a
pickled dictionary: loading that with numpy runs whatever code the pickle names. Here it is read as
data by ``sleap.io.plain_pickle``.
"""

import ast
import io
import math
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sleap.errors import FileError, FormatError
from sleap.hdf5.files import check_regular
from sleap.hdf5.structure import memory_limit
from sleap.io import plain_pickle
from sleap.io.atomic import explain, replacing

ENTRY = "metrics"
"""Name of the array that holds the dictionary."""

MAX_ENTRIES = 10_000
"""Arrays of one file, at most."""

_MAX_HEADER = 10_000

_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error),
    *(EOFError, OSError, RuntimeError, NotImplementedError, MemoryError),
    *(ValueError, TypeError, KeyError, SyntaxError, OverflowError, UnicodeError),
)


def read_metrics(path: str | Path) -> dict[str, Any]:
    """Read the metrics of a model.

    Args:
        path: ``metrics.{split}.npz`` of a classic run folder.

    Returns:
        The metrics by name: "dist.avg", "oks_voc.mAP", "vis.precision", ... Arrays are read-only
        and plain, whatever class they were of. Distances are in pixels, NaN for a missing point.

    Raises:
        FileError: If the file is not there or cannot be opened.
        FormatError: If it is no such file, is damaged, claims absurd sizes, or holds anything that
            is not plain data.
    """
    path = Path(path)
    try:
        check_regular(path)
        size = path.stat().st_size
        file = path.open("rb")
    except FileNotFoundError as error:
        raise FileError(f"Cannot open '{path}': no such file.") from error
    except OSError as error:
        raise FileError(f"Cannot open '{path}': {explain(error)}.") from error
    with file:
        try:
            arrays = _read_arrays(file, memory_limit(size))
        except FormatError as error:
            raise FormatError(f"Cannot read '{path}': {error}") from error
        except _BROKEN as error:
            raise FormatError(
                f"Cannot read '{path}': it is no metrics file, or is damaged ({error})."
            ) from error
    found = arrays.get(ENTRY, arrays)
    if not isinstance(found, dict):
        raise FormatError(f"Cannot read '{path}': its metrics are no dictionary.")
    return {str(name): value for name, value in found.items()}


def write_metrics(metrics: Mapping[str, Any], path: str | Path) -> None:
    """Write the metrics of a model, as the original did.

    Args:
        metrics: Numbers and arrays by name.
        path: ``metrics.{split}.npz``; an old one is replaced only when all is written.

    Raises:
        FileError: If it cannot be written.
    """
    entry = np.array(dict(metrics), dtype=object)
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, metrics=entry)


def _read_arrays(file: Any, limit: int) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise FormatError(f"it holds {len(entries)} arrays: too many.")
        for entry in entries:
            # What an entry claims may be wrong: what it becomes counts.
            with archive.open(entry) as packed:
                data = packed.read(limit + 1)
            limit -= len(data)
            if limit < 0:
                raise FormatError(f"'{entry.filename}' becomes absurdly large when it is unpacked.")
            arrays[entry.filename.removesuffix(".npy")] = _parse_array(data, entry.filename)
    return arrays


def _parse_array(data: bytes, name: str) -> Any:
    """Read one array of the format NPY (NEP 1), or the object in it."""
    stream = io.BytesIO(data)
    if stream.read(6) != b"\x93NUMPY":
        raise FormatError(f"'{name}' is no array.")
    major = stream.read(2)[0]
    width = 2 if major == 1 else 4
    length = int.from_bytes(stream.read(width), "little")
    if not 1 <= major <= 3 or length > _MAX_HEADER:
        raise FormatError(f"'{name}' is an array of an unknown version.")
    header = ast.literal_eval(stream.read(length).decode("utf-8" if major == 3 else "latin-1"))
    dtype, shape = np.dtype(header["descr"]), tuple(int(size) for size in header["shape"])
    rest = data[stream.tell() :]
    if dtype.hasobject:
        if dtype.kind != "O":
            raise FormatError(f"'{name}' holds objects inside of rows.")
        found = plain_pickle.loads(rest)
        is_single = isinstance(found, np.ndarray) and found.dtype.kind == "O" and found.size == 1
        return found.item() if is_single else found
    count = math.prod(shape)
    if min(shape, default=0) < 0 or count * dtype.itemsize > len(rest) or not dtype.itemsize:
        raise FormatError(f"'{name}' is incomplete.")
    values = np.frombuffer(rest, dtype, count)
    is_fortran = bool(header.get("fortran_order"))
    return values.reshape(shape[::-1]).T if is_fortran else values.reshape(shape)
