"""Reads an analysis file of either layout, of whatever origin."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.tables import BoolArray, FloatArray, IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io.assembly import assemble
from sleap.io.formats.analysis_hdf5.names import (
    AXES,
    DIMS,
    FIRST_FRAME,
    OCCUPANCY,
    POINT_SCORES,
    SCORES,
    TRACKING_SCORES,
    TRACKS,
    UNTRACKED,
)
from sleap.io.slp import hdf5, videos

READ_BYTES = 1 << 25
"""Size of an array read at a time."""

MAX_POINTS = 1 << 22
"""Points of all tracks on one frame, at most: more is damage."""

MAX_CHUNK = 1 << 28
"""Bytes of a chunk, at most: HDF5 holds one in memory whole."""


@frozen(eq=False)
class _Array:
    """One of the arrays of a file, its axes brought to the usual order.

    Attributes:
        dataset: The array.
        axes: Place in the file of each axis of the usual order.
        frame: Place in the file of the axis of frames.
        track: Place in the file of the axis of tracks.
    """

    dataset: h5py.Dataset
    axes: tuple[int, ...]
    frame: int
    track: int

    @property
    def shape(self) -> tuple[int, ...]:
        """Its shape, axes in the usual order."""
        return tuple(self.dataset.shape[axis] for axis in self.axes)

    def read(self, first: int, last: int, columns: IntArray) -> FloatArray:
        """Read some columns of frames ``first`` to ``last`` (exclusive).

        Args:
            first: The first frame.
            last: The frame behind the last.
            columns: (m,) columns, ascending.

        Returns:
            The values, axes in the usual order.
        """
        part = [slice(None)] * len(self.axes)
        part[self.frame] = slice(first, last)
        pieces = []
        for run in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1):
            part[self.track] = slice(run[0], run[-1] + 1) if len(run) else slice(0)
            pieces.append(self.dataset[tuple(part)])
        values: FloatArray = np.concatenate(pieces, axis=self.track).astype(np.float64)
        return values.transpose(self.axes)

    def stored_frames(self) -> list[tuple[int, int]]:
        """Return (first, last) of the frames of each chunk that is stored; maybe overlapping."""
        n_frames = self.dataset.shape[self.frame]
        if self.dataset.chunks is None:
            return [(0, n_frames)]
        size = self.dataset.chunks[self.frame]
        starts: set[int] = set()

        def note(chunk: Any) -> None:
            starts.add(chunk.chunk_offset[self.frame])

        self.dataset.id.chunk_iter(note)
        return [(start, min(start + size, n_frames)) for start in sorted(starts)]


def read(path: Path, search: Sequence[Path]) -> Labels:
    """Read an analysis file of either layout.

    Instances with a score are predictions, those without one were set by the user; a file without
    scores (the first layout) holds predictions whose scores are unknown.

    Args:
        path: The file.
        search: Folders in which the video may lie.

    Raises:
        FileError: If it is not there.
        FormatError: If it is damaged, or no analysis file.
    """
    with hdf5.opened(path) as file:
        tracks = _find(file, TRACKS)
        if tracks is None:
            raise FormatError("it has no dataset 'tracks'; expected an analysis file.")
        n_columns, n_axes, n_nodes, n_frames = tracks.shape
        n_points = max(n_columns, 1) * max(n_nodes, 1)
        if n_axes != 2 or n_points > MAX_POINTS:
            raise FormatError(
                f"'tracks' is of shape {tracks.shape}: expected (tracks, 2, nodes, frames)."
            )
        arrays = {name: found for name in AXES if (found := _find(file, name)) is not None}
        _check_shapes(arrays, n_columns, n_nodes, n_frames)
        first_frame = _read_number(tracks.dataset, FIRST_FRAME)
        blocks = [part for span in _blocks(arrays) for part in _read_block(arrays, *span)]
        table = PoseTable.join(blocks, n_nodes)
        table.frames += first_frame
        skeleton = _read_skeleton(file, n_nodes)
        columns = _read_columns(file, n_columns)
        video = Video(_read_text(file, "video_path"))
        videos.remember_search(video, [path.absolute().parent, *search])
        provenance = hdf5.parse_json(_read_text(file, "provenance") or "{}", "provenance")
        if not isinstance(provenance, dict):
            provenance = {"provenance": provenance}
        return assemble(table, video, skeleton, columns, provenance)


def _find(file: h5py.File, name: str) -> _Array | None:
    """Find an array of numbers; it may be far larger than what the file stores of it."""
    found = hdf5.find(file, name)
    if found is None:
        return None
    usual = AXES[name]
    if not isinstance(found, h5py.Dataset) or found.ndim != len(usual):
        raise FormatError(f"'{name}' should be an array with the axes {', '.join(usual)}.")
    if found.dtype.kind not in "fiub":
        raise FormatError(f"'{name}' should hold numbers, and holds {found.dtype}.")
    if found.chunks is None or found.is_virtual:
        hdf5.find_dataset(file, name)  # refuses what lies elsewhere or claims an absurd size
    elif np.prod(found.chunks, dtype=float) * found.dtype.itemsize > MAX_CHUNK:
        raise FormatError(f"'{name}' has chunks of {found.chunks}: too large.")
    dims = found.attrs.get(DIMS)
    order = usual if dims is None else tuple(hdf5.parse_json(dims, DIMS))
    if sorted(map(str, order)) != sorted(usual):
        raise FormatError(f"The axes of '{name}' are {order}: expected {', '.join(usual)}.")
    return _Array(
        found,
        tuple(order.index(axis) for axis in usual),
        order.index("frame"),
        order.index("track"),
    )


def _check_shapes(arrays: dict[str, _Array], n_columns: int, n_nodes: int, n_frames: int) -> None:
    sides = {"track": n_columns, "xy": 2, "node": n_nodes, "frame": n_frames}
    for name, array in arrays.items():
        expected = tuple(sides[axis] for axis in AXES[name])
        if array.shape != expected:
            raise FormatError(f"'{name}' is of shape {array.shape}: expected {expected}.")


def _blocks(arrays: dict[str, _Array]) -> Iterator[tuple[int, int]]:
    """Return runs of frames to read at a time, leaving out those of which nothing is stored."""
    tracks = arrays[TRACKS]
    spans = tracks.stored_frames()
    if OCCUPANCY in arrays:
        spans = sorted(spans + arrays[OCCUPANCY].stored_frames())
    n_block = max(1, READ_BYTES // (8 * max(1, tracks.shape[0])))
    done = 0
    for first, last in spans:
        for begin in range(max(first, done), last, n_block):
            yield begin, min(begin + n_block, last)
        done = max(done, last)


def _read_block(arrays: dict[str, _Array], first: int, last: int) -> Iterator[PoseTable]:
    """Read the instances on frames ``first`` to ``last`` (exclusive), some at a time."""
    n_columns, _, n_nodes, _ = arrays[TRACKS].shape
    every = np.arange(n_columns)
    occupancy = None
    if OCCUPANCY in arrays:  # of a thousand tracks a few are on these frames: read no more
        occupancy = arrays[OCCUPANCY].read(first, last, every) > 0
        every = np.flatnonzero(occupancy.any(axis=0))
    step = max(1, READ_BYTES // (16 * max(1, len(every)) * max(1, n_nodes)))
    for begin in range(first, last, step) if len(every) else ():
        end = min(begin + step, last)
        seen = None if occupancy is None else occupancy[begin - first : end - first, every]
        yield _read_columns_of(arrays, begin, end, every, seen)


def _read_columns_of(
    arrays: dict[str, _Array], first: int, last: int, chosen: IntArray, seen: BoolArray | None
) -> PoseTable:
    """Read the instances in some columns of frames ``first`` to ``last`` (exclusive).

    Args:
        arrays: The arrays of the file.
        first: The first frame.
        last: The frame behind the last.
        chosen: (m,) the columns, ascending.
        seen: (last - first, m) where the file says that there is an instance, if it does.
    """
    points = arrays[TRACKS].read(first, last, chosen).transpose(3, 0, 2, 1)
    frames, columns = np.nonzero(~np.isnan(points).all(axis=(2, 3)) if seen is None else seen)
    scores: dict[str, Any] = {}
    for name, key in (
        (POINT_SCORES, "point_scores"),
        (SCORES, "scores"),
        (TRACKING_SCORES, "tracking_scores"),
    ):
        if name in arrays:
            values = arrays[name].read(first, last, chosen)
            scores[key] = np.moveaxis(values, -1, 0)[frames, columns]
    table = PoseTable(frames + first, chosen[columns], points[frames, columns], **scores)
    if not scores:
        table.is_user = np.zeros(len(table), bool)
    return table


def _read_skeleton(file: h5py.File, n_nodes: int) -> Skeleton:
    """Read names of nodes and edges; nodes without a name get a number."""
    names = _read_names(file, "node_names").reshape(-1).tolist()[:n_nodes]
    names += [f"node_{place}" for place in range(len(names), n_nodes)]
    if len(set(names)) < len(names):
        raise FormatError("'node_names' names a node twice.")
    edges = _read_names(file, "edge_names")
    if not (edges.ndim == 2 and edges.shape[1] == 2 and set(edges.flat) <= set(names)):
        edges = edges[:0].reshape(-1, 2)
    unique = dict.fromkeys((a, b) for a, b in edges.tolist() if a != b)
    return Skeleton(names, unique)


def _read_columns(file: h5py.File, n_columns: int) -> list[Track | None]:
    """Read what the columns stand for: named ones are tracks, unless the file says otherwise."""
    names = _read_names(file, "track_names").reshape(-1).tolist()[:n_columns]
    columns: list[Track | None] = [Track(name) for name in names]
    columns += [None] * (n_columns - len(columns))
    dataset = hdf5.find_dataset(file, "track_names")
    untracked = () if dataset is None else np.asarray(dataset.attrs.get(UNTRACKED, ())).flat
    for place in untracked:
        if 0 <= int(place) < n_columns:
            columns[int(place)] = None
    return columns


def _read_names(file: h5py.File, name: str) -> npt.NDArray[np.object_]:
    """Read texts; none if there is no such dataset."""
    dataset = hdf5.find_dataset(file, name)
    if dataset is None or not dataset.size:
        return np.empty(0, object)
    values = np.asarray(dataset[()])
    if values.dtype.kind not in "SUO":
        raise FormatError(f"'{name}' should hold names, and holds {values.dtype}.")
    texts = np.empty(values.size, object)
    texts[:] = [
        text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        for text in values.flat
    ]
    return texts.reshape(values.shape)


def _read_text(file: h5py.File, name: str) -> str:
    texts = _read_names(file, name).reshape(-1)
    return str(texts[0]) if len(texts) else ""


def _read_number(dataset: h5py.Dataset, name: str) -> int:
    number = int(np.asarray(dataset.attrs.get(name, 0)).reshape(-1)[0])
    if not 0 <= number < 1 << 39:
        raise FormatError(f"'{name}' is {number}: expected an index of a frame.")
    return number
