"""CSV tables as DeepLabCut writes them, which many programs for behaviour read.

A video file becomes a table of an analyzed video: a row for each frame, a likelihood for each
point (1 where a person set it). A list of images becomes a table of labels: a row for each labeled
image, and likelihoods only if there are predictions among them. What is missing is written ``nan``:
pandas takes a first row of empty cells for the name of the index.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from sleap.core.labels import Labels
from sleap.core.layout import Layout
from sleap.core.tables import FloatArray
from sleap.core.video import Video
from sleap.io.atomic import replacing
from sleap.io.export import lay_out_video
from sleap.io.formats.deeplabcut.table import LEVELS, SINGLE

SCORER = "SLEAP"
FOLDER = "labeled-data"

N_CELLS = 1 << 17
"""Values turned into text at a time."""


def write_video(labels: Labels, path: Path, video: Video) -> None:
    """Write the labels of a video as a table of DeepLabCut, whole or not at all.

    Individuals are tracks; without tracks and with one animal the table has no individuals.

    Args:
        labels: The labels.
        path: The file.
        video: The video.

    Raises:
        FileError: If the system refuses.
        LabelsError: If the video is not one of the labels.
    """
    layout = lay_out_video(labels, video)
    is_images = not isinstance(video.filename, str)
    blocks = _blocks(layout, only_labeled=is_images)
    has_likelihood = not is_images or _has_predictions(layout)
    names = ("x", "y", "likelihood") if has_likelihood else ("x", "y")
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        _write_header(file, layout, names, n_index=3 if is_images else 1)
        for frames, values in blocks:
            index = _image_names(video, frames) if is_images else map(str, frames)
            cells = values[..., : len(names)].reshape(len(frames), -1).tolist()
            file.writelines(
                f"{name},{','.join(map(repr, row))}\n"
                for name, row in zip(index, cells, strict=True)
            )


def _has_predictions(layout: Layout) -> bool:
    return any(not layout.read(first, last).is_user.all() for first, last in layout.blocks(N_CELLS))


def _blocks(layout: Layout, *, only_labeled: bool) -> Iterator[tuple[list[int], FloatArray]]:
    """Yield frame indices, and (frames, columns, nodes, 3) values: x, y, likelihood."""
    step = max(1, N_CELLS // max(1, layout.n_columns * layout.n_nodes))
    for first in range(0, layout.n_frames, step):
        last = min(first + step, layout.n_frames)
        grid = layout.dense(first, last)
        scores = np.where(np.isnan(grid.point_scores), 1.0, grid.point_scores)
        scores[np.isnan(grid.points[..., 0])] = np.nan
        values = np.concatenate([grid.points, scores[..., None]], axis=-1)
        chosen = grid.occupancy.any(axis=1) if only_labeled else np.ones(last - first, bool)
        indices = np.flatnonzero(chosen) + first + layout.first_frame
        yield indices.tolist(), values[chosen]


def _write_header(file: TextIO, layout: Layout, names: Iterable[str], *, n_index: int) -> None:
    individuals = _individuals(layout)
    columns: list[tuple[Any, ...]] = [
        (SCORER, individual, node, name)
        for individual in individuals
        for node in layout.skeleton.node_names
        for name in names
    ]
    writer = csv.writer(file, lineterminator="\n")
    for level, values in zip(LEVELS, zip(*columns, strict=True), strict=True):
        if level != "individuals" or individuals != [""]:
            writer.writerow([level, *[""] * (n_index - 1), *values])


def _individuals(layout: Layout) -> list[str]:
    """Return the names of the animals; [""] for one without a track."""
    if layout.n_columns == 1 and layout.tracks[0] < 0:
        return [""]
    names: list[str] = []
    for name in layout.names:
        # ``single`` would be read as what exists once, two animals of one name as one.
        while name in names or name in ("", SINGLE):
            name = f"{name}_"
        names.append(name)
    return names


def _image_names(video: Video, frames: Iterable[int]) -> Iterator[str]:
    """Name images as DeepLabCut does: labeled-data, their folder, their file."""
    for index in frames:
        parts = video.filename[index].replace("\\", "/").split("/")
        folder = parts[-2] if len(parts) > 1 and parts[-2] else "images"
        yield f"{FOLDER},{_quoted(folder)},{_quoted(parts[-1])}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if any(c in name for c in ',"') else name
