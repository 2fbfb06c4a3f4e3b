"""Which videos the rows of a table belong to."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import define

from sleap.core.tables import IntArray
from sleap.core.video import Video
from sleap.io.formats.deeplabcut.table import Table
from sleap.io.slp.videos import remember_search

MEDIA = (".mp4", ".avi", ".mov", ".mkv", ".mpg", ".mpeg", ".m4v", ".wmv", ".h264")
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"})

_NETWORK = re.compile(r"(.+?)_?(?:DLC|DeepCut|superanimal)_")


@define(eq=False)
class Shot:
    """The rows of a table that lie in one video.

    Attributes:
        video: The video.
        rows: (n,) rows of the table.
        frame_indices: (n,) index in the video of each.
        others: Indices of frames that the table does not have.
    """

    video: Video
    rows: list[int]
    frame_indices: list[int] | IntArray
    others: list[int]


def find_shots(table: Table, path: Path, search: Sequence[Path]) -> list[Shot]:
    """Return the videos of a table, with the rows of each.

    Args:
        table: The table.
        path: The file it came from.
        search: Folders in which videos may lie, to look in after those near the file.
    """
    here = path.absolute().parent
    folders = [here, here.parent, here.parent.parent, here / "videos", here.parent / "videos"]
    folders += search
    if not isinstance(table.index, list):
        shots = [_recording(table.index, table.scorer, path, folders)]
    else:
        by_folder: dict[str, list[int]] = {}
        for row, name in enumerate(table.index):
            by_folder.setdefault(name.rpartition("/")[0], []).append(row)
        shots = [
            _sequence(folder, rows, [table.index[row] for row in rows], here)
            for folder, rows in by_folder.items()
        ]
    for shot in shots:
        remember_search(shot.video, folders)
    return shots


def _recording(index: IntArray, scorer: str, path: Path, folders: Sequence[Path]) -> Shot:
    """Return the video that was analyzed: its name, that of the network, and more is the file's."""
    place = path.name.find(scorer) if scorer else -1
    network = _NETWORK.match(path.name)
    own = path.name.removesuffix(".csv").removesuffix(".h5").removesuffix(".dlc")
    stem = path.name[:place] if place > 0 else network.group(1) if network else own
    names = [f"{stem}{suffix}" for suffix in MEDIA]
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                return Shot(Video(str(folder / name)), list(range(len(index))), index, [])
    return Shot(Video(names[0]), list(range(len(index))), index, [])


def _sequence(folder: str, rows: list[int], names: list[str], here: Path) -> Shot:
    """Return the images of one folder as a video, in order of their names.

    If the folder lies where the table is, all its images are in the video.
    """
    basenames = [name.rpartition("/")[2] for name in names]
    on_disk = _find_folder(folder, here, basenames)
    if on_disk is None:
        listed = natural_order(set(basenames))
        video = Video([f"{folder}/{name}" if folder else name for name in listed])
    else:
        listed = natural_order({*basenames, *list_images(on_disk)})
        video = Video([str(on_disk / name) for name in listed])
    place = {name: index for index, name in enumerate(listed)}
    indices = [place[name] for name in basenames]
    used = set(indices)
    return Shot(video, rows, indices, [index for index in range(len(listed)) if index not in used])


def _find_folder(folder: str, here: Path, basenames: list[str]) -> Path | None:
    """Return the folder with the images: that of the table, or as the path says from near it."""
    parts = [part for part in folder.split("/") if part]
    places = [here, *(here.joinpath(*parts[first:]) for first in range(len(parts)))]
    places += [here.parent.joinpath(*parts), here.parent.parent.joinpath(*parts)]
    if Path(folder).is_absolute():
        places.append(Path(folder))
    for place in places:
        if ".." not in parts and (place / basenames[0]).is_file():
            return place
    return None


def list_images(folder: Path) -> list[str]:
    """Return the names of the images of a folder, in order of their numbers."""
    return natural_order(path.name for path in folder.iterdir() if path.suffix.lower() in IMAGES)


def natural_order(names: Iterable[str]) -> list[str]:
    """Sort names with numbers in them by the numbers: img2 before img10."""

    def key(name: str) -> tuple[list[tuple[int, int | str]], str]:
        parts = re.split(r"(\d+)", name.lower())
        return [(0, int(part)) if part.isdecimal() else (1, part) for part in parts if part], name

    return sorted(names, key=key)
