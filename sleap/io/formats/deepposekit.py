"""Annotations of DeepPoseKit: one HDF5 file with images, one animal on each, and a skeleton.

=================== ==========================================================================
dataset             content
=================== ==========================================================================
images              (n, height, width, channels) uint8
annotations         (n, n_nodes, 2), (x, y) in pixels, the top-left one is (0, 0)
annotated           (n, n_nodes) or (n,): whether a point was set
skeleton            (n_nodes, 2): parent of each node, node it swaps with; -1 for none
skeleton_names      (n_nodes,) bytes
=================== ==========================================================================
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from sleap.core.labels import Labels
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.tables import FloatArray
from sleap.errors import FormatError, SleapError
from sleap.io.assembly import assemble
from sleap.io.format import FORMATS, Format
from sleap.io.skeleton_json import MAX_NODES
from sleap.io.slp import hdf5, videos

_NEEDED = ("annotations", "images", "skeleton")
_IMAGES = "images"


def read(path: Path, search: Sequence[Path] = ()) -> Labels:
    """Read annotations; images without any annotated point have no frame.

    Args:
        path: The file, which is the video, too.
        search: Not needed: the images lie in the file.

    Raises:
        FileError: If it is not there or cannot be opened.
        FormatError: If it holds no annotations, or is damaged.
    """
    with hdf5.opened(path) as file:
        points = _points(file)
        skeleton = _skeleton(file, points.shape[1])
        images = hdf5.find(file, _IMAGES)
        n_images = len(images) if isinstance(images, h5py.Dataset) and images.ndim else len(points)
        if n_images != len(points):
            raise FormatError(f"It holds {n_images} images and {len(points)} annotations.")
    frames = np.flatnonzero(~np.isnan(points).all(axis=(1, 2)))
    backend = {"filename": str(path), "dataset": _IMAGES, "input_format": "channels_last"}
    video = videos.decode({"backend": backend}, path)
    poses = PoseTable(frames, np.zeros(len(frames)), points[frames])
    labels = assemble(poses, video, skeleton, [None])
    videos.remember_search(video, [path.absolute().parent, *search])
    return labels


def _points(file: h5py.File) -> FloatArray:
    """Return (n, n_nodes, 2) pixels; NaN for what was not annotated."""
    values = _numbers(file, "annotations")
    if values is None:
        raise FormatError('It holds no "annotations": expected a file of DeepPoseKit.')
    if values.ndim != 3 or values.shape[2] != 2:
        raise FormatError(f"Its annotations are of shape {values.shape}: expected (n, nodes, 2).")
    points: FloatArray = values.astype(np.float64)
    annotated = _numbers(file, "annotated")
    if annotated is not None:
        is_set = annotated != 0
        if is_set.ndim == 1:
            is_set = is_set[:, None]
        if is_set.ndim != 2 or is_set.shape[0] != len(points):
            raise FormatError(f'"annotated" is of shape {is_set.shape}: expected (n, nodes).')
        points[~np.broadcast_to(is_set, points.shape[:2])] = np.nan
    if np.isinf(points).any():
        raise FormatError("An annotated point in it lies infinitely far.")
    return points


def _numbers(file: h5py.File, name: str) -> npt.NDArray[Any] | None:
    dataset = hdf5.find_dataset(file, name)
    if dataset is None:
        return None
    if dataset.dtype.kind not in "biuf":
        raise FormatError(f'"{name}" should be numbers, and is {dataset.dtype}.')
    return np.asarray(dataset[()])


def _skeleton(file: h5py.File, n_nodes: int) -> Skeleton:
    """Make the skeleton: edges from parents to children, symmetries of nodes that swap."""
    if n_nodes > MAX_NODES:
        raise FormatError(f"It annotates {n_nodes} nodes.")
    links = _numbers(file, "skeleton")
    skeleton = Skeleton(_names(file, n_nodes))
    if links is None or not links.size:
        return skeleton
    if links.ndim != 2 or links.shape[0] != n_nodes:
        raise FormatError(f'"skeleton" is of shape {links.shape}: expected ({n_nodes}, 2).')
    if ((links < -1) | (links >= n_nodes) | (links != np.round(links))).any():
        raise FormatError(f'"skeleton" names a node that is none of the {n_nodes}.')
    for node, (parent, *swap) in enumerate(links.astype(np.int64).tolist()):
        if parent not in (-1, node):
            skeleton.add_edge(parent, node)
        if swap and swap[0] not in (-1, node):
            skeleton.add_symmetry(node, swap[0])
    return skeleton


def _names(file: h5py.File, n_nodes: int) -> list[str]:
    dataset = hdf5.find_dataset(file, "skeleton_names")
    if dataset is None:
        return [f"node{number}" for number in range(1, n_nodes + 1)]
    values = np.asarray(dataset[()]).reshape(-1).tolist()
    names = [
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        for value in values
    ]
    if len(names) != n_nodes:
        raise FormatError(f"It names {len(names)} nodes, and annotates {n_nodes}.")
    return names


def _recognizes(path: Path, head: bytes) -> bool:
    if not head.startswith(hdf5.SIGNATURE):
        return False
    try:
        with hdf5.opened(path) as file:
            return all(name in file for name in _NEEDED) and "metadata" not in file
    except SleapError:
        return False


DEEPPOSEKIT = FORMATS.register("deepposekit")(
    Format(
        "DeepPoseKit annotations",
        (".h5", ".hdf5"),
        _recognizes,
        read,
        holds=frozenset({"edges", "symmetries", "user"}),
    )
)
