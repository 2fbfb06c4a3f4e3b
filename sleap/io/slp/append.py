"""Predictions written while they are made: memory stays bounded, and a killed run loses little.

While the run lasts, ``{path}.partial`` grows by records that are each written in one piece and
carry a checksum, so that whatever stops the program, all but the last fraction of a second can be
read. (An HDF5 file that is open for writing gives no such promise.) At the end the records become
the tables of a labels file, which takes the place of ``path`` at once.

A record is its kind (4 bytes), the length and the CRC-32 of its payload (each a little-endian
uint32), and the payload::

    HEAD   JSON: version, skeleton, video entry, provenance; always the first
    TRAK   JSON: [[spawned_on, name], ...], all tracks so far
    ROWS   three uint32 counts, and so many rows of frames, instances and pred_points
"""

import json
import logging
import os
import struct
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np

from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS, PREDICTED, Rows
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError, FormatError
from sleap.io import skeleton_json
from sleap.io.atomic import explain, replacing
from sleap.io.slp import videos
from sleap.io.slp.write import created, write_header

logger = logging.getLogger(__name__)

MAGIC = b"SLEAP partial predictions 1\n"
SUFFIX = ".partial"

N_BUFFERED = 128
"""Frames kept in memory until they are written, at most."""

MAX_DELAY = 2.0
"""Seconds until a frame is written, at most, while frames come."""

_RECORD = struct.Struct("<4sII")
_COUNTS = struct.Struct("<III")
_TABLES = (FRAMES, INSTANCES, PRED_POINTS)


