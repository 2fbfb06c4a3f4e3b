"""One sound file of each kind that is read, each with the way to open it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np

import sleap.io.formats
from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError
from sleap.io.files import save_file
from sleap.io.format import FORMATS
from sleap.io.skeleton_files import save_skeleton
from sleap.io.slp.append import PredictionWriter
from sleap.io.slp.embed import write_package

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "formats"
PROFILES = Path(sleap.io.formats.__file__).parent.parent.parent / "training_profiles"

Sample = tuple[str, Path]
"""How to open it, and the file."""


def make_labels(n_frames: int = 6) -> Labels:
    """Make labels of one video that use all that most formats hold."""
    skeleton = Skeleton(
        ["head", "thorax", "wingL", "wingR"],
        [("thorax", "head"), ("thorax", "wingL"), ("thorax", "wingR")],
        [("wingL", "wingR")],
        name="fly",
    )
    video = Video("clip.mp4", shape=(n_frames, 64, 96, 1), grayscale=True)
    tracks = [Track("first"), Track("second", 1)]
    frames = []
    for number in range(n_frames):
        points = np.arange(8.0).reshape(4, 2) + number
        found = PredictedInstance(skeleton, points, tracks[0], point_scores=[0.5] * 4, score=0.7)
        made = Instance(skeleton, points + 20, tracks[1])
        frames.append(LabeledFrame(video, number, [found, made]))
    return Labels(
        frames,
        videos=[video],
        skeletons=[skeleton],
        tracks=tracks,
        suggestions=[SuggestionFrame(video, 2)],
        provenance={"model_paths": ["m1"]},
    )


def make_samples(folder: Path) -> list[Sample]:
    """Make the files in a folder.

    Returns:
        For each, how to open it and where it lies.
    """
    samples: list[Sample] = []
    for name in FORMATS:
        entry = FORMATS.get(name)
        if entry.can_write and entry.read is not None:
            path = folder / f"{name}{entry.suffixes[0]}"
            try:
                save_file(make_labels(), path, format=name)
            except (FileError, ImportError):  # its library is not installed
                continue
            samples.append(("labels", path))
    for path in sorted(FIXTURES.rglob("*")):
        if path.is_file():
            copy = folder / path.relative_to(FIXTURES).as_posix().replace("/", "_")
            shutil.copyfile(path, copy)
            samples.append(("labels", copy))
    for make in (_package, _partial, _json_zip, _skeleton, _metrics, _model, _videos, _profile):
        samples += make(folder)
    return samples


def _package(folder: Path) -> list[Sample]:
    images = np.random.default_rng(0).integers(0, 255, (6, 64, 96, 1), np.uint8)
    np.save(folder / "images.npy", images)
    labels = make_labels()
    labels.videos[0].filename = str(folder / "images.npy")
    path = folder / "package.pkg.slp"
    write_package(labels, path)
    return [("labels", path), ("video", path)]


def _partial(folder: Path) -> list[Sample]:
    from sleap.core.poses import Poses

    labels = make_labels()
    path = folder / "predictions.slp"
    skeleton = labels.skeletons[0]
    copy = folder / "run.slp.partial"
    with PredictionWriter(path, video=labels.videos[0], skeleton=skeleton) as writer:
        writer.tracks.append(Track("first"))
        for number in range(5):
            points = np.ones((2, 4, 2))
            writer.write(
                Poses(
                    frame_idx=number,
                    points=points,
                    point_scores=np.ones((2, 4)),
                    scores=np.ones(2),
                    tracks=np.array([0, -1]),
                    tracking_scores=np.zeros(2),
                )
            )
            writer.flush()
        shutil.copyfile(writer.partial_path, copy)
    return [("labels", copy)]


def _json_zip(folder: Path) -> list[Sample]:
    path = folder / "labels.json.zip"
    save_file(make_labels(), path)
    return [("labels", path)]


def _skeleton(folder: Path) -> list[Sample]:
    path = folder / "skeleton.json"
    save_skeleton(make_labels().skeletons[0], path)
    return [("skeleton", path), ("skeleton", folder / "leap_v5.labels.mat")]


def _metrics(folder: Path) -> list[Sample]:
    path = folder / "metrics.val.npz"
    values = {"dist.dists": np.ones((5, 4)), "oks_voc.mAP": np.float64(0.5), "vis.tp": 3}
    np.savez_compressed(path, metrics=values)
    return [("metrics", path)]


def _model(folder: Path) -> list[Sample]:
    """Write a network of one layer, as Keras does."""
    layers = [
        {"class_name": "InputLayer", "name": "input", "inbound_nodes": []}
        | {"config": {"name": "input", "batch_input_shape": [None, None, None, 1]}},
        {"class_name": "Conv2D", "name": "conv", "inbound_nodes": [[["input", 0, 0, {}]]]}
        | {"config": {"name": "conv", "filters": 2, "kernel_size": [3, 3], "padding": "same"}},
    ]
    config = {"name": "net", "layers": layers}
    config |= {"input_layers": [["input", 0, 0]], "output_layers": [["conv", 0, 0]]}
    path = folder / "best_model.h5"
    with h5py.File(path, "w") as file:
        text = json.dumps({"class_name": "Functional", "config": config})
        file.attrs["model_config"] = np.bytes_(text)
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = np.array([b"input", b"conv"])
        group.create_group("input").attrs["weight_names"] = np.empty(0, "S1")
        inner = group.create_group("conv")
        inner.attrs["weight_names"] = np.array([b"conv/kernel:0", b"conv/bias:0"])
        inner["conv/kernel:0"] = np.ones((3, 3, 1, 2), np.float32)
        inner["conv/bias:0"] = np.zeros(2, np.float32)
    return [("model", path)]


def _videos(folder: Path) -> list[Sample]:
    path = folder / "video.h5"
    pixels = np.random.default_rng(1).integers(0, 255, (5, 32, 48, 1), np.uint8)
    with h5py.File(path, "w") as file:
        file.create_dataset("box", data=pixels, chunks=(1, 32, 48, 1), compression="gzip")
    return [("video", path), ("video", folder / "images.npy")]


def _profile(folder: Path) -> list[Sample]:
    path = folder / "profile.json"
    shutil.copyfile(PROFILES / "default_confmaps.json", path)
    return [("profile", path)]


def pairs(samples: list[Sample]) -> Callable[[int], tuple[Sample, Sample]]:
    """Return a function that picks a sample, and another to splice with, by number."""
    n_samples = len(samples)
    likes = {
        place: [other for other in range(n_samples) if samples[other][0] == samples[place][0]]
        for place in range(n_samples)
    }

    def pick(number: int) -> tuple[Sample, Sample]:
        place = number % n_samples
        others = likes[place]
        return samples[place], samples[others[number // n_samples % len(others)]]

    return pick
