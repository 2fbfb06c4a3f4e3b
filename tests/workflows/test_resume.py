"""Trainings that were killed go on, and end as if nothing had happened."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.errors import FileError, LabelsError, ModelError, OptionError
from sleap.io.diary import Diary, DiaryReader, summarize
from sleap.io.files import load_file, save_file
from sleap.nn.config.profile import Profile, load_profile, save_profile
from sleap.nn.saved.run_folder import RunFolder
from sleap.video import load_video
from sleap.workflows.resume import find_labels
from sleap.workflows.train import TrainOptions, train

N_EPOCHS = 12


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make labels of bright spots and a small profile."""
    rng = np.random.default_rng(0)
    skeleton = Skeleton(["nose"])
    paths, points = [], rng.uniform(8, 24, (12, 2))
    y, x = np.mgrid[:32, :32]
    for i, point in enumerate(points):
        spot = 220 * np.exp(-((x - point[0]) ** 2 + (y - point[1]) ** 2) / 8)
        paths.append(tmp_path / f"{i}.png")
        cv2.imwrite(str(paths[-1]), spot.astype(np.uint8))
    video = load_video(paths)
    frames = [LabeledFrame(video, i, [Instance(skeleton, p[None])]) for i, p in enumerate(points)]
    save_file(Labels(frames), tmp_path / "labels.slp")
    trainer = {"num_epochs": N_EPOCHS, "steps_per_epoch": 40, "batch_size": 4, "n_workers": 1}
    trainer |= {"csv_logging": True, "precision": "float32", "seed": 3, "sigma": 3.0}
    backbone = {"down_blocks": 1, "up_blocks": 1, "num_filters": 4, "kernel_size": 3}
    model = {"output_type": 0, "backbone_name": "UNet", "backbone": backbone}
    save_profile(Profile.from_dict({"model": model, "trainer": trainer}), tmp_path / "profile.json")
    return tmp_path


