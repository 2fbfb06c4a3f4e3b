"""Predictions written while they are made: memory stays bounded, and a killed run loses little.

While the run lasts, ``{path}.partial`` grows by records that are each written in one piece and
carry a checksum, so that whatever stops the program, all but the last fraction of a second can be
read. (An HDF5 file that is open for writing gives no such promise.) At the end the records become
the tables of a labels file, which takes the place of ``path`` at once.
"""

import json
import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np

from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.tables import POINTS, Rows
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError, FormatError, SleapError
from sleap.io import skeleton_json
from sleap.io.atomic import explain, replacing
from sleap.io.slp import journal, videos
from sleap.io.slp.sink import created
from sleap.io.slp.write import write_header

logger = logging.getLogger(__name__)

SUFFIX = ".partial"

_BROKEN = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError),
    *(OverflowError, RecursionError, MemoryError, OSError),
)
"""What nonsense in a file makes of the code that reads it."""

N_BUFFERED = 128
"""Frames kept in memory until they are written, at most."""

MAX_DELAY = 2.0
"""Seconds until a frame is written, at most, while frames come."""


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
            "video": videos.encode(self._video, folder=self.path.parent),
            "provenance": self.provenance,
        }
        self._put(journal.MAGIC + journal.pack_json(journal.HEAD, header))
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
            items = [[track.spawned_on, track.name] for track in self.tracks]
            self._put(journal.pack_json(journal.TRACKS, items))
            self._n_tracks_written = len(self.tracks)
        if not self._waiting:
            return
        tables = journal.to_tables(self._waiting, self.n_frames, self.n_instances)
        self._waiting.clear()
        self._put(journal.pack_rows(tables))
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
                self._remove_partial()
            return
        self._finish()
        self._remove_partial()

    def _remove_partial(self) -> None:
        try:
            self.partial_path.unlink(missing_ok=True)
        except OSError as error:  # it is in the way of nothing
            logger.warning("'%s' cannot be removed: %s.", self.partial_path, explain(error))

    def _finish(self) -> None:
        n_points = self.n_instances * self._skeleton.n_nodes
        lengths = (self.n_frames, self.n_instances, n_points)
        with replacing(self.path) as temporary, created(temporary) as (file, sink):
            write_header(
                file,
                skeletons=[self._skeleton],
                videos=[videos.encode(self._video, folder=self.path.parent)],
                tracks=self.tracks,
                provenance=self.provenance,
            )
            datasets = [
                file.create_dataset(name, shape=(length,), dtype=dtype)
                for name, dtype, length in zip(
                    ("frames", "instances", "pred_points"), journal.TABLES, lengths, strict=True
                )
            ]
            file.create_dataset("points", shape=(0,), dtype=POINTS)
            done = [0, 0, 0]
            for kind, payload in journal.read_records(self.partial_path):
                if kind == journal.ROWS:
                    sink.check()
                    tables = journal.split_rows(payload)
                    self._check_tracks(tables[1]["track"])
                    for place, rows in enumerate(tables):
                        if len(rows):
                            datasets[place][done[place] : done[place] + len(rows)] = rows
                        done[place] += len(rows)

    def _check_tracks(self, numbers: Rows) -> None:
        if len(numbers) and not -1 <= numbers.min() <= numbers.max() < len(self.tracks):
            raise ValueError(
                f"poses name tracks {numbers.min()} to {numbers.max()}, "
                f"and the writer has {len(self.tracks)}"
            )

    def _put(self, data: bytes) -> None:
        assert self._file is not None, "the writer is not open"
        whole = self._file.tell()
        try:
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) :]
        except OSError as error:
            with suppress(OSError):  # so that a record written later does not follow half a one
                self._file.truncate(whole)
                self._file.seek(whole)
            raise FileError(
                f"Cannot write '{self.partial_path}': {explain(error)}. "
                "What was written before is kept there."
            ) from error


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
    try:
        return _recover(path, search)
    except FileError:
        raise
    except (SleapError, *_BROKEN) as error:
        text = str(error)
        if not text.startswith("Cannot read '"):
            text = f"Cannot read '{path}': the file is damaged ({text})."
        raise FormatError(text) from error


def _recover(path: Path, search: Sequence[Path]) -> Labels:
    header: dict[str, Any] | None = None
    tracks: list[Track] = []
    parts: tuple[list[Rows], ...] = ([], [], [])
    for kind, payload in journal.read_records(path):
        if kind == journal.HEAD:
            header = json.loads(payload)
        elif kind == journal.TRACKS:
            tracks = [Track(str(name), int(spawned)) for spawned, name in json.loads(payload)]
        elif kind == journal.ROWS:
            for part, rows in zip(parts, journal.split_rows(payload), strict=True):
                part.append(rows)
    if header is None:
        raise FormatError(f"Cannot read '{path}': its beginning is missing or damaged.")
    video = videos.decode(header["video"], path)
    videos.remember_search(video, [path.absolute().parent, *search])
    frames, instances, pred_points = (
        np.concatenate([np.empty(0, dtype), *part])
        for dtype, part in zip(journal.TABLES, parts, strict=True)
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