class PredictionWriter:
    """Streams predictions to a labels file.

    Used as a context manager. On a normal exit the finished file replaces ``path`` whole; after an
    error or a kill ``{path}.partial`` stays, which ``load_file`` reads like a labels file.

    Args:
        path: The labels file to write.
        video: The video of all frames.
        skeleton: The skeleton of all poses.
        provenance: Where the predictions come from; may be changed until the end.
        keep_empty: Whether frames on which nothing was found are written.

    Attributes:
        path: The labels file.
        partial_path: The file that grows meanwhile.
        tracks: What ``Poses.tracks`` number; extend it before the writer is closed.
        provenance: Where the predictions come from.
        n_frames: Frames written.
        n_instances: Instances written.

    Raises:
        FileError: If the file cannot be written.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        video: Video,
        skeleton: Skeleton,
        provenance: Mapping[str, Any] | None = None,
        keep_empty: bool = False,
    ) -> None:
        self.path = Path(path)
        self.partial_path = self.path.with_name(self.path.name + SUFFIX)
        self.tracks: list[Track] = []
        self.provenance = dict(provenance or {})
        self.n_frames = 0
        self.n_instances = 0
        self._video = video
        self._skeleton = skeleton
        self._keep_empty = keep_empty
        self._waiting: list[Poses] = []
        self._n_tracks_written = 0
        self._last_write = time.monotonic()
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        _set_aside(self.partial_path)
        try:
            self._file = self.partial_path.open("xb", buffering=0)
        except OSError as error:
            raise FileError(f"Cannot write '{self.partial_path}': {explain(error)}.") from error
        header = {
            "version": 1,
            "skeleton": skeleton_json.encode(self._skeleton),
            "video": videos.encode(self._video),
            "provenance": self.provenance,
        }
        self._put(MAGIC + _record(b"HEAD", _dump(header)))
        return self

    def write(self, poses: Poses) -> None:
        """Add the poses of one frame, in any order of frames.

        Args:
            poses: The poses; their ``tracks`` number ``self.tracks``, -1 for none.

        Raises:
            FileError: If the disk refuses.
            ValueError: If the poses have another number of nodes than the skeleton.
        """
        if poses.n_nodes != self._skeleton.n_nodes:
            raise ValueError(
                f"poses of {poses.n_nodes} nodes for a skeleton of {self._skeleton.n_nodes}"
            )
        if not len(poses) and not self._keep_empty:
            return
        self._waiting.append(poses)
        waited = time.monotonic() - self._last_write
        if len(self._waiting) >= N_BUFFERED or waited >= MAX_DELAY:
            self.flush()

    def flush(self) -> None:
        """Hand over to the system what is waiting, and the tracks there are by now.

        Raises:
            FileError: If the disk refuses.
        """
        self._last_write = time.monotonic()
        if len(self.tracks) > self._n_tracks_written:
            self._put(_record(b"TRAK", _dump(_track_items(self.tracks))))
            self._n_tracks_written = len(self.tracks)
        if not self._waiting:
            return
        tables = _to_tables(self._waiting, self.n_frames, self.n_instances)
        self._waiting.clear()
        counts = _COUNTS.pack(*(len(table) for table in tables))
        self._put(_record(b"ROWS", counts + b"".join(table.tobytes() for table in tables)))
        self.n_frames += len(tables[0])
        self.n_instances += len(tables[1])

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self._file is not None and (kind is None or not issubclass(kind, FileError)):
                self.flush()
        finally:
            if self._file is not None:
                self._file.close()
                self._file = None
        if kind is not None:
            if self.n_frames:
                logger.warning("What was predicted so far is in '%s'.", self.partial_path)
            else:
                self.partial_path.unlink(missing_ok=True)
            return
        self._finish()
        self.partial_path.unlink(missing_ok=True)

    def _finish(self) -> None:
        _check_tracks(self.partial_path, len(self.tracks))
        n_points = self.n_instances * self._skeleton.n_nodes
        lengths = (self.n_frames, self.n_instances, n_points)
        with replacing(self.path) as temporary, created(temporary) as file:
            write_header(
                file,
                skeletons=[self._skeleton],
                videos=[videos.encode(self._video)],
                tracks=self.tracks,
                provenance=self.provenance,
            )
            datasets = [
                file.create_dataset(name, shape=(length,), dtype=dtype)
                for name, dtype, length in zip(
                    ("frames", "instances", "pred_points"), _TABLES, lengths, strict=True
                )
            ]
            file.create_dataset("points", shape=(0,), dtype=POINTS)
            done = [0, 0, 0]
            for kind, payload in _records(self.partial_path):
                if kind == b"ROWS":
                    for place, rows in enumerate(_split(payload)):
                        if len(rows):
                            datasets[place][done[place] : done[place] + len(rows)] = rows
                        done[place] += len(rows)

    def _put(self, data: bytes) -> None:
        assert self._file is not None, "the writer is not open"
        try:
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) :]
        except OSError as error:
            raise FileError(
                f"Cannot write '{self.partial_path}': {explain(error)}. "
                "What was written before is kept there."
            ) from error


def is_journal(head: bytes) -> bool:
    """Tell from its first bytes whether a file is one of partial predictions."""
    return head.startswith(MAGIC)


def recover(path: str | Path, *, search: Sequence[Path] = ()) -> Labels:
    """Read what a run that did not end has left.

    A record that is incomplete or damaged, and all behind it, is left out.

    Args:
        path: The ``.partial`` file.
        search: Folders in which the video may lie, to look in after that of the file.

    Raises:
        FormatError: If it is no such file, or damaged at its beginning.
    """
    path = Path(path)
    header: dict[str, Any] | None = None
    tracks: list[Track] = []
    parts: tuple[list[Rows], ...] = ([], [], [])
    for kind, payload in _records(path):
        if kind == b"HEAD":
            header = json.loads(payload)
        elif kind == b"TRAK":
            tracks = [Track(str(name), int(spawned)) for spawned, name in json.loads(payload)]
        elif kind == b"ROWS":
            for part, rows in zip(parts, _split(payload), strict=True):
                part.append(rows)
    if header is None:
        raise FormatError(f"Cannot read '{path}': its beginning is missing or damaged.")
    video = videos.decode(header["video"], path)
    videos.remember_search(video, [path.absolute().parent, *search])
    frames, instances, pred_points = (
        np.concatenate([np.empty(0, dtype), *part])
        for dtype, part in zip(_TABLES, parts, strict=True)
    )
    n_tracks = int(instances["track"].max(initial=-1)) + 1
    tracks += [Track(f"track_{number}") for number in range(len(tracks), n_tracks)]
    return Labels.from_tables(
        frames=frames,
        instances=instances,
        points=np.empty(0, POINTS),
        pred_points=pred_points,
        videos=[video],
        skeletons=[skeleton_json.decode(header["skeleton"])],
        tracks=tracks,
        provenance=header.get("provenance"),
    )


def _to_tables(batch: Sequence[Poses], n_frames: int, n_instances: int) -> tuple[Rows, Rows, Rows]:
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


def _record(kind: bytes, payload: bytes) -> bytes:
    return _RECORD.pack(kind, len(payload), zlib.crc32(payload)) + payload


def _records(path: Path) -> Iterator[tuple[bytes, bytes]]:
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


def _split(payload: bytes) -> list[Rows]:
    counts = _COUNTS.unpack_from(payload)
    tables: list[Rows] = []
    place = _COUNTS.size
    for dtype, count in zip(_TABLES, counts, strict=True):
        tables.append(np.frombuffer(payload, dtype, count, place))
        place += count * dtype.itemsize
    return tables


def _check_tracks(path: Path, n_tracks: int) -> None:
    for kind, payload in _records(path):
        if kind == b"ROWS":
            numbers = _split(payload)[1]["track"]
            if len(numbers) and (numbers.max() >= n_tracks or numbers.min() < -1):
                raise ValueError(
                    f"poses name track {numbers.max()}, and the writer has {n_tracks} tracks"
                )


def _set_aside(path: Path) -> None:
    """Keep what an earlier run left, under another name."""
    if not path.exists():
        return
    number = 1
    while (other := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    with suppress(OSError):
        path.rename(other)
        logger.warning("'%s' of an earlier run is now '%s'.", path, other.name)


def _track_items(tracks: Sequence[Track]) -> list[list[Any]]:
    return [[track.spawned_on, track.name] for track in tracks]


def _dump(value: Any) -> bytes:
    return json.dumps(value, default=str).encode("utf-8")