def start(*arguments: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "sleap.nn.training", *map(str, arguments)]
    quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    return subprocess.Popen(
        [*command, "--verbosity", "none"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=quiet,
    )


def finish(*arguments: object) -> None:
    process = start(*arguments)
    _, error = process.communicate(timeout=300)
    assert process.returncode == 0, error.decode()


def kill_in(folder: Path, n_epochs: int, seconds: float, *arguments: object) -> bool:
    """Start a training, and kill it so long after so many epochs; False if it was faster."""
    before = len(summarize(folder).epochs)
    reader, n_seen = DiaryReader(folder), 0
    reader.news()
    with start(*arguments) as process:
        while process.poll() is None and n_seen < n_epochs:
            n_seen += sum(event["event"] == "epoch" for event in reader.news())
            time.sleep(0.005)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            print(f"\nkilled after {before} + {len(summarize(folder).epochs) - before} epochs")
            return True
        assert process.stderr is not None
        assert process.returncode == 0, process.stderr.read().decode()
    return False


def check_killing(project: Path, n_kills: int, seed: int) -> None:
    finish(project / "profile.json", project / "labels.slp", "-o", "whole")
    models = project / "models"
    whole = summarize(models / "whole")
    rng = random.Random(seed)
    arguments: list[object] = [project / "profile.json", project / "labels.slp", "-o", "torn"]
    n_done, n_killed = [], 0
    for number in range(n_kills):
        # The first kill comes after an epoch, so that there is something to go on from.
        moment = rng.randint(0 if number else 1, 3), rng.uniform(0.0, 0.5)
        if not kill_in(models / "torn", *moment, *arguments):
            break
        n_killed += 1
        run = summarize(models / "torn")
        assert run.state == "interrupted"
        n_done.append(len(run.epochs))
        arguments = [models / "torn", "--resume"]
    if summarize(models / "torn").state != "ended":
        finish(models / "torn", "--resume")
    torn = summarize(models / "torn")
    assert n_killed and max(n_done) > 0
    print(f"killed {n_killed} times, after {n_done} epochs", end=": ")
    print(f"best {whole.best:.5f} uninterrupted, {torn.best:.5f} resumed")
    assert [one["index"] for one in torn.epochs] == list(range(N_EPOCHS))
    losses = [[one["val_loss"] for one in run.epochs] for run in (torn, whole)]
    np.testing.assert_allclose(losses[0], losses[1], rtol=0.05)
    assert (torn.reason, whole.reason) == ("all epochs", "all epochs")
    assert len((models / "torn" / "training_log.csv").read_text().splitlines()) == N_EPOCHS + 1
    assert RunFolder.load(models / "torn")[1].name == "best_model.h5"
    assert not list((models / "torn").glob("*.tmp*"))


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do")
def test_a_killed_training_goes_on(project: Path) -> None:
    check_killing(project, 1, seed=1)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do")
def test_a_training_killed_again_and_again_goes_on(project: Path) -> None:
    check_killing(project, 5, seed=2)


def run_here(project: Path, **options: object) -> Path:
    return train(
        TrainOptions(
            **{"training_job_path": str(project / "profile.json")}  # type: ignore[arg-type]
            | {"labels_path": project / "labels.slp", "num_epochs": 2}
            | options
        )
    )


def resume(folder: Path, **options: object) -> Path:
    return train(TrainOptions(training_job_path=str(folder), resume=True, **options))  # type: ignore[arg-type]


def test_a_complete_run_goes_on_only_with_more_epochs(project: Path) -> None:
    folder = run_here(project)
    with pytest.raises(OptionError, match="is complete"):
        resume(folder)
    with pytest.raises(OptionError, match="--seed and --run_name cannot be given"):
        resume(folder, seed=4, run_name="x", num_epochs=3)
    resume(folder, num_epochs=3)
    assert [one["index"] for one in summarize(folder).epochs] == [0, 1, 2]
    assert load_profile(folder, strict=False).trainer.num_epochs == 3


def test_labels_that_have_changed_are_refused(project: Path) -> None:
    folder = run_here(project)
    labels = load_file(project / "labels.slp")
    labels.remove_frame(next(iter(labels)))
    save_file(labels, project / "labels.slp")
    with pytest.raises(LabelsError, match=r"12 labeled frames then, 11 now.*--base_checkpoint"):
        resume(folder, num_epochs=3)
    (project / "labels.slp").unlink()
    with pytest.raises(FileError, match="LABELS_PATH --resume"):
        resume(folder, num_epochs=3)


def test_what_cannot_be_resumed_says_why(project: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"no training_job\.json"):
        resume(tmp_path / "absent")
    folder = run_here(project)
    (folder / "training_state.npz").unlink()
    with pytest.raises(OptionError, match="--base_checkpoint"):
        resume(folder, num_epochs=3)
    (folder / "best_model.h5").unlink()
    (folder / "final_model.h5").unlink()
    with pytest.raises(ModelError, match=r"sleap-train '.*' --resume"):
        RunFolder.load(folder)
    (folder / "diary.jsonl").unlink()
    Diary(folder).write("stage", title="Training")  # by this process, which lives
    with pytest.raises(OptionError, match="is under way"):
        resume(folder)


def test_early_stopping_counts_anew(project: Path) -> None:
    profile = load_profile(project / "profile.json")
    profile.trainer.early_stopping_patience = 2
    profile.trainer.early_stopping_min_delta = 100.0
    save_profile(profile, project / "profile.json")
    folder = run_here(project, num_epochs=9)
    assert summarize(folder).reason == "early stopping"
    assert len(summarize(folder).epochs) == 3
    resume(folder)
    assert len(summarize(folder).epochs) == 5


def test_labels_are_looked_for_beside_models(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "run"
    folder.mkdir(parents=True)
    (tmp_path / "labels.slp").touch()
    assert find_labels("/gone/labels.slp", folder) == tmp_path / "labels.slp"
    assert find_labels("D:\\gone\\labels.slp", folder) == tmp_path / "labels.slp"
    assert find_labels(str(tmp_path / "labels.slp"), tmp_path / "x" / "y") == (
        tmp_path / "labels.slp"
    )


def test_a_warm_start_begins_where_another_ended(project: Path) -> None:
    first = run_here(project, num_epochs=3)
    second = run_here(project, num_epochs=1, base_checkpoint=first)
    cold = summarize(first).epochs[0]["loss"]
    assert summarize(second).epochs[0]["loss"] < 0.8 * cold


def test_two_trainings_of_one_second_have_a_folder_each(tmp_path: Path) -> None:
    now = datetime(2020, 1, 1)

    def make(_: int) -> Path:
        profile = load_profile("default_confmaps")
        return RunFolder.create(tmp_path / "labels.slp", profile, now=now).path

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(32)))
    assert len(set(made)) == 32
    shutil.rmtree(tmp_path / "models")
