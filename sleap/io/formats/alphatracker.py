"""Annotations of AlphaTracker: a JSON list of images, each with boxes and points.

``[{"filename": "img000.png", "class": "image", "annotations": [...]}, ...]``. An annotation of
class ``Face`` is the box of one animal (x, y, width, height), and those of class ``point`` behind
it are its points (x, y), always in the same order. The points have no names, nor the animals.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sleap.core.labels import Labels
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io.assembly import assemble
from sleap.io.format import FORMATS, Format
from sleap.io.json_text import read_json, reading
from sleap.io.skeleton_json import MAX_NODES
from sleap.io.slp import videos

_NUMBERS = (int, float)


def read(path: Path, search: Sequence[Path] = ()) -> Labels:
    """Read annotations; each image is a frame of one video, in the order of the file.

    Nodes are called "1", "2", ...; an animal with fewer points than others lacks the last ones.
    The images are looked for beside the file.

    Args:
        path: The file.
        search: Folders in which the images may lie, to look in after that of the file.

    Raises:
        FileError: If it is not there or cannot be opened.
        FormatError: If it holds no annotations, or is damaged.
    """
    data = read_json(path)
    with reading(path):
        if not isinstance(data, list) or not all(isinstance(image, dict) for image in data):
            raise FormatError("it should be a list of images with annotations, and is not.")
        names, frames, animals = [], [], []
        for number, image in enumerate(data):
            name = image.get("filename")
            if not isinstance(name, str):
                raise FormatError(f"image {number} has no filename.")
            names.append(name)
            found = _animals(image.get("annotations"), name)
            animals += found
            frames += [number] * len(found)
        poses = _poses(frames, animals)
        skeleton = Skeleton([str(node + 1) for node in range(poses.n_nodes)])
        video = Video(names)
        labels = assemble(poses, video, skeleton, [None] * (int(poses.columns.max(initial=0)) + 1))
        videos.remember_search(video, [path.absolute().parent, *search])
    return labels


def _animals(annotations: Any, name: str) -> list[list[tuple[float, float]]]:
    """Return the points of each animal of an image."""
    if not isinstance(annotations, list):
        raise FormatError(f"image '{name}' has no list of annotations.")
    animals: list[list[tuple[float, float]]] = []
    for item in annotations:
        kind = str(item.get("class")).lower() if isinstance(item, dict) else ""
        if kind == "face" or (kind == "point" and not animals):
            animals.append([])
        if kind != "point":
            continue
        place = item.get("x"), item.get("y")
        if not all(isinstance(value, _NUMBERS) and not isinstance(value, bool) for value in place):
            raise FormatError(f"a point of image '{name}' has no x and y.")
        animals[-1].append((float(place[0]), float(place[1])))
    return animals


def _poses(frames: Sequence[int], animals: Sequence[Sequence[tuple[float, float]]]) -> PoseTable:
    counts = np.array([len(points) for points in animals], np.int64)
    n_nodes = int(counts.max(initial=0))
    if n_nodes > MAX_NODES or n_nodes * len(animals) > max(1 << 22, 50 * int(counts.sum())):
        raise FormatError(f"an animal has {n_nodes} points.")
    points = np.full((len(animals), n_nodes, 2), np.nan)
    flat = np.array([point for points in animals for point in points], np.float64).reshape(-1, 2)
    if np.isinf(flat).any():
        raise FormatError("a point in it lies infinitely far.")
    points[np.arange(n_nodes) < counts[:, None]] = flat
    owners = np.asarray(frames, np.int64)
    # The animals of one image are its columns.
    first = np.searchsorted(owners, owners)
    return PoseTable(owners, np.arange(len(owners)) - first, points)


def _recognizes(path: Path, head: bytes) -> bool:
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return False
    try:
        with path.open("rb") as file:
            start = file.read(1 << 16)
    except OSError:
        return False
    return b'"annotations"' in start and b'"filename"' in start and b'"class"' in start


ALPHATRACKER = FORMATS.register("alphatracker")(
    Format(
        "AlphaTracker annotations",
        (".json",),
        _recognizes,
        read,
        holds=frozenset({"user"}),
    )
)
