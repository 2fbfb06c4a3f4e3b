"""Records of predictions that survive whatever stops the program that writes them.

The file begins with ``MAGIC``. A record is its kind (4 bytes), the length and the CRC-32 of its
payload (each a little-endian uint32), and the payload::

    HEAD   JSON: version, skeleton, video entry, provenance; always the first
    TRAK   JSON: [[spawned_on, name], ...], all tracks so far
    ROWS   three uint32 counts, and so many rows of frames, instances and pred_points

Each record is written in one piece, and what is incomplete at the end is left out on reading.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sleap.core.poses import Poses
from sleap.core.tables import FRAMES, INSTANCES, PRED_POINTS, PREDICTED, Rows
from sleap.errors import FormatError

MAGIC = b"SLEAP partial predictions 1\n"
HEAD, TRACKS, ROWS = b"HEAD", b"TRAK", b"ROWS"
TABLES = (FRAMES, INSTANCES, PRED_POINTS)

_RECORD = struct.Struct("<4sII")
_COUNTS = struct.Struct("<III")


def is_journal(head: bytes) -> bool:
    """Tell from its first bytes whether a file is one of partial predictions."""
    return head.startswith(MAGIC)


def to_tables(batch: Sequence[Poses], n_frames: int, n_instances: int) -> tuple[Rows, Rows, Rows]:
    """Turn poses into rows that follow ``n_frames`` frames and ``n_instances`` instances."""
    counts = np.array([len(poses) for poses in batch])
    ends = n_instances + np.cumsum(counts)
    frames = np.zeros(len(batch), FRAMES)
    frames["frame_id"] = n_frames + np.arange(len(batch))
    frames["frame_idx"] = [poses.frame_idx for poses in batch]
    frames["instance_id_start"] = ends - counts
    frames["instance_id_end"] = ends

    n_nodes = batch[0].n_nodes
    instances = np.zeros(int(counts.sum()), INSTANCES)
    rows = n_instances + np.arange(len(instances))
    instances["instance_id"] = rows
    instances["instance_type"] = PREDICTED
    instances["frame_id"] = np.repeat(frames["frame_id"], counts)
    instances["track"] = np.concatenate([poses.tracks for poses in batch])
    instances["from_predicted"] = -1
    instances["score"] = np.concatenate([poses.scores for poses in batch])
    instances["point_id_start"] = rows * n_nodes
    instances["point_id_end"] = (rows + 1) * n_nodes
    instances["tracking_score"] = np.concatenate([poses.tracking_scores for poses in batch])

    points = np.zeros(len(instances) * n_nodes, PRED_POINTS)
    xy = np.concatenate([poses.points for poses in batch]).reshape(-1, 2)
    points["x"], points["y"] = xy[:, 0], xy[:, 1]
    points["visible"] = ~np.isnan(xy).any(axis=1)
    points["score"] = np.concatenate([poses.point_scores for poses in batch]).reshape(-1)
    return frames, instances, points


def pack_json(kind: bytes, value: Any) -> bytes:
    """Make a record of a value."""
    return pack(kind, json.dumps(value, default=str).encode("utf-8"))


def pack_rows(tables: Sequence[Rows]) -> bytes:
    """Make a record of rows of frames, instances and pred_points."""
    counts = _COUNTS.pack(*(len(table) for table in tables))
    return pack(ROWS, counts + b"".join(table.tobytes() for table in tables))


def pack(kind: bytes, payload: bytes) -> bytes:
    """Make a record."""
    return _RECORD.pack(kind, len(payload), zlib.crc32(payload)) + payload


def read_records(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and payload of all whole records."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise FormatError(f"Cannot read '{path}': it holds no partial predictions.")
        left = os.fstat(file.fileno()).st_size - len(MAGIC)
        while left >= _RECORD.size:
            kind, length, checksum = _RECORD.unpack(file.read(_RECORD.size))
            left -= _RECORD.size + length
            payload = file.read(length) if left >= 0 else b""
            if len(payload) != length or zlib.crc32(payload) != checksum:
                return
            yield kind, payload


def split_rows(payload: bytes) -> list[Rows]:
    """Return the frames, instances and pred_points of a record ``ROWS``, not to be written to.

    Raises:
        FormatError: If it is of another length than it says.
    """
    counts = _COUNTS.unpack_from(payload) if len(payload) >= _COUNTS.size else (0, 0, 0)
    sizes = [count * dtype.itemsize for count, dtype in zip(counts, TABLES, strict=True)]
    if len(payload) != _COUNTS.size + sum(sizes):
        raise FormatError("A record of predictions is of another length than it says.")
    tables: list[Rows] = []
    place = _COUNTS.size
    for dtype, count in zip(TABLES, counts, strict=True):
        tables.append(np.frombuffer(payload, dtype, count, place))
        place += count * dtype.itemsize
    return tables
