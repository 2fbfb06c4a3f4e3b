"""COCO keypoints: one JSON file with tables of images, categories and annotations.

The layout is that of https://cocodataset.org/#format-data (keypoint detection), with the tables and
keys that data sets of video have added (``videos``, ``video_id``, ``frame_id``, ``track_id``), and
a few of our own that other programs skip. Points are as ours: (0, 0) is the centre of the top-left
pixel, so no coordinate changes on the way.
"""

from pathlib import Path

from sleap.io.format import FACETS, FORMATS, Format
from sleap.io.formats.coco.read import read
from sleap.io.formats.coco.write import write
from sleap.io.json_text import first_keys

_TABLES = ("images", "annotations", "categories")
_SNIFFED = 4096


def _recognizes(path: Path, head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{":
        return first_keys(path, lambda key: key in _TABLES or None)
    return start == b"[" and _is_results(path)


def _is_results(path: Path) -> bool:
    """Tell whether a list looks like detections, so that reading it says what they lack."""
    try:
        with path.open("rb") as file:
            begin = file.read(_SNIFFED)
    except OSError:
        return False
    return all(key in begin for key in (b'"image_id"', b'"category_id"', b'"keypoints"'))


COCO = FORMATS.register("coco")(
    Format(
        "COCO keypoints",
        (".coco.json",),
        _recognizes,
        read,
        write,
        holds=frozenset(FACETS) - {"suggestions"},
    )
)
