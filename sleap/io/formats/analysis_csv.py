"""The analysis table: the poses of one video as text, a row per frame and track.

The header is ``track,frame_idx,instance.score,{node}.x,{node}.y,{node}.score,...``;
``docs/formats/csv.md`` says what is in the rows.
"""

import csv
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

import numpy as np
from attrs import frozen

from sleap.core.arrays import rank_in_frame
from sleap.core.labels import Labels
from sleap.core.layout import Layout
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.tables import IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError, FormatError, LabelsError, SleapError
from sleap.io.assembly import assemble
from sleap.io.atomic import explain, replacing
from sleap.io.export import lay_out_video
from sleap.io.format import FORMATS, Format
from sleap.io.slp import videos

TRACK, FRAME, SCORE = "track", "frame_idx", "instance.score"

N_FRAMES = 4096
"""Frames written at a time."""

N_ROWS = 8192
"""Rows read at a time."""

MAX_ROWS = 100_000_000
"""Rows written, at most; so many say that most of them would be empty."""

MAX_FRAME = 1 << 39
"""Indices of frames stay below it."""

# -- writing ------------------------------------------------------------------------------------


def write(labels: Labels, path: str | Path, video: Video, *, all_frames: bool = True) -> None:
    """Write the poses of a video, replacing an old file whole or not at all.

    Args:
        labels: What to write.
        path: Where.
        video: Which video.
        all_frames: A row for every frame of the video and every track, empty where there is no
            instance; else rows for instances only, as the original wrote them.

    Raises:
        FileError: If the file cannot be written; the old one is as it was.
        LabelsError: If the video is not one of the labels, or there would be too many rows.
    """
    layout = lay_out_video(labels, video, all_frames=all_frames)
    n_rows = layout.n_frames * layout.n_columns
    if all_frames and n_rows > MAX_ROWS:
        raise LabelsError(
            f"A row for each of {layout.n_frames} frames and {layout.n_columns} tracks makes "
            f"{n_rows} rows, for {len(layout)} instances. Join or remove tracks, write rows for "
            "instances only, or export to analysis HDF5."
        )
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(_header(layout.skeleton))
        if all_frames:
            _write_all_frames(file, layout)
        else:
            _write_instances(file, layout)


def write_video(labels: Labels, path: Path, video: Video) -> None:
    """Write the poses of a video, a row per frame and track; see ``write``."""
    write(labels, path, video)


def _header(skeleton: Skeleton) -> list[str]:
    nodes = [f"{name}.{value}" for name in skeleton.node_names for value in ("x", "y", "score")]
    return [TRACK, FRAME, SCORE, *nodes]


def _write_instances(file: TextIO, layout: Layout) -> None:
    names = _name_tracks(layout)
    for first, last in layout.blocks(N_FRAMES):
        block = layout.read(first, last)
        frames = (block.frames + (layout.first_frame + first)).tolist()
        rows = zip(block.columns.tolist(), frames, _numbers(block), strict=True)
        file.writelines(f"{names[column]},{frame},{text}\n" for column, frame, text in rows)


def _write_all_frames(file: TextIO, layout: Layout) -> None:
    names, empty = _name_tracks(layout), "," * (3 * layout.n_nodes)
    for first in range(0, layout.n_frames if names else 0, N_FRAMES):
        last = min(first + N_FRAMES, layout.n_frames)
        lines = [f"{name},{frame},{empty}\n" for frame in range(first, last) for name in names]
        block = layout.read(first, last)
        places = (block.frames * len(names) + block.columns).tolist()
        frames = (block.frames + first).tolist()
        for place, frame, column, text in zip(
            places, frames, block.columns.tolist(), _numbers(block), strict=True
        ):
            lines[place] = f"{names[column]},{frame},{text}\n"
        file.writelines(lines)


def _numbers(block: PoseTable) -> list[str]:
    """Return the numbers of each instance as text: its score, then x, y and score of each node."""
    if not len(block):
        return []
    nodes = np.concatenate((block.points, block.point_scores[:, :, None]), axis=2)
    values = np.column_stack((block.scores, nodes.reshape(len(block), -1))).tolist()
    text = "\n".join([",".join(map(repr, row)) for row in values])
    return text.replace("nan", "").split("\n")


def _name_tracks(layout: Layout) -> list[str]:
    """Return the name of each column, quoted; untracked ones have none, no two are the same."""
    names: list[str] = []
    taken: set[str] = set()
    for name, track in zip(layout.names, layout.tracks.tolist(), strict=True):
        if track < 0:
            names.append("")
            continue
        base = name or f"track_{track}"
        free = (base if again == 0 else f"{base}_{again}" for again in range(len(taken) + 1))
        unique = next(one for one in free if one not in taken)
        taken.add(unique)
        quoted = '"' + unique.replace('"', '""') + '"'
        names.append(quoted if re.search(r'[",\r\n]|^\s|\s$', unique) else unique)
    return names


# -- reading ------------------------------------------------------------------------------------


@frozen
class _Header:
    """Which column holds what; -1 for what is not there.

    Attributes:
        n_columns: How many there are.
        nodes: Names of the nodes.
        track: Name of the track.
        frame: Index of the frame.
        numbers: Score of the instance, then x, y and score of each node.
    """

    n_columns: int
    nodes: list[str]
    track: int
    frame: int
    numbers: list[int]


