"""Run folders: their names, and finding models in them."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from sleap.errors import FileError, ModelError, OptionError
from sleap.nn.config.profile import Profile, load_profile
from sleap.nn.saved.run_folder import RunFolder

NOW = datetime(2019, 12, 5, 16, 24, 2)


@pytest.fixture
def profile() -> Profile:
    return load_profile("default_confmaps")


def test_names_are_made_of_time_backbone_and_output(tmp_path: Path, profile: Profile) -> None:
    labels = tmp_path / "labels.slp"
    folder = RunFolder.create(labels, profile, now=NOW)
    assert folder.path == tmp_path / "models" / "191205_162402.UNet.confmaps"
    assert (profile.save_dir, profile.run_name) == (str(tmp_path / "models"), folder.path.name)
    assert profile.best_model_filename == "best_model.h5"
    assert profile.newest_model_filename is None
    profile.run_name = "mine"
    other = RunFolder.create(labels, profile, "", ["a", "b"], ["z"], now=NOW)
    assert other.path.name == "a.b.mine.191205_162402.UNet.confmaps.z"


def test_a_name_given_is_taken_as_it_is(tmp_path: Path, profile: Profile) -> None:
    profile.save_dir = str(tmp_path / "elsewhere" / "deep")
    names = [
        RunFolder.create(tmp_path / "x.slp", profile, "fly", ["a"]).path.name for _ in range(3)
    ]
    assert names == ["fly", "fly.1", "fly.2"]
    assert (tmp_path / "elsewhere" / "deep" / "fly.2").is_dir()


@pytest.mark.parametrize("name", ["a/b", "..", "/tmp/x", "a\\b", "C:x"])
def test_a_name_that_is_a_path_is_refused(tmp_path: Path, profile: Profile, name: str) -> None:
    with pytest.raises(OptionError, match="is no name of a folder"):
        RunFolder.create(tmp_path / "x.slp", profile, name)


def test_a_folder_that_cannot_be_made(tmp_path: Path, profile: Profile) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(FileError, match="Cannot make a run folder in"):
        RunFolder.create(tmp_path / "x.slp", profile, "fly")


def trained(tmp_path: Path, profile: Profile, *kinds: str) -> RunFolder:
    folder = RunFolder.create(tmp_path / "x.slp", profile, "fly")
    folder.save_job(profile)
    for kind in kinds:
        (folder.path / f"{kind}_model.h5").touch()
    return folder


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["best", "newest", "final"], "best"),
        (["newest", "final"], "newest"),
        (["final"], "final"),
    ],
)
def test_the_best_model_there_is(
    tmp_path: Path, profile: Profile, kinds: list[str], expected: str
) -> None:
    folder = trained(tmp_path, profile, *kinds)
    for path in (folder.path, folder.job_path, str(folder.path)):
        loaded, model = RunFolder.load(path)
        assert model == folder.path / f"{expected}_model.h5"
        assert loaded == profile
    assert loaded.coordinates == "pixel-center"


def test_a_model_is_found_by_its_own_path(tmp_path: Path, profile: Profile) -> None:
    folder = trained(tmp_path, profile, "best", "final")
    assert RunFolder.load(folder.final_path)[1] == folder.final_path
    (tmp_path / "lone.h5").touch()
    with pytest.raises(ModelError, match=r"no training_job\.json beside it"):
        RunFolder.load(tmp_path / "lone.h5")


def test_a_moved_folder(tmp_path: Path, profile: Profile) -> None:
    folder = trained(tmp_path, profile, "best")
    shutil.copytree(folder.path, tmp_path / "copy")
    assert RunFolder.load(tmp_path / "copy")[1] == tmp_path / "copy" / "best_model.h5"
    shutil.rmtree(folder.path)
    assert RunFolder.load(tmp_path / "copy")[1] == tmp_path / "copy" / "best_model.h5"


def test_a_job_moved_away_from_its_models(tmp_path: Path, profile: Profile) -> None:
    folder = trained(tmp_path, profile, "best")
    (tmp_path / "jobs").mkdir()
    job = folder.job_path.rename(tmp_path / "jobs" / "training_job.json")
    assert RunFolder.load(job)[1] == folder.best_path


@pytest.mark.parametrize(
    "stored", ["run/best_model.h5", r"C:\data\models\run\best_model.h5", r"run\best_model.h5"]
)
def test_the_oldest_layout(tmp_path: Path, profile: Profile, stored: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "best_model.h5").touch()
    profile.run_name, profile.best_model_filename = "run", stored
    profile.save_dir = r"C:\data\models"
    RunFolder(tmp_path).save_job(profile)
    (tmp_path / "training_job.json").rename(tmp_path / "run.json")
    for path in (tmp_path / "run", tmp_path / "run.json"):
        assert RunFolder.load(path)[1] == tmp_path / "run" / "best_model.h5"


def test_unknown_keys_of_a_job_are_kept(tmp_path: Path, profile: Profile) -> None:
    profile.trainer.extra["theirs"] = 1
    folder = trained(tmp_path, profile, "best")
    assert RunFolder.load(folder.path)[0].trainer.extra == {"theirs": 1}


def test_what_is_no_run(tmp_path: Path, profile: Profile) -> None:
    with pytest.raises(ModelError, match="no such file or folder"):
        RunFolder.load(tmp_path / "absent")
    with pytest.raises(ModelError, match=r"holds no training_job\.json"):
        RunFolder.load(tmp_path)
    (tmp_path / "training_config.json").write_text("{}")
    with pytest.raises(ModelError, match=r"version 1\.0 or later"):
        RunFolder.load(tmp_path)
    folder = trained(tmp_path, profile)
    with pytest.raises(ModelError, match=r"has no trained model: looked for best_model\.h5"):
        RunFolder.load(folder.path)
