"""Labels of LEAP, the program of 2018: MATLAB files of version 5 to 7.3."""

from pathlib import Path

from sleap.io.format import FORMATS, Format
from sleap.io.formats.leap_matlab import mat5, mat73
from sleap.io.formats.leap_matlab.read import read


def _recognizes(path: Path, head: bytes) -> bool:
    return head.startswith((mat5.SIGNATURE, mat73.SIGNATURE))


LEAP = FORMATS.register("leap")(
    Format("LEAP labels", (".mat",), _recognizes, read, holds=frozenset({"edges", "user"}))
)
