"""Reads the labels of LEAP: a skeleton, and positions of its nodes on each frame of one video."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sleap.core.labels import Labels
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.tables import BoolArray, FloatArray
from sleap.core.video import Video
from sleap.errors import FormatError, LabelsError
from sleap.io.assembly import assemble
from sleap.io.formats.leap_matlab.mat5 import SIGNATURE as MAT5
from sleap.io.formats.leap_matlab.mat5 import read_mat5
from sleap.io.formats.leap_matlab.mat73 import read_mat73
from sleap.io.json_text import reading
from sleap.io.skeleton_json import MAX_NODES
from sleap.io.slp import videos

_VARIABLES = ("skeleton", "nodes", "edges", "positions", "initialized", "boxPath", "box_path")
_SUFFIXES = (".labels.mat", ".mat")
_DATASET = "box"


def read_mat(path: Path, names: Collection[str]) -> dict[str, Any]:
    """Read variables of a MATLAB file of version 5 to 7.3.

    Raises:
        FileError: If it is not there or cannot be opened.
        FormatError: If it is damaged.
    """
    with reading(path):
        with path.open("rb") as file:
            is_mat5 = file.read(len(MAT5)) == MAT5
        return read_mat5(path, names) if is_mat5 else read_mat73(path, names)


def read(path: Path, search: Sequence[Path] = ()) -> Labels:
    """Read labels.

    LEAP counts in MATLAB's way: the centre of the top-left pixel is (1, 1), edges name their nodes
    from 1 on. A node that was not ``initialized`` on a frame is missing there.

    Args:
        path: The file, usually ``.labels.mat``.
        search: Folders in which the video may lie, to look in after that of the file.

    Raises:
        FileError: If it is not there or cannot be opened.
        FormatError: If it holds no labels of LEAP, or is damaged.
    """
    with reading(path):
        found = read_mat(path, _VARIABLES)
        if "positions" not in found:
            raise FormatError('it holds no "positions": expected the labels of LEAP.')
        points = _points(found["positions"], found.get("initialized"))
        skeleton = find_skeleton(found, n_nodes=points.shape[1])
        if skeleton.n_nodes != points.shape[1]:
            raise FormatError(
                f"its skeleton has {skeleton.n_nodes} nodes, "
                f"and its positions are of {points.shape[1]}."
            )
        frames = np.flatnonzero(~np.isnan(points).all(axis=(1, 2)))
        poses = PoseTable(frames, np.zeros(len(frames)), points[frames])
        video = _video(found, path)
        labels = assemble(poses, video, skeleton, [None])
        videos.remember_search(video, [path.absolute().parent, *search])
    return labels


def find_skeleton(found: dict[str, Any], n_nodes: int | None = None) -> Skeleton:
    """Make the skeleton that a MATLAB file describes.

    Args:
        found: The variables: a structure ``skeleton``, or its fields themselves: ``nodes``, a cell
            of names; ``edges``, (n, 2) numbers of nodes from 1 on.
        n_nodes: How many nodes there should be where none is named.

    Raises:
        FormatError: If there is none, or it makes no sense.
    """
    given = found.get("skeleton")
    fields = given if isinstance(given, dict) else found
    nodes = fields.get("nodes")
    if isinstance(nodes, str):
        nodes = [nodes]
    if nodes is None and n_nodes is not None:
        nodes = [f"node{number}" for number in range(1, n_nodes + 1)]
    if not isinstance(nodes, list) or not all(isinstance(name, str) for name in nodes):
        raise FormatError("it holds no skeleton with a cell of the names of nodes.")
    if len(nodes) > MAX_NODES:
        raise FormatError(f"its skeleton has {len(nodes)} nodes.")
    skeleton = Skeleton()
    try:
        for name in nodes:
            skeleton.add_node(name.strip())
        edges = _array(fields.get("edges"), "edges")
        if edges.size:
            if edges.ndim != 2 or 2 not in edges.shape or (edges != np.round(edges)).any():
                raise FormatError(f"its edges are of shape {edges.shape}: expected (n, 2).")
            if edges.size > 2 * MAX_NODES:
                raise FormatError(f"its skeleton has {edges.size // 2} edges.")
            for source, target in edges if edges.shape[1] == 2 else edges.T:
                skeleton.add_edge(int(source) - 1, int(target) - 1)
    except LabelsError as error:
        raise FormatError(f"its skeleton is inconsistent: {error}") from error
    return skeleton


def _points(positions: Any, initialized: Any) -> FloatArray:
    """Return (n_frames, n_nodes, 2) pixels from (n_nodes, 2, n_frames), which count from 1."""
    array = _array(positions, "positions")
    if array.ndim == 2:  # MATLAB drops the last axis of one frame
        array = array[:, :, None]
    if array.ndim != 3 or array.shape[1] != 2:
        raise FormatError(f"its positions are of shape {array.shape}: expected (nodes, 2, frames).")
    points = array.transpose(2, 0, 1) - 1
    if initialized is not None:
        is_set: BoolArray = _array(initialized, "initialized").T != 0
        is_set = np.atleast_2d(is_set)
        if is_set.shape != points.shape[:2]:
            raise FormatError(
                f'"initialized" is of shape {is_set.T.shape}: expected {points.shape[1::-1]}.'
            )
        points[~is_set] = np.nan
    if np.isinf(points).any():
        raise FormatError("a position in it is infinite.")
    return points


def _array(value: Any, what: str) -> FloatArray:
    if value is None:
        return np.empty((0, 0))
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
        raise FormatError(f'"{what}" should be numbers, and is {type(value).__name__}.')
    return value.astype(np.float64)


def _video(found: dict[str, Any], path: Path) -> Video:
    """Describe the HDF5 file of images, whose axes are (frames, channels, width, height)."""
    name = next((found[key] for key in ("boxPath", "box_path") if key in found), None)
    if not isinstance(name, str) or not name:
        # Labels were saved beside the images, under their name.
        suffix = next(end for end in (*_SUFFIXES, "") if path.name.lower().endswith(end))
        name = path.name.removesuffix(path.name[len(path.name) - len(suffix) :]) + ".h5"
    backend = {"filename": name, "dataset": _DATASET, "input_format": "channels_first"}
    return videos.decode({"backend": backend}, path)
