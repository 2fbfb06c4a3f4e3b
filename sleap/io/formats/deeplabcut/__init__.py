"""DeepLabCut: labels of images and analyzed videos as CSV or HDF5, and whole projects.

Points are as ours: (0, 0) is the centre of the top-left pixel of the image as it was labeled.
"""

from collections.abc import Sequence
from pathlib import Path

from sleap.core.labels import Labels
from sleap.io.format import FORMATS, Format
from sleap.io.formats.deeplabcut.csv_table import is_csv
from sleap.io.formats.deeplabcut.hdf5_table import is_hdf5
from sleap.io.formats.deeplabcut.labels import Builder
from sleap.io.formats.deeplabcut.project import (
    is_config,
    is_folder,
    read_folder,
    read_project,
    read_table,
)
from sleap.io.formats.deeplabcut.videos import find_shots
from sleap.io.formats.deeplabcut.write import write_video
from sleap.io.json_text import reading


def _recognizes(path: Path, head: bytes) -> bool:
    return is_csv(head) or is_hdf5(path, head) or is_config(path) or is_folder(path)


def _read(path: Path, search: Sequence[Path]) -> Labels:
    """Read a table, or the project of a configuration or folder."""
    if path.is_dir():
        return read_folder(path, search)
    if is_config(path):
        return read_project(path, search)
    table = read_table(path)
    builder = Builder()
    builder.add(table, find_shots(table, path, search))
    with reading(path):
        return builder.build(provenance={"source": str(path), "scorer": table.scorer})


DEEPLABCUT = FORMATS.register("deeplabcut")(
    Format(
        "DeepLabCut",
        (".dlc.csv",),
        _recognizes,
        _read,
        write_video=write_video,
        holds=frozenset({"tracks"}),
    )
)
