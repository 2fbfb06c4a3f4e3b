"""What things are called inside an NWB file."""

import re
from urllib.parse import quote

BEHAVIOR = "behavior"
DATA, CONFIDENCE = "data", "confidence"
SCORES = "_scores"
"""End of the name of the series of scores of the instances of a column."""

SINGLE = "PoseEstimation"
"""Name of the only column of a file, where it is no track."""

UNTRACKED = "Poses without a track"
PROVENANCE = "Provenance: "

RESERVED = {"description", "skeleton", "nodes", "edges", "scorer", "dimensions", "source_video"}
RESERVED |= {"original_videos", "labeled_videos", "labeled_video", "source_software", "devices"}
"""What nodes must not be called inside a file: names of the format itself."""


def encode(name: str) -> str:
    """Return a name that NWB allows: without slashes and colons, and none of its own."""
    safe = re.sub(r"[/:%]", lambda found: quote(found.group(), safe=""), name)
    if safe in RESERVED or safe.startswith("."):
        return f"%{ord(safe[0]):02X}{safe[1:]}"
    return safe