def read(path: Path, search: Sequence[Path]) -> Labels:
    """Read an analysis table.

    Rows without a single number are no instances; instances without any score were set by the
    user. The table does not name its video: it gets the name of the file.

    Args:
        path: The file.
        search: Folders in which the video may lie.

    Raises:
        FileError: If it cannot be opened.
        FormatError: If it is no such table; the message names the line.
    """
    names: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            header = _read_header(next(lines, []))
            blocks = []
            while rows := list(islice(lines, N_ROWS)):
                blocks.append(_read_rows(rows, header, names, lines.line_num))
    except FileNotFoundError as error:
        raise FileError(f"Cannot open '{path}': no such file.") from error
    except OSError as error:
        raise FileError(f"Cannot open '{path}': {explain(error)}.") from error
    except (SleapError, UnicodeDecodeError, csv.Error) as error:
        raise FormatError(f"Cannot read '{path}': {error}") from error
    poses = PoseTable.join(blocks, len(header.nodes))
    poses.columns = _rank_untracked(poses, len(names))
    tracks: list[Track | None] = [Track(name) for name in names]
    tracks += [None] * (int(poses.columns.max(initial=-1)) + 1 - len(tracks))
    video = Video(_name_video(path))
    videos.remember_search(video, [path.absolute().parent, *search])
    return assemble(poses, video, Skeleton(header.nodes), tracks)


def _read_header(names: list[str]) -> _Header:
    places = {name.strip(): place for place, name in enumerate(names)}
    nodes = [name[:-2] for name in places if name.endswith(".x") and f"{name[:-2]}.y" in places]
    if FRAME not in places or not nodes:
        raise FormatError(
            f"The first line should name the columns {TRACK}, {FRAME}, {SCORE}, and .x, .y and "
            f".score of each node; it is '{','.join(names)[:80]}'."
        )
    wanted = [SCORE, *(f"{node}.{value}" for node in nodes for value in ("x", "y", "score"))]
    numbers = [places.get(name, -1) for name in wanted]
    return _Header(len(names), nodes, places.get(TRACK, -1), places[FRAME], numbers)


def _read_rows(
    rows: list[list[str]], header: _Header, names: dict[str, int], line: int
) -> PoseTable:
    """Read some rows.

    Args:
        rows: Texts of the columns.
        header: Which is what.
        names: Number of each track by name; new ones are entered. Untracked: -1.
        line: Number of the last line in the file.
    """
    rows = [row for row in rows if row]
    if any(len(row) != header.n_columns for row in rows):
        wrong = next(row for row in rows if len(row) != header.n_columns)
        raise FormatError(
            f"A row before line {line + 1} has {len(wrong)} columns, the first line "
            f"{header.n_columns}: '{','.join(wrong)[:80]}'."
        )
    # Most rows may be empty; only those with a number beside the frame and the track count.
    named = [place for place in (header.frame, header.track) if place >= 0]
    rows = [row for row in rows if len("".join(row)) > sum(len(row[place]) for place in named)]
    places = [header.frame, *header.numbers]
    padded = (row if -1 not in places else [*row, ""] for row in rows)
    texts = [row[place] or "nan" for row in padded for place in places]
    try:
        values = np.array(list(map(float, texts))).reshape(len(rows), len(places))
    except ValueError as error:
        raise FormatError(f"Before line {line + 1}: {error}.") from error
    frames = values[:, 0]
    if not ((frames >= 0) & (frames < MAX_FRAME) & (frames == np.floor(frames))).all():
        raise FormatError(f"Before line {line + 1}: a {FRAME} is no index of a frame.")
    tracks = [row[header.track] if header.track >= 0 else "" for row in rows]
    columns = [names.setdefault(track, len(names)) if track else -1 for track in tracks]
    points = values[:, 2:].reshape(len(rows), len(header.nodes), 3)
    used = ~np.isnan(values[:, 1:]).all(axis=1)
    return PoseTable(
        frames[used],
        np.array(columns, np.int64)[used],
        points[used, :, :2],
        points[used, :, 2],
        values[used, 1],
    )


def _rank_untracked(poses: PoseTable, n_tracks: int) -> IntArray:
    """Give instances without a track columns behind the tracks, in the order of the rows."""
    columns = poses.columns.copy()
    untracked = np.flatnonzero(columns < 0)
    columns[untracked] = n_tracks + rank_in_frame(poses.frames[untracked])
    return columns


def _name_video(path: Path) -> str:
    """Return the name of the video out of that of an export: ``x.000_video.analysis.csv``."""
    stem = re.sub(r"(\.analysis)?\.csv$", "", path.name, flags=re.IGNORECASE)
    found = re.search(r"\.\d{3}_(.+)$", stem)
    return found.group(1) if found else stem


def _recognizes(path: Path, head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").startswith(f"{TRACK},{FRAME},".encode())


ANALYSIS_CSV = FORMATS.register("analysis.csv")(
    Format(
        "analysis CSV",
        (".analysis.csv",),
        _recognizes,
        read,
        write_video=write_video,
        holds=frozenset({"tracks", "user", "scores"}),
    )
)
