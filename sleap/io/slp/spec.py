"""What lies where in a labels file, and which versions there are.

======== ===========================================================================
id       what changed
======== ===========================================================================
absent,1 user points count from the corner of the top-left pixel, not from its centre
1.1      all points: the centre of the top-left pixel is (0, 0)
1.2      ``tracking_score`` in ``instances``; what this program writes
1.3-2.x  further datasets beside these (masks, identities, events, ...); these unchanged
======== ===========================================================================
"""

import json
import re
from typing import Any

import numpy as np

from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS
from sleap.errors import FormatError

FORMAT_ID = 1.2
"""What is written."""

NEWEST_MAJOR = 2
"""Files of this major version and below are read."""

JSON_VERSION = "2.0.0"
"""The ``version`` inside the JSON of the metadata."""

METADATA = "metadata"
TABLES = {"frames": FRAMES, "instances": INSTANCES, "points": POINTS, "pred_points": PRED_POINTS}
VIDEOS, TRACKS, SUGGESTIONS = "videos_json", "tracks_json", "suggestions_json"
PROVENANCE = "provenance_json"
SESSIONS = "sessions_json"

KNOWN = {METADATA, *TABLES, VIDEOS, TRACKS, SUGGESTIONS, PROVENANCE}
"""Top-level names that are read into labels; all others are kept as they are."""

METADATA_KEYS = {
    "version",
    "skeletons",
    "nodes",
    "videos",
    "tracks",
    "suggestions",
    "negative_anchors",
    "provenance",
}
"""Keys of the JSON of the metadata that are read into labels."""

IMAGES = "video"
"""Dataset of the images in the group of an embedded video."""

FRAME_NUMBERS = "frame_numbers"
SOURCE_VIDEO = "source_video"

THIS_FILE = "."
"""The filename of a video whose images lie in the labels file itself."""

MAX_ATTRIBUTE = 60_000
"""Bytes that fit into an attribute of HDF5 as one string of fixed length (64 KiB in all)."""


def image_group(number: int) -> str:
    """Return the name of the group of the images of a video."""
    return f"video{number}"


def is_image_dataset(name: str | None) -> bool:
    """Tell whether a dataset is named like the embedded images of a video."""
    return re.fullmatch(r"/?video\d+/video", name or "") is not None


def is_placeholder(images: Any) -> bool:
    """Tell whether a dataset is the one image of one pixel that stands for a video without any."""
    sizes = [images.attrs.get(name) for name in ("height", "width")]
    if images.ndim == 4:
        sizes = list(images.shape[1:3])
    return images.ndim > 0 and images.shape[0] == 1 and sizes == [1, 1]


def parse_format_id(value: Any) -> float:
    """Read the version of a file.

    Args:
        value: The attribute ``format_id``; None if absent.

    Returns:
        The version; 1.0 if absent.

    Raises:
        FormatError: If it is no number, or of a major version that is not known.
    """
    if value is None:
        return 1.0
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    try:
        version = float(np.asarray(value).reshape(-1)[0])
    except (ValueError, TypeError, IndexError) as error:
        raise FormatError(f"The format version {value!r} is not a number.") from error
    if not 0 < version < NEWEST_MAJOR + 1:
        raise FormatError(
            f"It is of format version {version:g}, and this program reads versions up to "
            f"{NEWEST_MAJOR}.x. Install a newer sleap, or save the file in an older format."
        )
    return version


def to_json(value: Any) -> bytes:
    """Write JSON without spaces, as bytes."""
    return json.dumps(value, separators=(",", ":"), default=_plain).encode("utf-8")


def _plain(value: Any) -> Any:
    """Write numbers and arrays of numpy, paths and bytes as JSON can."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
