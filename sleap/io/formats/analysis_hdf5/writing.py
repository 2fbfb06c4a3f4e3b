"""Writes an analysis file, a block of frames at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from sleap.core.labels import Labels
from sleap.core.layout import Layout
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.io.atomic import replacing
from sleap.io.export import lay_out_video, name_video
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
from sleap.io.slp import spec
from sleap.io.slp.sink import created

GZIP = 1
"""Level of compression; behind a shuffle of the bytes hardly larger than level 9 and far faster."""

CHUNK_BYTES = 1 << 18
"""Size of a chunk of ``tracks``: as many frames of one track as fit."""


def write(
    labels: Labels,
    path: str | Path,
    video: Video,
    *,
    all_frames: bool = True,
    classic: bool = False,
    labels_path: str = "",
) -> None:
    """Write the poses of a video, replacing an old file whole or not at all.

    Memory stays bounded: a block of frames is handled at a time, and chunks without an instance
    are not stored.

    Args:
        labels: What to write.
        path: Where.
        video: Which video.
        all_frames: One entry of the arrays per frame of the video; else from the first labeled
            frame to the last.
        classic: The layout of the first releases: points, occupancy and names only.
        labels_path: Where the labels lie, noted in the file.

    Raises:
        FileError: If the file cannot be written; the old one is as it was.
        LabelsError: If the video is not one of the labels.
    """
    layout = lay_out_video(labels, video, all_frames=all_frames)
    with replacing(path) as temporary, created(temporary) as (file, sink):
        _write_names(file, layout)
        if not classic:
            _write_facts(file, labels, video, layout.skeleton, labels_path)
        for _ in _write_arrays(file, layout, classic):
            sink.check()


def write_video(labels: Labels, path: Path, video: Video) -> None:
    """Write the poses of a video in the usual layout; see ``write``."""
    write(labels, path, video)


def _write_names(file: h5py.File, layout: Layout) -> None:
    names, untracked = list(layout.names), np.flatnonzero(layout.tracks < 0)
    if len(untracked) == len(names) == 1:
        names = []  # one animal and no track: so have it the files of the original
    dataset = file.create_dataset("track_names", data=_as_bytes(names))
    if len(untracked) and names:
        dataset.attrs[UNTRACKED] = untracked
    file.create_dataset("node_names", data=_as_bytes(layout.skeleton.node_names))


def _write_facts(
    file: h5py.File, labels: Labels, video: Video, skeleton: Skeleton, labels_path: str
) -> None:
    names = [name for pair in skeleton.edge_names for name in pair]
    file.create_dataset("edge_names", data=_as_bytes(names).reshape(-1, 2))
    file.create_dataset("edge_inds", data=np.array(skeleton.edges, np.int64).reshape(-1, 2).T)
    file.create_dataset("video_path", data=name_video(video))
    file.create_dataset("video_ind", data=labels.store.find_in(labels.videos, video))
    file.create_dataset("labels_path", data=labels_path)
    file.create_dataset("provenance", data=spec.to_json(labels.provenance).decode())


def _write_arrays(file: h5py.File, layout: Layout, classic: bool) -> Iterator[None]:
    """Write all arrays, giving way after each block of frames."""
    n_block = max(1, CHUNK_BYTES // (16 * max(layout.n_nodes, 1)))
    names = (TRACKS, OCCUPANCY) if classic else tuple(AXES)
    arrays = {name: _create(file, name, layout, n_block) for name in names}
    if layout.first_frame:
        arrays[TRACKS].attrs[FIRST_FRAME] = layout.first_frame
    for first, last in layout.blocks(n_block):
        block = layout.read(first, last)
        occupancy = np.zeros((last - first, layout.n_columns), np.uint8)
        occupancy[block.frames, block.columns] = 1
        arrays[OCCUPANCY][first:last] = occupancy
        for column in np.flatnonzero(occupancy.any(axis=0)).tolist():
            chosen = np.flatnonzero(block.columns == column)
            _write_column(arrays, column, first, last, block, chosen)
        yield


def _write_column(
    arrays: dict[str, h5py.Dataset],
    column: int,
    first: int,
    last: int,
    block: PoseTable,
    chosen: npt.NDArray[np.int64],
) -> None:
    """Write what one column holds on frames ``first`` to ``last`` (exclusive)."""
    values = {TRACKS: block.points[chosen].transpose(2, 1, 0)}
    if SCORES in arrays:
        # The original knows no unknown tracking score: 0.
        tracking = np.nan_to_num(block.tracking_scores[chosen])
        values[POINT_SCORES] = block.point_scores[chosen].T
        values[SCORES] = block.scores[chosen]
        values[TRACKING_SCORES] = np.where(block.is_user[chosen], np.nan, tracking)
    for name, found in values.items():
        dense = np.full((*found.shape[:-1], last - first), np.nan)
        dense[..., block.frames[chosen]] = found
        arrays[name][column, ..., first:last] = dense


def _create(file: h5py.File, name: str, layout: Layout, n_block: int) -> h5py.Dataset:
    """Make an array, empty; chunks hold one track, and all tracks of the occupancy."""
    sides = {"track": layout.n_columns, "xy": 2, "node": layout.n_nodes, "frame": layout.n_frames}
    shape = tuple(sides[axis] for axis in AXES[name])
    settings: dict[str, Any] = {}
    if all(shape):
        sides = {**sides, "frame": min(n_block, layout.n_frames)}
        if name != OCCUPANCY:
            sides["track"] = 1
        chunks = tuple(sides[axis] for axis in AXES[name])
        settings = {"chunks": chunks, "compression": "gzip", "compression_opts": GZIP}
        settings["shuffle"] = name != OCCUPANCY
    dtype, fill = ("u1", 0) if name == OCCUPANCY else ("f8", np.nan)
    dataset = file.create_dataset(name, shape, dtype, fillvalue=fill, **settings)
    dataset.attrs[DIMS] = spec.to_json(AXES[name]).decode()
    return dataset


def _as_bytes(names: Sequence[str]) -> npt.NDArray[np.bytes_]:
    return np.array([name.encode() for name in names], "S" if any(names) else "S1")
