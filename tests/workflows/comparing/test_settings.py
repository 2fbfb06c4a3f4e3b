import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sleap.errors import ModelError, SleapError
from sleap.workflows.comparing.settings import describe_job, find_differences


def test_a_job_of_this_program(make_run: Callable[..., Path]) -> None:
    job = describe_job(make_run("a", learning_rate=0.01, num_epochs=3) / "training_job.json")
    assert (job.network, job.monitor, job.n_epochs) == ("centroids", "val_loss", 3)
    assert job.settings["learning_rate"] == 0.01
    assert job.settings["num_filters"] == 16  # the default of the backbone
    assert "csv_logging" not in job.settings and "skeletons" not in job.settings


def test_a_job_of_a_later_release_has_the_same_names(tmp_path: Path) -> None:
    data = {
        "data": {"preprocessing": {"input_scaling": 0.5}, "labels": {"search_path_hints": []}},
        "model": {
            "backbone": {"leap": None, "unet": {"filters": 24, "stacks": 1}},
            "heads": {"centroid": {"sigma": 2.5}, "single_instance": None},
        },
        "optimization": {"epochs": 20, "augmentation_config": {"rotate": True}},
        "outputs": {"run_name": "x"},
    }
    (tmp_path / "training_config.json").write_text(json.dumps(data))
    job = describe_job(tmp_path / "training_config.json")
    assert (job.network, job.n_epochs) == ("centroids", 20)
    assert job.settings == {
        "scale": 0.5,
        "num_epochs": 20,
        "augmentation_config.rotate": True,
        "backbone": "UNet",
        "num_filters": 24,
        "unet.stacks": 1,
        "sigma": 2.5,
    }


def test_what_is_no_job_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "training_job.json"
    for text, error in (("[]", ModelError), ("{", SleapError)):
        path.write_text(text)
        with pytest.raises(error, match="training_job"):
            describe_job(path)


def test_an_unfinished_or_odd_job_has_no_count_of_weights(make_run: Callable[..., Path]) -> None:
    path = make_run("a") / "training_job.json"
    assert describe_job(path).n_weights
    data = json.loads(path.read_text())
    data["model"]["backbone_name"] = "Hourglass"
    path.write_text(json.dumps(data))
    job = describe_job(path)
    assert job.n_weights is None and job.settings["backbone"] == "Hourglass"


def test_only_runs_of_one_network_are_compared() -> None:
    runs = [("x", {"a": 1, "b": 1}), ("x", {"a": 2, "b": 1}), ("y", {"a": 2, "b": 7})]
    assert find_differences(runs) == ["a"]
    assert find_differences([runs[0], runs[2]]) == ["a", "b"]
    assert find_differences([]) == []


def test_a_setting_that_a_run_does_not_name_does_not_differ() -> None:
    assert find_differences([("x", {"a": 1}), ("x", {"b": 2}), ("x", {"b": 3})]) == ["b"]
