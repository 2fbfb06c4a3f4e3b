"""Skeletons in files of their own, and out of the files of labels.

============================================ ================================================
file                                         skeleton
============================================ ================================================
``.json``                                    stand-alone graph, or the newer wrapper around it
``.mat`` of LEAP                             ``skeleton``, or ``nodes`` and ``edges``
``.h5`` with a group ``skeleton``            attributes: name to stand-alone graph
labels and training packages of any format   the first of its skeletons
training profile (``.json``)                 the first of its skeletons
============================================ ================================================
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sleap.core.skeleton import Skeleton
from sleap.errors import FileError, FormatError
from sleap.io import skeleton_json
from sleap.io.atomic import replacing
from sleap.io.files import load_file
from sleap.io.formats.leap_matlab import mat5, mat73
from sleap.io.formats.leap_matlab.read import find_skeleton, read_mat
from sleap.io.json_text import first_keys, read_json, reading
from sleap.io.slp import hdf5
from sleap.io.slp.read import read_header

GROUP = "skeleton"
"""Group of an HDF5 file whose attributes are skeletons."""

_OF_GRAPHS = {"directed", "graph", "links", "multigraph", "nx_graph"}
_OF_PROFILES = {"data", "model"}
_OF_LABELS = {
    "labels",
    "skeletons",
    "images",
    "annotations",
    "categories",
    "predicted_instances",
    "instances",
    "points",
}


def load_skeleton(path: str | Path) -> Skeleton:
    """Read a skeleton; the first one of a file with several.

    Args:
        path: A skeleton in any of the forms above, or labels of any format.

    Raises:
        FileError: If the file is not there or cannot be opened.
        FormatError: If it holds no skeleton, or is damaged.
    """
    skeletons = load_skeletons(path)
    if not skeletons:
        raise FormatError(f"Cannot read a skeleton from '{path}': it holds none.")
    return skeletons[0]


def load_skeletons(path: str | Path) -> list[Skeleton]:
    """Read all the skeletons of a file; see ``load_skeleton``.

    Raises:
        FileError: If the file is not there or cannot be opened.
        FormatError: If it is damaged, or of no known format.
    """
    path = Path(path)
    head = hdf5.read_head(path)
    with reading(path):
        if head.startswith((mat5.SIGNATURE, mat73.SIGNATURE)):
            return [find_skeleton(read_mat(path, ("skeleton", "nodes", "edges")))]
        if head.startswith(hdf5.SIGNATURE):
            found = _from_hdf5(path)
        elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            found = _from_json(path)
        else:
            found = None
    return load_file(path).skeletons if found is None else found


def save_skeleton(skeleton: Skeleton, path: str | Path) -> None:
    """Write a stand-alone skeleton as JSON, whole or not at all.

    It is the plain graph that all versions read; with a description or a preview image, the newer
    wrapper around it.

    Args:
        skeleton: What to write.
        path: Where, ending in ``.json``; an old file is replaced.

    Raises:
        FileError: If the name ends otherwise, or the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".json":
        raise FileError(
            f"Cannot write a skeleton to '{path}': skeletons are written as JSON. "
            "Give a name that ends in .json."
        )
    text = json.dumps(skeleton_json.encode(skeleton), sort_keys=True)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _from_hdf5(path: Path) -> list[Skeleton] | None:
    """Read skeletons of their own, or of labels without reading the labels; None of others."""
    with hdf5.opened(path) as file:
        if "metadata" in file:
            header = read_header(file)[1]
            return _decode_all(header.get("skeletons"), header.get("nodes"))
        group = hdf5.find_group(file, GROUP)
        if group is None or not len(group.attrs):
            return None
        return [
            skeleton_json.decode(hdf5.parse_json(text, f"{GROUP}/{name}"), name=name)
            for name, text in group.attrs.items()
        ]


def _from_json(path: Path) -> list[Skeleton] | None:
    """Read a skeleton, or those of a training profile; None of labels."""
    if first_keys(path, _is_of_labels):
        return None
    data = read_json(path)
    if first_keys(path, _is_of_profile):
        return _from_profile(data)
    return [skeleton_json.decode(data, name=path.stem)]


def _is_of_labels(key: str) -> bool | None:
    return True if key in _OF_LABELS else False if key in _OF_GRAPHS | _OF_PROFILES else None


def _is_of_profile(key: str) -> bool | None:
    return True if key in _OF_PROFILES else False if key in _OF_GRAPHS else None


def _from_profile(data: Any) -> list[Skeleton]:
    """Read the skeletons of a profile: in ``data.labels`` today, in ``model`` at first."""
    for keys in (("data", "labels"), ("model",)):
        part = data
        for key in keys:
            part = part.get(key) if isinstance(part, Mapping) else None
        if isinstance(part, Mapping) and part.get("skeletons"):
            return _decode_all(part["skeletons"], None)
    return []


def _decode_all(graphs: Any, nodes: Any) -> list[Skeleton]:
    graphs, nodes = graphs or [], nodes or []
    if not isinstance(graphs, list) or not isinstance(nodes, list):
        raise FormatError("its skeletons are not a list.")
    return [
        skeleton_json.decode(graph, nodes, name=f"Skeleton-{number}")
        for number, graph in enumerate(graphs)
    ]
