"""Writes an NWB file through pynwb and ndx-pose, the values a block of frames at a time."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.layout import Layout
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import FileError
from sleap.io.atomic import replacing
from sleap.io.export import find_rate, lay_out_video, name_video, original
from sleap.io.formats.nwb.names import (
    BEHAVIOR,
    CONFIDENCE,
    DATA,
    PROVENANCE,
    RESERVED,
    SCORES,
    SINGLE,
    UNTRACKED,
    encode,
)
from sleap.io.slp import spec
from sleap.io.slp.sink import created
from sleap.version import __version__

N_FRAMES = 1 << 14
"""Frames in a chunk, and written at a time."""

UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
PLACES = "(0, 0) is the centre of the top-left pixel of the frame; x to the right, y down."


@frozen
class _Column:
    """A track of a video, on its way into a file.

    Attributes:
        name: Name of its ``PoseEstimation``.
        layout: Where the instances of the video lie.
        number: Number of the column there.
    """

    name: str
    layout: Layout
    number: int


def write(
    labels: Labels,
    path: str | Path,
    *,
    rate: float | None = None,
    session_start: datetime = UNKNOWN_TIME,
    session: str = "Poses of animals in video",
) -> None:
    """Write the poses of all videos, replacing an old file whole or not at all.

    Each track of each video becomes a ``PoseEstimation`` with one sample per frame of the video.

    Args:
        labels: What to write.
        path: Where.
        rate: Frames per second of all videos; None to ask each video. Of one that cannot be
            opened it is 1: seconds count frames.
        session_start: When the recording began; it is not known to labels.
        session: A description of the recording.

    Raises:
        FileError: If pynwb or ndx-pose is not installed, or the file cannot be written; an old
            one is as it was.
    """
    try:
        import ndx_pose
        import pynwb
    except ImportError as error:
        raise FileError(
            f"Cannot write '{path}': NWB files need the libraries pynwb and ndx-pose. "
            "Install them: pip install sleap[nwb]"
        ) from error
    nwb = pynwb.NWBFile(
        session_description=session,
        identifier=str(uuid.uuid4()),
        session_start_time=session_start,
        notes=PROVENANCE + spec.to_json(labels.provenance).decode(),
    )
    module = nwb.create_processing_module(BEHAVIOR, "Poses of animals, found in video")
    layouts = [lay_out_video(labels, video) for video in labels.videos]
    used = {id(one): one for one in [*labels.skeletons, *(each.skeleton for each in layouts)]}
    skeletons = _make_skeletons(list(used.values()), ndx_pose)
    if skeletons:
        module.add(ndx_pose.Skeletons(skeletons=list(skeletons.values())))
    columns: list[_Column] = []
    for number, (video, layout) in enumerate(zip(labels.videos, layouts, strict=True)):
        speed = rate or find_rate(video) or 1.0
        series = _make_video(number, video, layout, speed, pynwb)
        nwb.add_acquisition(series)
        for column in _name_columns(layout, number if len(layouts) > 1 else None):
            columns.append(column)
            skeleton = skeletons[id(layout.skeleton)]
            for part in _make_column(column, speed, series, skeleton, ndx_pose, pynwb):
                module.add(part)
    with (
        replacing(path) as temporary,
        created(temporary) as (file, sink),
        pynwb.NWBHDF5IO(mode="w", file=file) as io,
    ):
        io.write(nwb)
        for _ in _fill(file, columns):
            sink.check()


def _make_skeletons(skeletons: Sequence[Skeleton], ndx_pose: Any) -> dict[int, Any]:
    """Return the skeletons of the file by identity of ours."""
    result: dict[int, Any] = {}
    # A skeleton is linked under its name among the series of the nodes.
    taken = RESERVED | {encode(name) for one in skeletons for name in one.node_names}
    for skeleton in skeletons:
        name = _find_free(encode(skeleton.name) or "skeleton", taken)
        edges = np.array(skeleton.edges, np.uint16).reshape(-1, 2)
        result[id(skeleton)] = ndx_pose.Skeleton(
            name=name, nodes=skeleton.node_names, **({"edges": edges} if len(edges) else {})
        )
    return result


def _make_video(number: int, video: Video, layout: Layout, rate: float, pynwb: Any) -> Any:
    video = original(video)
    size = [] if video.shape is None else [video.shape[2], video.shape[1]]
    return pynwb.image.ImageSeries(
        name=f"video{number:03}",
        description="The video in which the poses were found",
        external_file=[name_video(video)],
        format="external",
        starting_frame=[0],
        rate=rate,
        num_samples=layout.n_frames,
        unit="n.a.",
        **({"dimension": size} if size else {}),
    )


def _name_columns(layout: Layout, number: int | None) -> Iterator[_Column]:
    taken: set[str] = set()
    for column, (name, track) in enumerate(zip(layout.names, layout.tracks.tolist(), strict=True)):
        chosen = encode(name) or f"track_{track}"
        if track < 0 and layout.n_columns == 1:
            chosen = SINGLE
        chosen = _find_free(chosen, taken)
        yield _Column(chosen if number is None else f"video{number:03}.{chosen}", layout, column)


def _make_column(
    column: _Column, rate: float, video: Any, skeleton: Any, ndx_pose: Any, pynwb: Any
) -> list[Any]:
    """Return the ``PoseEstimation`` of a column and the series of its scores, both empty yet."""
    from hdmf.backends.hdf5 import H5DataIO

    layout = column.layout
    n_frames = layout.n_frames

    def empty(*shape: int) -> Any:
        chunks = (min(N_FRAMES, n_frames), *shape[1:]) if n_frames else None
        return H5DataIO(
            shape=shape,
            dtype=np.dtype("f8"),
            fillvalue=np.nan,
            **({"chunks": chunks, "compression": "gzip", "compression_opts": 1} if chunks else {}),
        )

    series = [
        ndx_pose.PoseEstimationSeries(
            name=encode(node),
            description=f"Place of the node '{node}'",
            data=empty(n_frames, 2),
            confidence=empty(n_frames),
            confidence_definition="Height of the peak of the network; NaN where the user set it.",
            reference_frame=PLACES,
            unit="pixels",
            rate=rate,
            starting_time=0.0,
        )
        for node in layout.skeleton.node_names
    ]
    is_track = layout.tracks[column.number] >= 0
    name = layout.names[column.number]
    poses = ndx_pose.PoseEstimation(
        name=column.name,
        pose_estimation_series=series,
        description=f"Poses of the track '{name}'" if is_track else UNTRACKED,
        source_video=video,
        skeleton=skeleton,
        source_software="sleap",
        source_software_version=__version__,
    )
    scores = pynwb.TimeSeries(
        name=column.name + SCORES,
        description="Confidence of each pose, and how well it fits its track; NaN where the user "
        "set it or there is none.",
        data=empty(n_frames, 2),
        unit="n.a.",
        rate=rate,
        starting_time=0.0,
    )
    return [poses, scores]


def _fill(file: h5py.File, columns: Sequence[_Column]) -> Iterator[None]:
    """Write the values, a block of frames of one video at a time, giving way after each."""
    behavior = file[f"processing/{BEHAVIOR}"]
    layouts = {id(column.layout): column.layout for column in columns}
    for layout in layouts.values():
        own = [column for column in columns if column.layout is layout]
        for first, last in layout.blocks(N_FRAMES):
            block = layout.read(first, last)
            for column in own:
                chosen = np.flatnonzero(block.columns == column.number)
                if len(chosen):
                    _fill_column(behavior, column, (first, last), block, chosen)
            yield


def _fill_column(
    behavior: h5py.Group,
    column: _Column,
    span: tuple[int, int],
    block: PoseTable,
    chosen: npt.NDArray[np.int64],
) -> None:
    first, last = span
    frames = block.frames[chosen]
    dense = np.full((last - first, block.n_nodes + 1, 3), np.nan)
    dense[frames, :-1, :2] = block.points[chosen]
    dense[frames, :-1, 2] = block.point_scores[chosen]
    dense[frames, -1, 0] = block.scores[chosen]
    dense[frames, -1, 1] = block.tracking_scores[chosen]
    for place, node in enumerate(column.layout.skeleton.node_names):
        series = behavior[f"{column.name}/{encode(node)}"]
        series[DATA][first:last] = dense[:, place, :2]
        series[CONFIDENCE][first:last] = dense[:, place, 2]
    behavior[f"{column.name}{SCORES}/{DATA}"][first:last] = dense[:, -1, :2]


def _find_free(name: str, taken: set[str]) -> str:
    """Return a name that is not taken, and take it."""
    free = (name if again == 0 else f"{name}_{again}" for again in range(len(taken) + 1))
    chosen = next(one for one in free if one not in taken)
    taken.add(chosen)
    return chosen
