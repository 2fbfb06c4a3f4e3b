"""Reads the poses of an NWB file, without pynwb: as data, like any other HDF5 file."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import h5py
import numpy as np
import numpy.typing as npt
from attrs import define, field

from sleap.core.labels import Labels
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.tables import BoolArray, FloatArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io.assembly import UNDATED, Columns
from sleap.io.formats.nwb.names import (
    CONFIDENCE,
    DATA,
    PROVENANCE,
    SCORES,
    SINGLE,
    UNTRACKED,
    encode,
)
from sleap.io.slp import hdf5, videos


@define
class _Found:
    """What has been read so far: lists, and the number of each thing that is known already."""

    videos: list[Video] = field(factory=list)
    video_numbers: dict[str, int] = field(factory=dict)
    skeletons: list[Skeleton] = field(factory=list)
    skeleton_numbers: dict[str, int] = field(factory=dict)
    tracks: dict[str, int] = field(factory=dict)
    poses: list[tuple[int, int, int, PoseTable]] = field(factory=list)
    """Number of video, skeleton and track (-1 for none), and the instances."""

    def add_video(self, filename: str) -> int:
        """Return the number of a video, entering it if it is new."""
        if filename not in self.video_numbers:
            self.video_numbers[filename] = len(self.videos)
            self.videos.append(Video(filename))
        return self.video_numbers[filename]

    def add_skeleton(self, skeleton: Skeleton, path: str) -> int:
        """Return the number of a skeleton, entering it if its place in the file is new."""
        if path not in self.skeleton_numbers:
            self.skeleton_numbers[path] = len(self.skeletons)
            self.skeletons.append(skeleton)
        return self.skeleton_numbers[path]


def read(path: Path, search: Sequence[Path]) -> Labels:
    """Read the poses of an NWB file.

    Every ``PoseEstimation`` is a track, named like it; instances without any confidence were set
    by the user. What else the file holds is left alone.

    Args:
        path: The file.
        search: Folders in which the videos may lie.

    Raises:
        FileError: If it is not there.
        FormatError: If it is damaged, or holds no poses.
    """
    with hdf5.opened(path) as file:
        found = _Found()
        for series in _children(file, "acquisition", "ImageSeries"):
            for filename in _read_texts(series, "external_file")[:1]:
                found.add_video(filename)
        for module in _children(file, "processing", "ProcessingModule"):
            for group in _children(module, "", "Skeletons"):
                for skeleton in _children(group, "", "Skeleton"):
                    found.add_skeleton(_read_skeleton(skeleton), skeleton.name)
            for estimation in _children(module, "", "PoseEstimation"):
                _read_estimation(module, estimation, found)
        if not found.poses and not found.videos:
            raise FormatError("it holds no poses: there is no PoseEstimation of ndx-pose.")
        notes = "".join(_read_texts(file, "general/notes"))
        provenance = notes[len(PROVENANCE) :] if notes.startswith(PROVENANCE) else "{}"
        origin = hdf5.parse_json(provenance, "notes")
    for video in found.videos:
        videos.remember_search(video, [path.absolute().parent, *search])
    return _assemble(found, origin if isinstance(origin, dict) else {})


def _children(parent: h5py.Group, name: str, kind: str) -> Iterator[h5py.Group]:
    """Return the groups of one neurodata type in a group, in the order of their names."""
    group = hdf5.find_group(parent, name) if name else parent
    for key in group if group is not None else ():
        child = hdf5.find(group, key)
        if isinstance(child, h5py.Group) and _kind(child) == kind:
            yield child


def _kind(group: h5py.Group) -> str:
    value = group.attrs.get("neurodata_type", "")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _read_skeleton(group: h5py.Group) -> Skeleton:
    nodes = list(dict.fromkeys(_read_texts(group, "nodes")))
    dataset = hdf5.find_dataset(group, "edges")
    edges = np.empty((0, 2), np.int64) if dataset is None else np.asarray(dataset[()], np.int64)
    if edges.ndim != 2 or edges.shape[1:] != (2,) or (edges.size and edges.max() >= len(nodes)):
        raise FormatError(f"The edges of the skeleton '{group.name}' do not fit its nodes.")
    pairs = dict.fromkeys((a, b) for a, b in edges.tolist() if a != b)
    return Skeleton(nodes, pairs, name=unquote(group.name.rpartition("/")[2]))


def _read_estimation(module: h5py.Group, group: h5py.Group, found: _Found) -> None:
    """Read the poses of one animal."""
    series = {one.name.rpartition("/")[2]: one for one in _series(group)}
    links = list(_children(group, "", "Skeleton"))
    if links:
        skeleton = _read_skeleton(links[0])
        place = links[0].name
    else:
        nodes = _read_texts(group, "nodes") or [unquote(name) for name in series]
        skeleton, place = Skeleton(dict.fromkeys(nodes)), "\n".join(nodes)
    filenames = [
        filename
        for video in _children(group, "", "ImageSeries")
        for filename in _read_texts(video, "external_file")
    ] or _read_texts(group, "original_videos")
    name = group.name.rpartition("/")[2]
    description = "".join(_read_texts(group, "description"))
    poses = _read_poses(group, series, skeleton, hdf5.find_group(module, name + SCORES))
    is_track = not description.startswith(UNTRACKED) and name not in (SINGLE, "track=untracked")
    name = unquote(re.sub(r"^(video\d{3}\.|track=)", "", name))  # "track=": SLEAP 1.x
    track = found.tracks.setdefault(name, len(found.tracks)) if is_track else -1
    number = found.add_skeleton(skeleton, place)
    found.poses.append((found.add_video((filenames or [""])[0]), number, track, poses))


def _series(group: h5py.Group) -> Iterator[h5py.Group]:
    yield from _children(group, "", "PoseEstimationSeries")


def _read_poses(
    group: h5py.Group,
    series: dict[str, h5py.Group],
    skeleton: Skeleton,
    scores: h5py.Group | None,
) -> PoseTable:
    """Read the series of all nodes of one animal, leaving out frames on which it is not."""
    points: dict[int, FloatArray] = {}
    confidence: dict[int, FloatArray] = {}
    frames = None
    for place, node in enumerate(skeleton.node_names):
        one = series.get(encode(node))
        one = series.get(node) if one is None else one
        data = None if one is None else hdf5.find_dataset(one, DATA)
        if one is None or data is None:
            continue
        if data.ndim != 2 or data.shape[1] < 2 or data.dtype.kind not in "fiu":
            raise FormatError(f"'{data.name}' should be of shape (frames, 2), is {data.shape}.")
        points[place] = np.asarray(data[:, :2], np.float64)
        frames = _read_frames(one, len(data)) if frames is None else frames
        sure = hdf5.find_dataset(one, CONFIDENCE)
        if sure is not None and sure.shape == (len(data),):
            confidence[place] = np.asarray(sure[()], np.float64)
    n_frames = max(map(len, points.values()), default=0)
    if frames is None or any(len(one) != n_frames for one in points.values()):
        raise FormatError(f"The series of '{group.name}' differ in length, or there is none.")
    values = np.full((n_frames, skeleton.n_nodes, 3), np.nan)
    for place, one_points in points.items():
        values[:, place, :2] = one_points
        if place in confidence:
            values[:, place, 2] = confidence[place]
    rating = np.full((n_frames, 2), np.nan)
    dataset = None if scores is None else hdf5.find_dataset(scores, DATA)
    if dataset is not None and dataset.shape == rating.shape:
        rating[:] = dataset[()]
    used = np.flatnonzero(~np.isnan(values[:, :, :2]).all(axis=(1, 2)) | ~np.isnan(rating[:, 0]))
    table = PoseTable(
        frames[used],
        np.zeros(len(used)),
        values[used, :, :2],
        values[used, :, 2],
        rating[used, 0],
        rating[used, 1],
    )
    if not confidence:
        table.is_user = np.zeros(len(table), bool)
    return table


def _read_frames(series: h5py.Group, n_frames: int) -> npt.NDArray[np.int64]:
    """Return the index of the frame of each sample, from its time or else its place."""
    start = hdf5.find_dataset(series, "starting_time")
    if start is None or start.shape != ():
        return np.arange(n_frames)
    rate = float(np.asarray(start.attrs.get("rate", 1.0)).reshape(-1)[0])
    first = float(start[()]) * rate
    if not 0 <= first < 1 << 39:
        raise FormatError(f"'{series.name}' begins at frame {first:g}.")
    return np.arange(n_frames) + round(first)


def _read_texts(parent: h5py.Group, name: str) -> list[str]:
    dataset = hdf5.find_dataset(parent, name)
    if dataset is None:
        return []
    return [
        text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        for text in np.asarray(dataset[()]).reshape(-1)
    ]


def _assemble(found: _Found, provenance: dict[str, Any]) -> Labels:
    """Put the instances of all animals into one table, by video, frame and animal."""
    parts = [(place, *one) for place, one in enumerate(found.poses)]
    # Of each instance: its video, frame, animal, skeleton and track.
    keys = np.concatenate(
        [np.empty((0, 5), np.int64)]
        + [
            np.column_stack(
                (
                    np.full(len(poses), video),
                    poses.frames,
                    *(np.full(len(poses), number) for number in (place, skeleton, track)),
                )
            )
            for place, video, skeleton, track, poses in parts
        ]
    )
    order = np.lexsort((keys[:, 2], keys[:, 1], keys[:, 0]))
    frames, owners = np.unique(keys[order, :2], axis=0, return_inverse=True)
    # The points of an instance follow each other, so that they are gathered through its number.
    counts = np.concatenate([[0]] + [np.full(len(p), p.n_nodes) for *_, p in parts]).astype(int)
    starts, counts = np.cumsum(counts)[:-1], counts[1:]
    ends = np.cumsum(counts[order])
    source = np.repeat(starts[order] - (ends - counts[order]), counts[order])
    source += np.arange(len(source))
    points = np.concatenate([np.empty((0, 2))] + [p.points.reshape(-1, 2) for *_, p in parts])
    visible: BoolArray = ~np.isnan(points[source, 0]) & ~np.isnan(points[source, 1])

    def join(name: str) -> FloatArray:
        values = [np.empty(0), *(getattr(poses, name).reshape(-1) for *_, poses in parts)]
        return np.concatenate(values)

    return Columns(
        frames[:, 0],
        frames[:, 1],
        owners.reshape(-1),
        join("is_user").astype(bool)[order],
        keys[order, 3],
        keys[order, 4],
        join("scores")[order],
        points[source],
        visible,
        join("point_scores")[source],
        join("tracking_scores")[order],
    ).to_labels(
        found.videos, found.skeletons, [Track(name, UNDATED) for name in found.tracks], provenance
    )
