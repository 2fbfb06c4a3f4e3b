"""Projects of DeepLabCut: a folder with ``config.yaml`` and a folder of images for each video.

project/
    config.yaml
    labeled-data/
        video1/
            CollectedData_me.csv
            CollectedData_me.h5     (the same; the one that their programs read)
            img0001.png
    videos/
"""

import logging
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FileError, FormatError
from sleap.io.atomic import explain
from sleap.io.formats.deeplabcut.csv_table import read_csv
from sleap.io.formats.deeplabcut.hdf5_table import read_hdf5
from sleap.io.formats.deeplabcut.labels import Builder
from sleap.io.formats.deeplabcut.table import Table
from sleap.io.formats.deeplabcut.videos import find_shots, list_images
from sleap.io.json_text import reading
from sleap.io.slp.videos import remember_search

logger = logging.getLogger(__name__)

CONFIG = "config.yaml"
LABELED_DATA = "labeled-data"
PREFIX = "CollectedData_"
MULTI = "MULTI!"
"""In place of the body parts where there are several animals: they are named elsewhere."""

DRAWN = "_labeled"
"""End of the names of folders of pictures with the points drawn into them."""

MAX_CONFIG = 1 << 20
"""Bytes of a configuration, at most."""

_SNIFFED = 1 << 14
_TELLING = re.compile(rb"^(bodyparts|multianimalbodyparts|video_sets)\s*:", re.MULTILINE)


def is_config(path: Path) -> bool:
    """Tell whether a file is the configuration of a project."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        return False
    try:
        with path.open("rb") as file:
            return _TELLING.search(file.read(_SNIFFED)) is not None
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Tell whether a folder is a project, its ``labeled-data``, or one of the folders in that."""
    if not path.is_dir():
        return False
    return (
        is_config(path / CONFIG)
        or any(path.glob(f"{PREFIX}*"))
        or any(path.glob(f"*/{PREFIX}*"))
        or (path / LABELED_DATA).is_dir()
    )


def read_folder(path: Path, search: Sequence[Path] = ()) -> Labels:
    """Read a project, its ``labeled-data``, or one of the folders in that.

    Args:
        path: The folder.
        search: Folders in which images may lie, to look in after this one.

    Raises:
        FileError: If a file cannot be opened.
        FormatError: If it holds no labels, or damaged ones; the message names the file.
    """
    if is_config(path / CONFIG):
        return read_project(path / CONFIG, search)
    config = next((p / CONFIG for p in path.absolute().parents[:2] if is_config(p / CONFIG)), None)
    settings = {} if config is None else read_config(config)
    folders = _list_folders(path / LABELED_DATA if (path / LABELED_DATA).is_dir() else path)
    if not any(find_tables(folder) for folder in folders):
        raise FormatError(
            f"Cannot read '{path}': it is no project of DeepLabCut. Expected {CONFIG}, or files "
            f"{PREFIX}*.csv or .h5 in it or in the folders in it."
        )
    return _read_folders(path, folders, settings, search)


def read_project(path: Path, search: Sequence[Path] = ()) -> Labels:
    """Read all labels of a project.

    Args:
        path: Its ``config.yaml``.
        search: Folders in which images may lie, to look in after those of the project.

    Raises:
        FileError: If a file cannot be opened.
        FormatError: If there is no ``labeled-data`` beside it, or a file is damaged.
    """
    settings = read_config(path)
    data = path.absolute().parent / LABELED_DATA
    if not data.is_dir():
        raise FormatError(
            f"Cannot read '{path}': the folder '{LABELED_DATA}' of the project is not beside it. "
            "Open the configuration where it lies in its project."
        )
    return _read_folders(path, _list_folders(data), settings, search)


