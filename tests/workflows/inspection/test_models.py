import json
from pathlib import Path

import pytest

from sleap.core.skeleton import Skeleton
from sleap.errors import FileError, ModelError
from sleap.nn.config.profile import load_profile
from sleap.nn.saved.run_folder import RunFolder
from sleap.workflows.inspection.models import describe_model, find_job, is_job, read_json


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run folder as this program makes it, with a log of three epochs."""
    profile = load_profile("default_topdown")
    profile.skeleton = Skeleton(["head", "tail"], [(0, 1)])
    run = RunFolder.create(tmp_path / "labels.slp", profile, "my_run")
    run.save_job(profile)
    run.best_path.write_bytes(b"1234")
    (run.path / "training_log.csv").write_text("epoch,loss,val_loss\n0,3,2\n1,2,1\n2,1,nan\n")
    return run.path


def test_a_model_of_this_program_is_described(folder: Path) -> None:
    facts = describe_model(folder)
    assert facts["kind"] == "model"
    assert facts["output"] == "confidence maps of a crop"
    assert facts["backbone"] == "UNet"
    assert facts["backbone_options"]["down_blocks"] == 3
    assert facts["nodes"] == ["head", "tail"]
    assert facts["epochs"] == 150
    assert facts["run_name"] == "my_run"
    assert facts["files"]["best_model.h5"] == 4
    assert facts["training"] == {"epochs": 3, "best_val_loss": 1.0, "best_epoch": 1}


def test_a_profile_by_itself_is_described() -> None:
    facts = describe_model(Path("sleap/training_profiles/default_centroids.json").resolve())
    assert (facts["kind"], facts["output"]) == ("profile", "centroids")
    assert (facts["files"], facts["training"], facts["nodes"]) == ({}, None, [])


def test_models_of_later_releases_are_described(data_dir: Path) -> None:
    models = data_dir / "flies_tutorial" / "models"
    facts = describe_model(models / "211229_075510.centered_instance")
    assert facts["output"] == "centered instance"
    assert facts["backbone"] == "unet"
    assert facts["nodes"] == ["head", "thorax", "abdomen"]
    assert facts["run_name"] == "211229_075510.centered_instance"
    assert facts["version"] == "1.2.0a2"
    assert facts["training"]["epochs"] > 10
    facts = describe_model(models / "211229_075510.centroid")
    assert (facts["scale"], facts["sigma"]) == (0.5, 2.5)


def test_what_is_no_model_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model folder: it holds none of training_config"):
        describe_model(tmp_path)
    (tmp_path / "training_job.json").write_text("{}")
    assert find_job(tmp_path) == tmp_path / "training_job.json"
    with pytest.raises(ModelError, match="it has no 'model'"):
        describe_model(tmp_path)
    (tmp_path / "training_job.json").write_text("{")
    with pytest.raises(ModelError, match="not valid JSON"):
        describe_model(tmp_path)
    with pytest.raises(FileError, match="Cannot read"):
        read_json(tmp_path / "lost.json")


@pytest.mark.parametrize("skeletons", [[{}], ["x"], {"a": 1}, [{"nodes": [5]}]])
def test_damaged_entries_are_left_out(tmp_path: Path, skeletons: object) -> None:
    job = {"model": {"output_type": "x", "skeletons": skeletons}, "trainer": None}
    assert is_job(job)
    (tmp_path / "job.json").write_text("// a comment\n" + json.dumps(job))
    facts = describe_model(tmp_path / "job.json")
    assert (facts["output"], facts["nodes"]) == ("x", [])


@pytest.mark.parametrize("data", [None, [], {"model": 1}, {"model": {}}, {"trainer": {}}])
def test_other_json_is_no_job(data: object) -> None:
    assert not is_job(data)


def test_entries_of_the_wrong_type_do_no_harm(tmp_path: Path) -> None:
    from sleap.workflows.inspection.text import render

    wrong: list[object] = [5, "text", [1], None, {"a": 5}]
    for value in wrong:
        jobs = [
            {"model": {"output_type": value, "backbone": value}, "trainer": value},
            {"model": {"heads": value, "backbone": value}, "optimization": value, "data": value},
            {
                "model": {"heads": {"h": {"part_names": value, "confmaps": value}}},
                "optimization": {},
                "data": {"labels": value, "preprocessing": value, "instance_cropping": value},
                "outputs": {"run_name": value},
            },
        ]
        for job in jobs:
            (tmp_path / "job.json").write_text(json.dumps(job))
            facts = {"path": "p", "size": 1, **describe_model(tmp_path / "job.json")}
            assert render(facts, verbose=True)
    (tmp_path / "job.json").write_text("[" * 100_000)
    with pytest.raises(ModelError, match="not valid JSON"):
        describe_model(tmp_path / "job.json")
