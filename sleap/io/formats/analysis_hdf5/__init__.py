"""The analysis file: the poses of one video as dense arrays in HDF5, for MATLAB, R and Python.

Two layouts, told apart by their datasets: that of SLEAP 1.x (``.analysis.h5``) and the smaller one
of the first releases (``.tracking.h5``). ``docs/formats/analysis.md`` describes every dataset.
"""

from pathlib import Path

from sleap.errors import SleapError
from sleap.io.format import FORMATS, Format
from sleap.io.formats.analysis_hdf5.names import OCCUPANCY, TRACKS
from sleap.io.formats.analysis_hdf5.reading import read
from sleap.io.formats.analysis_hdf5.writing import write, write_video
from sleap.io.slp import hdf5

__all__ = ["ANALYSIS", "read", "write"]


def _recognizes(path: Path, head: bytes) -> bool:
    """Look inside: labels files and those of other programs end in .h5, too."""
    if not head.startswith(hdf5.SIGNATURE):
        return False
    try:
        with hdf5.opened(path) as file:
            keys = set(file)
    except SleapError:  # whatever is wrong with it, its reader says so
        return False
    return TRACKS in keys and bool({OCCUPANCY, "node_names", "track_names"} & keys)


ANALYSIS = FORMATS.register("analysis")(
    Format(
        "analysis HDF5",
        (".analysis.h5", ".tracking.h5"),
        _recognizes,
        read,
        write_video=write_video,
        holds=frozenset({"edges", "tracks", "user", "scores", "provenance"}),
    )
)