def read_config(path: Path) -> dict[str, Any]:
    """Read the settings of a project.

    Raises:
        FileError: If the file cannot be opened.
        FormatError: If it is no YAML mapping, or absurdly long.
    """
    with reading(path):
        data = path.read_bytes()
        if len(data) > MAX_CONFIG:
            raise FormatError(f"It is {len(data)} bytes long: no configuration is.")
        try:
            settings = yaml.safe_load(data)
        except yaml.YAMLError as error:
            raise FormatError(f"It is not valid YAML: {str(error).splitlines()[0]}.") from error
        except RecursionError as error:
            raise FormatError("Its YAML is nested too deeply.") from error
    if not isinstance(settings, dict):
        raise FormatError(f"Cannot read '{path}': it should be a mapping of settings.")
    return settings


def read_table(path: Path) -> Table:
    """Read a table, CSV or HDF5.

    Raises:
        FileError: If it cannot be opened.
        FormatError: If it is damaged.
    """
    with reading(path):
        return read_csv(path) if path.suffix.lower() == ".csv" else read_hdf5(path)


def find_tables(folder: Path, scorer: str = "") -> list[Path]:
    """Return the tables of labels of a folder, those of a scorer first; of two alike the HDF5."""
    found: dict[str, Path] = {}
    for suffix in (".h5", ".csv"):
        for path in sorted(folder.glob(f"{PREFIX}*{suffix}")):
            found.setdefault(path.stem, path)
    return sorted(found.values(), key=lambda path: (path.stem != PREFIX + scorer, path.name))


def _list_folders(path: Path) -> list[Path]:
    """Return the folders of images: this one, or those in it."""
    if find_tables(path):
        return [path]
    return [
        folder
        for folder in sorted(path.iterdir(), key=lambda entry: entry.name)
        if folder.is_dir() and (find_tables(folder) or not folder.name.endswith(DRAWN))
    ]


def _read_folders(
    path: Path, folders: Sequence[Path], settings: dict[str, Any], search: Sequence[Path]
) -> Labels:
    """Read the labels of folders of images into one."""
    bodyparts = settings.get("multianimalbodyparts" if _is_multi(settings) else "bodyparts")
    unique = settings.get("uniquebodyparts") if _is_multi(settings) else None
    builder = Builder(*(list(dict.fromkeys(_texts(names))) for names in (bodyparts, unique)))
    scorer = "".join(_texts([settings.get("scorer")]))
    for folder in folders:
        try:
            tables, images = find_tables(folder, scorer), list_images(folder)
        except OSError as error:
            raise FileError(f"Cannot open '{folder}': {explain(error)}.") from error
        if len(tables) > 1:
            logger.warning("Of the labels in '%s' only '%s' is read.", folder, tables[0].name)
        if tables:
            table = read_table(tables[0])
            builder.add(table, find_shots(table, tables[0], search))
        elif images:
            video = Video([str(folder.absolute() / name) for name in images])
            remember_search(video, [folder.absolute(), *search])
            builder.add_images(video, len(images))
    with reading(path):
        return builder.build(_edges(settings), _provenance(path, settings))


def _is_multi(settings: dict[str, Any]) -> bool:
    return settings.get("multianimalproject") is True or settings.get("bodyparts") == MULTI


def _texts(value: Any) -> list[str]:
    """Return the texts and numbers of a list, as texts."""
    names = value if isinstance(value, list) else []
    return [str(name) for name in names if isinstance(name, str | int | float)]


def _edges(settings: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the edges of the skeleton: a list of pairs, or of longer chains."""
    chains = settings.get("skeleton")
    return [
        pair
        for chain in (chains if isinstance(chains, list) else [])
        for pair in pairwise(_texts(chain))
    ]


def _provenance(path: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """Say where the labels come from, and which videos their images were taken from.

    The videos are no sources of ours: the images keep their own numbers.
    """
    result: dict[str, Any] = {"source": str(path)}
    if isinstance(settings.get("Task"), str):
        result["deeplabcut_task"] = settings["Task"]
    videos = settings.get("video_sets")
    if isinstance(videos, dict):
        names = [str(name).replace("\\", "/") for name in videos]
        result["deeplabcut_videos"] = {PurePosixPath(name).stem: name for name in names}
    return result
