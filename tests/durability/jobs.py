"""What writes files: each job goes from a known old state of its folder to a known new one.

Jobs for all formats that can be written come from the registry, so that a new format is tested
without writing a test.
"""

import hashlib
import logging
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.backups import list_backups, restore
from sleap.io.files import load_file, save_file
from sleap.io.format import FORMATS
from sleap.io.slp.append import PredictionWriter
from sleap.io.slp.embed import write_package
from sleap.workflows.merge import MergeOptions, merge

N_FRAMES = int(os.environ.get("DURABILITY_FRAMES", 600))
"""Frames of the labels that are written; enough that writing takes some milliseconds."""

PLACE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where the files of the tests lie: in memory, if possible, for there are thousands."""

LARGE = ("nwb", "analysis.nix")
"""Formats that are written by large libraries."""

VOLATILE = {"identifier", "file_create_date", "session_start_time", "timestamps_reference_time"}
"""Datasets of NWB that differ from file to file."""


@frozen
class Job:
    """Something that replaces a file.

    Args:
        name: What it is.
        target: The file that it replaces, inside its folder.
        prepare: Makes the old state in an empty folder.
        run: Goes to the new state.
        litter: Ends of names of other files that it may leave when it is killed.
    """

    name: str
    target: str
    prepare: Callable[[Path], None]
    run: Callable[[Path], None]
    litter: tuple[str, ...] = ()


def make_labels(seed: int, n_frames: int, video: Video | None = None) -> Labels:
    """Return labels of one video whose every number depends on the seed."""
    rng = np.random.default_rng(seed)
    fly = Skeleton(["head", "thorax", "tail"], [("head", "thorax"), ("thorax", "tail")])
    video = video or Video("a.mp4", shape=(n_frames, 64, 64, 1))
    tracks = [Track("one"), Track("two")]
    labels = Labels(videos=[video], skeletons=[fly], tracks=tracks)
    labels.add_poses(video, [make_poses(rng, index) for index in range(n_frames)])
    labels.suggestions = [SuggestionFrame(video, int(index)) for index in rng.integers(0, 99, 20)]
    labels.provenance["seed"] = seed
    return labels


def make_poses(rng: np.random.Generator, frame_idx: int) -> Poses:
    """Return two random animals."""
    return Poses(
        frame_idx,
        rng.random((2, 3, 2)) * 60,
        point_scores=rng.random((2, 3)),
        scores=rng.random(2),
        tracks=np.arange(2),
    )


def digest(path: Path) -> str:
    """Return what a file says, without what changes with the hour of writing."""
    data = path.read_bytes()
    found = hashlib.blake2b(digest_size=12)
    if data.startswith(b"\x89HDF"):
        with h5py.File(path) as file:
            file.visititems(lambda name, item: _add(found, name, item))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                found.update(name.encode() + archive.read(name))
    else:
        found.update(data)
    return found.hexdigest()


def _add(found: Any, name: str, item: Any) -> None:
    found.update(name.encode())
    if isinstance(item, h5py.Dataset) and name.rpartition("/")[2] not in VOLATILE:
        values = item[()]
        found.update(repr(values.tolist() if isinstance(values, np.ndarray) else values).encode())
    elif name == "metadata":
        found.update(str(item.attrs.get("json")).encode())


def opens(path: Path) -> None:
    """Open a file with the reader of its format, if it has one."""
    if FORMATS.get(format_of(path)).read is not None:
        load_file(path)


def format_of(path: Path) -> str:
    """Return the name of the format that a filename asks for."""
    lengths = {name: len(FORMATS.get(name).find_suffix(path)) for name in FORMATS}
    return max(lengths, key=lambda name: lengths[name])


def _save_job(name: str) -> Job:
    target = f"labels{FORMATS.get(name).suffixes[0]}"

    def save(folder: Path, seed: int, n_frames: int) -> None:
        save_file(make_labels(seed, n_frames), folder / target, format=name)

    return Job(f"save {name}", target, lambda f: save(f, 1, 20), lambda f: save(f, 2, N_FRAMES))


def _save_with_backups(folder: Path) -> None:
    save_file(make_labels(2, N_FRAMES), folder / "labels.slp", backups=2)


def _prepare_merge(folder: Path) -> None:
    save_file(make_labels(1, 300), folder / "labels.slp")
    save_file(make_labels(2, N_FRAMES), folder / "other.slp")


def _merge(folder: Path) -> None:
    merge(MergeOptions(base_path=folder / "labels.slp", new_paths=folder / "other.slp"))


def _prepare_package(folder: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (40, 48, 48, 1), np.uint8)
    np.save(folder / "video.npy", pixels)
    _package(folder, 5)


def _package(folder: Path, n_frames: int = 40) -> None:
    video = Video(str(folder / "video.npy"), shape=(40, 48, 48, 1))
    labels = make_labels(n_frames, n_frames, video)
    labels.suggestions.clear()
    write_package(labels, folder / "labels.pkg.slp", "user+suggested+predicted")


def _predict(folder: Path) -> None:
    rng = np.random.default_rng(2)
    writer = PredictionWriter(
        folder / "labels.slp", video=Video("a.mp4"), skeleton=Skeleton(["head", "thorax", "tail"])
    )
    with writer:
        writer.tracks += [Track("one"), Track("two")]
        for index in range(N_FRAMES):
            writer.write(make_poses(rng, index))
            if index % 20 == 19:
                writer.flush()


def _prepare_restore(folder: Path) -> None:
    save_file(make_labels(1, N_FRAMES), folder / "labels.slp")
    save_file(make_labels(2, 200), folder / "labels.slp", backups=2)


def _restore(folder: Path) -> None:
    restore(folder / "labels.slp", list_backups(folder / "labels.slp")[-1].path)


def _old_labels(folder: Path) -> None:
    save_file(make_labels(1, 100), folder / "labels.slp")


def all_jobs() -> dict[str, Job]:
    """Return the jobs by name."""
    logging.disable()
    partial = (".partial", ".partial.1", ".partial.2")
    jobs = [
        Job("save with backups", "labels.slp", _old_labels, _save_with_backups),
        Job("merge", "labels.slp", _prepare_merge, _merge),
        Job("package", "labels.pkg.slp", _prepare_package, _package),
        Job("predict", "labels.slp", _old_labels, _predict, partial),
        Job("restore", "labels.slp", _prepare_restore, _restore),
    ]
    formats = [name for name in FORMATS if FORMATS.get(name).can_write]
    # What loads large modules comes last: forks of a large process take longer.
    jobs += [_save_job(name) for name in sorted(formats, key=lambda name: name in LARGE)]
    return {job.name: job for job in jobs}


def fresh(template: Path, folder: Path) -> None:
    """Make a folder as its template, keeping times and hard links of nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)


def litter(job: Job, template: Path, folder: Path) -> list[str]:
    """Return what lies in the folder and should not."""
    known = {path.name for path in template.iterdir()} | {job.target, f"{job.target}.backups"}
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.name not in known and not path.name.endswith(job.litter or ("\0",))
    )
