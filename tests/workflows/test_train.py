import subprocess
import sys

import cv2
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.errors import LabelsError, OptionError, ProfileError
from sleap.io.files import save_file
from sleap.nn.config.profile import Profile, load_profile, save_profile
from sleap.nn.saved.run_folder import RunFolder
from sleap.video import load_video
from sleap.workflows.train import TrainOptions, train


@pytest.fixture
def labels_path(tmp_path):
    skeleton = Skeleton(["nose"])
    paths, frames = [], []
    rng = np.random.default_rng(0)
    for i in range(6):
        paths.append(tmp_path / f"{i}.png")
        cv2.imwrite(str(paths[-1]), rng.integers(0, 255, (32, 32), dtype=np.uint8))
    video = load_video(paths)
    for i in range(6):
        point = rng.uniform(8, 24, (1, 2))
        frames.append(LabeledFrame(video, i, [Instance(skeleton, point)]))
    save_file(Labels(frames), tmp_path / "labels.slp")
    return tmp_path / "labels.slp"


@pytest.fixture
def profile_path(tmp_path):
    backbone = {"down_blocks": 1, "up_blocks": 1, "num_filters": 4, "kernel_size": 3}
    profile = Profile.from_dict(
        {
            "model": {"output_type": 0, "backbone_name": "UNet", "backbone": backbone},
            "trainer": {"num_epochs": 1, "batch_size": 2, "csv_logging": True},
        }
    )
    save_profile(profile, tmp_path / "profile.json")
    return str(tmp_path / "profile.json")


def test_run_folder_is_told_before_and_complete_after(labels_path, profile_path):
    started, ended = [], []

    def on_start(path):
        started.append(path)
        assert (path / "training_job.json").exists()
        assert not (path / "best_model.h5").exists()

    options = TrainOptions(
        training_job_path=profile_path,
        labels_path=labels_path,
        run_name="mine",
        seed=7,
        tensorboard=True,
        precision="float32",
    )
    path = train(options, on_start=on_start, on_end=ended.append)
    assert path == labels_path.parent / "models" / "mine"
    assert started == [path]
    assert len(ended[0].epochs) == 1
    found = {one.name.split(".tfevents")[0] for one in path.iterdir()}
    assert found >= {"training_job.json", "best_model.h5", "final_model.h5", "training_log.csv"}
    assert any("tfevents" in one.name for one in path.iterdir())
    profile, model_path = RunFolder.load(path)
    assert model_path == path / "best_model.h5"
    assert profile.trainer.seed == 7
    assert profile.labels_filename == str(labels_path)


def test_a_run_folder_is_a_profile_too(labels_path, profile_path, tmp_path):
    first = train(TrainOptions(training_job_path=profile_path, labels_path=labels_path))
    options = TrainOptions(
        training_job_path=str(first),
        labels_path=labels_path,
        val_labels=labels_path,
        prefix=["a"],
        save_dir=tmp_path / "elsewhere",
    )
    second = train(options)
    assert second.name.startswith("a.")
    assert second.name.endswith(".UNet.confmaps")
    assert first.parent == tmp_path / "models"
    assert second.parent == tmp_path / "elsewhere"
    assert load_profile(second, strict=False).val_set_filename == str(labels_path)


def test_nothing_is_made_where_nothing_can_be_learned(labels_path, profile_path, tmp_path):
    empty = tmp_path / "empty.slp"
    save_file(Labels(skeletons=[Skeleton(["nose"])]), empty)
    with pytest.raises(LabelsError, match="Label some frames"):
        train(TrainOptions(training_job_path=profile_path, labels_path=empty))
    assert not (tmp_path / "models").exists()


def test_wrong_values_are_refused(labels_path, profile_path, tmp_path):
    with pytest.raises(OptionError, match="is the folder"):
        train(TrainOptions(training_job_path=profile_path, labels_path=tmp_path))
    options = TrainOptions(training_job_path=profile_path, labels_path=labels_path, num_epochs=0)
    with pytest.raises(ProfileError, match="num_epochs is 0"):
        train(options)


def test_options_are_light():
    code = (
        "import sys, sleap.workflows.train\n"
        "heavy = {'tensorflow', 'keras', 'cv2', 'h5py', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
