"""Tables found in the bytes of a file that has lost its index.

Each dataset says in its header where its values lie (the data layout message, clause IV.A.2.i of
the HDF5 File Format Specification, version 3.0). The headers have no signature, but such a message
has a shape that hardly anything else has; and a table is known by what its rows hold: numbers that
count up, ranges that follow each other, flags that are 0 or 1.
"""

import re
import struct
from typing import Any

import numpy as np

from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS, Rows
from sleap.io.slp.mending import Part, Parts

_LAYOUT = re.compile(rb"\x08\x00\x18\x00[\x00-\x07]\x00\x00\x00\x03\x01(.{8})(.{8})", re.DOTALL)
"""Layout message of version 3, class contiguous: address and size of the values."""

_N_LOOKED_AT = 4096
"""Rows by which a table is known."""


def find_tables(raw: Any) -> Parts:
    """Find the four tables; the largest where there are several, empty where there is none.

    Args:
        raw: The bytes of the file.
    """
    parts = Parts()
    for match in _LAYOUT.finditer(raw):
        (offset,), (size,) = (struct.unpack("<Q", match[group]) for group in (1, 2))
        if not 0 < offset < len(raw) or not 0 < size < 1 << 48:
            continue
        for name, dtype, is_alike in (
            ("frames", FRAMES, _is_frames),
            ("instances", INSTANCES, _is_instances),
            ("points", POINTS, _is_points),
            ("pred_points", PRED_POINTS, _is_pred_points),
        ):
            n_there = min(size, len(raw) - offset) // dtype.itemsize
            if size % dtype.itemsize or not n_there:
                continue
            known: Part = getattr(parts, name)
            rows = np.frombuffer(raw[offset : offset + n_there * dtype.itemsize], dtype)
            if n_there > np.count_nonzero(known.is_there) and is_alike(rows[:_N_LOOKED_AT]):
                n = min(size // dtype.itemsize, 2 * n_there + 1024)
                padded = np.zeros(n, dtype)
                padded[:n_there] = rows
                setattr(parts, name, Part(padded, np.arange(n) < n_there))
    return parts


def _is_frames(rows: Rows) -> bool:
    starts, ends = rows["instance_id_start"], rows["instance_id_end"]
    counts_up = rows["frame_id"][1:] == rows["frame_id"][:-1] + 1
    plausible = (starts <= ends) & (ends - starts < 1 << 20) & (rows["frame_idx"] < 1 << 40)
    return bool(plausible.all() and counts_up.all())


def _is_instances(rows: Rows) -> bool:
    starts, ends = rows["point_id_start"], rows["point_id_end"]
    counts_up = rows["instance_id"][1:] == rows["instance_id"][:-1] + 1
    plausible = (rows["instance_type"] <= 1) & (starts <= ends) & (ends - starts < 1 << 16)
    return bool(plausible.all() and counts_up.all())


def _is_points(rows: Rows) -> bool:
    flags = rows.view(np.uint8).reshape(len(rows), -1)[:, 16:18]
    return bool((flags <= 1).all() and _is_place(rows["x"]) and _is_place(rows["y"]))


def _is_pred_points(rows: Rows) -> bool:
    scores = rows["score"]
    with np.errstate(invalid="ignore"):
        in_range = np.isnan(scores) | (np.abs(scores) < 1e6)
    return _is_points(rows) and bool(in_range.all())


def _is_place(values: Rows) -> bool:
    with np.errstate(invalid="ignore"):
        sizes = np.abs(values)
        # Tiny numbers are those of other types, seen as floats.
        plausible = np.isnan(values) | (sizes == 0) | ((sizes > 1e-6) & (sizes < 1e7))
    return bool(plausible.all())
