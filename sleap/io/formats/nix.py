"""NIX files: the poses of one video in the data model of the G-Node, an entry per instance.

Writing needs the library nixio; reading does without it. ``docs/formats/nwb.md`` describes the
content.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from sleap.core.arrays import rank_in_frame
from sleap.core.labels import Labels
from sleap.core.layout import Layout
from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError, FormatError, SleapError
from sleap.io.assembly import assemble
from sleap.io.atomic import explain, replacing
from sleap.io.export import find_rate, lay_out_video, name_video
from sleap.io.format import FORMATS, Format
from sleap.io.slp import hdf5, spec, videos
from sleap.io.slp.sink import created

BLOCK = "poses"
ARRAYS = {
    "frame": ("", "Index of the frame in the video"),
    "track": ("", "Number of the track in 'track_names'; -1 for none"),
    "position": ("px", "(x, y) of each node; NaN if missing"),
    "node_score": ("", "Confidence of each node; NaN if unknown"),
    "score": ("", "Confidence of the instance; NaN if the user set it"),
    "tracking_score": ("", "How well the instance fits its track; NaN if unknown"),
    "user": ("", "Whether the user set the instance"),
}
"""The arrays, one entry per instance: unit and meaning of each."""

N_FRAMES = 1 << 14
"""Frames written at a time."""

CHUNK_BYTES = 1 << 18
"""Size of a chunk of an array."""

# -- writing ------------------------------------------------------------------------------------


def write(labels: Labels, path: str | Path, video: Video) -> None:
    """Write the poses of a video, replacing an old file whole or not at all.

    Args:
        labels: What to write.
        path: Where.
        video: Which video.

    Raises:
        FileError: If nixio is not installed, or the file cannot be written; an old one is as it
            was.
        LabelsError: If the video is not one of the labels.
    """
    try:
        import nixio
    except ImportError as error:
        raise FileError(
            f"Cannot write '{path}': NIX files need the library nixio. "
            "Install it: pip install sleap[nix]"
        ) from error
    layout = lay_out_video(labels, video)
    with _temporary_folder(path) as folder:
        # nixio writes to a path, and HDF5 may crash where a disk is full. So it writes the frame
        # of the file, some kilobytes; that is copied to where failures are caught, and filled.
        empty = folder / "empty.nix"
        try:
            _write_empty(empty, labels, video, layout, nixio)
        except (OSError, RuntimeError) as error:
            raise _no_room(path, error) from error
        with (
            replacing(path) as temporary,
            created(temporary) as (file, sink),
            h5py.File(empty, "r") as source,
        ):
            for name in source:
                source.copy(name, file)
            for name, value in source.attrs.items():
                file.attrs[name] = value
            _choose_chunks(file)
            for _ in _fill(file, layout):
                sink.check()


@contextmanager
def _temporary_folder(path: str | Path) -> Iterator[Path]:
    try:
        folder = TemporaryDirectory(ignore_cleanup_errors=True)
    except OSError as error:
        raise _no_room(path, error) from error
    try:
        yield Path(folder.name)
    finally:
        with suppress(OSError):  # it is the system's to tidy up
            folder.cleanup()


def _no_room(path: str | Path, error: Exception) -> FileError:
    return FileError(
        f"Cannot write '{path}': a temporary file cannot be made in the system's folder for "
        f"them ({explain(error)})."
    )


def _write_empty(path: Path, labels: Labels, video: Video, layout: Layout, nixio: Any) -> None:
    file = nixio.File.open(str(path), nixio.FileMode.Overwrite)
    try:
        block = file.create_block(BLOCK, "sleap.poses")
        section = file.create_section(BLOCK, "sleap.poses")
        block.metadata = section
        for name, value in _facts(labels, video, layout).items():
            if not isinstance(value, list) or value:  # a property cannot be empty
                section[name] = value
        _create_arrays(block, layout, nixio)
    finally:
        file.close()


def write_video(labels: Labels, path: Path, video: Video) -> None:
    """Write the poses of a video; see ``write``."""
    write(labels, path, video)


def _facts(labels: Labels, video: Video, layout: Layout) -> dict[str, Any]:
    edges = np.array(layout.skeleton.edges, int).reshape(-1, 2)
    facts: dict[str, Any] = {
        "node_names": layout.skeleton.node_names,
        "edge_sources": edges[:, 0].tolist(),
        "edge_destinations": edges[:, 1].tolist(),
        "track_names": [labels.tracks[track].name for track in _tracks(layout)],
        "video_path": name_video(video),
        "video_index": labels.store.find_in(labels.videos, video),
        "n_frames": layout.n_frames,
        "provenance": spec.to_json(labels.provenance).decode(),
    }
    if rate := find_rate(video):
        facts["frames_per_second"] = rate
    return facts


def _tracks(layout: Layout) -> list[int]:
    """Return the numbers of the tracks that are columns."""
    return [track for track in layout.tracks.tolist() if track >= 0]


def _create_arrays(block: Any, layout: Layout, nixio: Any) -> None:
    n, n_nodes = len(layout), layout.n_nodes
    shapes = {"position": (n, n_nodes, 2), "node_score": (n, n_nodes)}
    types = {"frame": np.int64, "track": np.int64, "user": np.bool_}
    for name, (unit, meaning) in ARRAYS.items():
        shape = shapes.get(name, (n,))
        if not all(shape):
            continue
        array = block.create_data_array(
            name,
            f"sleap.{name}",
            dtype=types.get(name, np.float64),
            shape=shape,
            compression=nixio.Compression.DeflateNormal,
            unit=unit or None,
        )
        array.definition = meaning
        labels: list[list[str] | None] = [None, layout.skeleton.node_names, ["x", "y"]]
        for one in labels[: len(shape)]:
            array.append_set_dimension(one)


def _choose_chunks(file: h5py.File) -> None:
    """Store the arrays, still empty, in whole instances and lightly deflated: far faster."""
    for array in file[f"data/{BLOCK}"].get("data_arrays", {}).values():
        shape, dtype = array["data"].shape, array["data"].dtype
        n_chunk = max(1, min(shape[0], CHUNK_BYTES // (8 * int(np.prod(shape[1:])))))
        del array["data"]
        array.create_dataset(
            "data",
            shape,
            dtype,
            chunks=(n_chunk, *shape[1:]),
            compression="gzip",
            compression_opts=1,
            shuffle=True,
        )


def _fill(file: h5py.File, layout: Layout) -> Iterator[None]:
    """Write the values, a block of frames at a time, giving way after each."""
    columns = np.where(layout.tracks >= 0, np.arange(layout.n_columns), -1)
    done = 0
    for first, last in layout.blocks(N_FRAMES):
        poses = layout.read(first, last)
        values: dict[str, npt.NDArray[Any]] = {
            "frame": poses.frames + first,
            "track": columns[poses.columns],
            "position": poses.points,
            "node_score": poses.point_scores,
            "score": poses.scores,
            "tracking_score": poses.tracking_scores,
            "user": poses.is_user,
        }
        for name, found in values.items():
            if found.size:
                array = file[f"data/{BLOCK}/data_arrays/{name}/data"]
                array[done : done + len(poses)] = found
        done += len(poses)
        yield


# -- reading ------------------------------------------------------------------------------------


def read(path: Path, search: Sequence[Path]) -> Labels:
    """Read a NIX file as written here.

    Args:
        path: The file.
        search: Folders in which the video may lie.

    Raises:
        FileError: If it is not there.
        FormatError: If it is damaged, or holds no poses of this kind.
    """
    with hdf5.opened(path) as file:
        block = hdf5.find_group(file, f"data/{BLOCK}")
        facts = hdf5.find_group(file, f"metadata/{BLOCK}/properties")
        if block is None or facts is None:
            raise FormatError(f"it holds no block '{BLOCK}' of poses as sleap writes them.")
        nodes = _texts(facts, "node_names")
        edges = zip(
            _numbers(facts, "edge_sources"), _numbers(facts, "edge_destinations"), strict=True
        )
        skeleton = Skeleton(nodes, list(edges))
        tracks: list[Track | None] = [Track(name) for name in _texts(facts, "track_names")]
        poses = _read_poses(block, len(nodes), len(tracks))
        tracks += [None] * (int(poses.columns.max(initial=-1)) + 1 - len(tracks))
        provenance = hdf5.parse_json("".join(_texts(facts, "provenance")) or "{}", "provenance")
        video = Video("".join(_texts(facts, "video_path")))
    videos.remember_search(video, [path.absolute().parent, *search])
    return assemble(
        poses, video, skeleton, tracks, provenance if isinstance(provenance, dict) else None
    )


def _read_poses(block: h5py.Group, n_nodes: int, n_tracks: int) -> PoseTable:
    """Read the instances; those without a track get columns behind the tracks."""
    dataset = hdf5.find_dataset(block, "data_arrays/frame/data")
    n = 0 if dataset is None else len(dataset)
    shapes = {"position": (n, n_nodes, 2), "node_score": (n, n_nodes)}
    found = {name: _read_array(block, name, shapes.get(name, (n,))) for name in ARRAYS}
    frames = found["frame"].astype(np.int64)
    columns = found["track"].astype(np.int64)
    if (frames < 0).any() or (columns >= n_tracks).any():
        raise FormatError(f"an instance has a negative frame, or no track of the {n_tracks}.")
    untracked = np.flatnonzero(columns < 0)
    columns[untracked] = n_tracks + rank_in_frame(frames[untracked])
    return PoseTable(
        frames,
        columns,
        found["position"],
        found["node_score"],
        found["score"],
        found["tracking_score"],
        found["user"].astype(bool),
    )


def _read_array(block: h5py.Group, name: str, shape: tuple[int, ...]) -> npt.NDArray[Any]:
    """Read an array; one without entries is not in the file.

    Raises:
        FormatError: If it is missing, or of another shape.
    """
    dataset = hdf5.find_dataset(block, f"data_arrays/{name}/data")
    if dataset is None and not all(shape):
        return np.empty(shape)
    if dataset is None:
        raise FormatError(f"it has no array '{name}'.")
    if dataset.shape != shape or dataset.dtype.kind not in "fiub":
        raise FormatError(
            f"'{name}' is {dataset.dtype} of shape {dataset.shape}: expected {shape}."
        )
    values: npt.NDArray[Any] = dataset[()]
    return values


def _texts(facts: h5py.Group, name: str) -> list[str]:
    dataset = hdf5.find_dataset(facts, name)
    values = [] if dataset is None else np.asarray(dataset[()]).reshape(-1).tolist()
    return [
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        for value in values
    ]


def _numbers(facts: h5py.Group, name: str) -> list[int]:
    dataset = hdf5.find_dataset(facts, name)
    return [] if dataset is None else np.asarray(dataset[()], np.int64).reshape(-1).tolist()


def _recognizes(path: Path, head: bytes) -> bool:
    if not head.startswith(hdf5.SIGNATURE):
        return False
    if path.name.lower().endswith(".nix"):
        return True
    try:
        with hdf5.opened(path) as file:
            return hdf5.find_group(file, f"data/{BLOCK}") is not None
    except SleapError:
        return False


NIX = FORMATS.register("analysis.nix")(
    Format(
        "analysis NIX",
        (".analysis.nix", ".nix"),
        _recognizes,
        read,
        write_video=write_video,
        holds=frozenset({"edges", "tracks", "user", "scores", "provenance"}),
    )
)
