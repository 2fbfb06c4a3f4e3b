"""NWB files: poses in the form of the extension ndx-pose, for archives of neuroscience.

Writing needs the libraries pynwb and ndx-pose; reading does without them, so that a file that came
by mail is read as data like every other HDF5 file. ``docs/formats/nwb.md`` describes the content.
"""

from pathlib import Path

from sleap.io.format import FORMATS, Format
from sleap.io.formats.nwb.reading import read
from sleap.io.formats.nwb.writing import write
from sleap.io.slp import hdf5

__all__ = ["NWB", "read", "write"]


def _recognizes(path: Path, head: bytes) -> bool:
    return head.startswith(hdf5.SIGNATURE) and path.name.lower().endswith(".nwb")


NWB = FORMATS.register("nwb")(
    Format(
        "NWB with ndx-pose",
        (".nwb",),
        _recognizes,
        read,
        write,
        holds=frozenset({"videos", "edges", "tracks", "user", "scores", "provenance"}),
    )
)
