"""What a training leaves when it ends: predictions on labeled frames, and figures."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.evaluation.comparison import evaluate
from sleap.io.diary import summarize
from sleap.io.files import load_file, save_file
from sleap.io.metrics_file import read_metrics
from sleap.nn.config.profile import Profile, save_profile
from sleap.video import load_video
from sleap.workflows import scoring
from sleap.workflows.train import TrainOptions, train

SIZE = 48


def make_labels(folder: Path, n_frames: int, n_animals: int, seed: int = 0) -> Path:
    """Make images of bright heads with gray tails below them."""
    rng = np.random.default_rng(seed)
    skeleton = Skeleton(["head", "tail"], edges=[("head", "tail")])
    folder.mkdir(exist_ok=True)
    y, x = np.mgrid[:SIZE, :SIZE]
    paths, poses = [], []
    for i in range(n_frames):
        image = np.zeros((SIZE, SIZE))
        heads = rng.uniform(8, 12, (n_animals, 2)) + 20 * np.arange(n_animals)[:, None]
        points = np.stack([heads, heads + np.array([0, 9])], axis=1)
        for node, level in enumerate((230, 110)):
            for px, py in points[:, node]:
                image += level * np.exp(-((x - px) ** 2 + (y - py) ** 2) / 8)
        paths.append(folder / f"{i:02d}.png")
        cv2.imwrite(str(paths[-1]), np.clip(image, 0, 255).astype(np.uint8))
        poses.append(points)
    video = load_video(paths)
    frames = [
        LabeledFrame(video, i, [Instance(skeleton, one) for one in points])
        for i, points in enumerate(poses)
    ]
    save_file(Labels(frames), folder / "labels.slp")
    return folder / "labels.slp"


def run(folder: Path, output: int, n_animals: int, **options: object) -> Path:
    labels = make_labels(folder / "train", 12, n_animals)
    trainer = {"num_epochs": 5, "steps_per_epoch": 40, "batch_size": 4, "learning_rate": 0.005}
    trainer |= {"precision": "float32", "sigma": 3.0, "augment_rotate": False, "val_size": 0.2}
    trainer |= {"foreground_weight": 5.0}
    backbone = {"down_blocks": 2, "up_blocks": 1, "num_filters": 12, "kernel_size": 3}
    model = {"output_type": output, "backbone_name": "UNet", "backbone": backbone}
    profile = Profile.from_dict({"model": model, "trainer": trainer})
    save_profile(profile, folder / "profile.json")
    return train(
        TrainOptions(
            training_job_path=str(folder / "profile.json"),
            labels_path=labels,
            **options,  # type: ignore[arg-type]
        )
    )


@pytest.mark.parametrize(("output", "n_animals", "n_nodes"), [(0, 1, 2), (2, 2, 1), (3, 2, 2)])
def test_a_model_is_scored_on_each_split(
    tmp_path: Path, output: int, n_animals: int, n_nodes: int
) -> None:
    test = make_labels(tmp_path / "test", 3, n_animals, seed=9)
    folder = run(tmp_path, output, n_animals, test_labels=test)
    for split, n_frames in (("train", 10), ("val", 2), ("test", 3)):
        truth = load_file(folder / f"labels_gt.{split}.slp")
        predicted = load_file(folder / f"labels_pr.{split}.slp")
        assert len(truth) == n_frames
        assert truth.skeleton.n_nodes == n_nodes
        metrics = read_metrics(folder / f"metrics.{split}.npz")
        assert metrics["dist.avg"] == pytest.approx(evaluate(truth, predicted).distances.mean)
        assert metrics["dist.avg"] < 2.0
        assert metrics["vis.recall"] > 0.9
    notes = summarize(folder).notes
    assert any(note.startswith("test: Found") for note in notes)


@pytest.mark.parametrize(("output", "why"), [(1, "find no points"), (0, "several animals")])
def test_what_cannot_be_scored_alone_says_so(tmp_path: Path, output: int, why: str) -> None:
    folder = run(tmp_path, output, 2, num_epochs=1)
    state = summarize(folder)
    assert state.state == "ended"
    assert why in state.notes[-1]
    assert not list(folder.glob("metrics.*"))


def test_scoring_can_be_left_out_and_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = run(tmp_path, 0, 1, num_epochs=1, skip_metrics=True, keep_viz=True)
    assert not list(folder.glob("metrics.*"))
    monkeypatch.setattr(scoring, "LOOK_EVERY_S", -1.0)
    monkeypatch.setattr(scoring, "asked_to_stop", lambda folder: "stop")
    folder = run(tmp_path, 0, 1, num_epochs=1, save_viz=False)
    state = summarize(folder)
    assert (state.state, state.notes) == ("ended", ["Stopped while scoring."])
    assert state.examples == []
    assert not list(folder.glob("metrics.*"))
