"""Whole profiles, and the ones that are shipped."""

import json
from pathlib import Path

import pytest

from sleap.core.skeleton import Skeleton
from sleap.errors import FileError, ProfileError
from sleap.nn.config.json_text import parse
from sleap.nn.config.output_type import OutputType
from sleap.nn.config.profile import Profile, load_profile, save_profile
from sleap.nn.config.shipped import shipped_profiles


@pytest.mark.parametrize("name", shipped_profiles())
def test_shipped_profiles_are_read_whole(name: str) -> None:
    profile = load_profile(name)
    given = parse(shipped_profiles()[name].read_text(encoding="utf-8"), name)
    written = profile.to_dict()
    for group in ("model", "trainer"):
        for key, value in given[group].items():
            got = written[group][key]
            assert got == (float(value) if isinstance(got, float) else value), key
    assert Profile.from_dict(written) == profile


@pytest.mark.parametrize(
    ("name", "output_type", "backbone", "filters", "rate", "batch", "epochs", "steps", "scale"),
    [
        ("default_confmaps", 0, "UNet", 32, 1e-4, 2, 150, 200, 1.0),
        ("default_topdown", 3, "UNet", 32, 1e-4, 2, 150, 200, 1.0),
        ("default_pafs", 1, "LeapCNN", 32, 5e-5, 2, 150, 100, 1.0),
        ("default_centroids", 2, "UNet", 16, 1e-4, 4, 100, 200, 0.25),
    ],
)
def test_default_profiles(
    name: str,
    output_type: int,
    backbone: str,
    filters: int,
    rate: float,
    batch: int,
    epochs: int,
    steps: int,
    scale: float,
) -> None:
    profile = load_profile(name)
    model, trainer = profile.model, profile.trainer
    assert model.output_type is OutputType(output_type)
    assert (model.backbone_name, model.backbone["num_filters"]) == (backbone, filters)
    assert (trainer.learning_rate, trainer.batch_size, trainer.scale) == (rate, batch, scale)
    assert (trainer.num_epochs, trainer.steps_per_epoch, trainer.sigma) == (epochs, steps, 5.0)
    assert (trainer.reduce_lr_min_lr, trainer.reduce_lr_min_delta) == (1e-10, 1e-6)


def test_the_smallest_profile() -> None:
    profile = Profile.from_dict(
        {
            "model": {
                "output_type": 0,
                "backbone": {},
                "backbone_name": "UNet",
                "skeletons": None,
            },
            "trainer": {"num_epochs": 17},
        }
    )
    assert profile.trainer.num_epochs == 17
    assert profile.skeleton is None


def test_a_message_has_file_and_key(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('{"model": {"output_type": 0}, "trainer": {"bach_size": 3}} // typo')
    with pytest.raises(ProfileError, match=r"mine\.json': .*'trainer\.bach_size'.*'batch_size'"):
        load_profile(path)
    assert load_profile(path, strict=False).trainer.extra == {"bach_size": 3}


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"\x89HDF\r\n\xff\xfe")
    with pytest.raises(FileError, match=r"Cannot read the training profile .*x\.json"):
        load_profile(path)


def test_saving_and_loading_loses_nothing(tmp_path: Path) -> None:
    profile = load_profile("default_centroids")
    profile.extra["theirs"] = {"deep": [1]}
    profile.labels_filename = "päckchen.slp"
    save_profile(profile, tmp_path / "job.json")
    assert load_profile(tmp_path / "job.json", strict=False) == profile
    assert '\n    "model": {\n        "output_type": 2,' in (tmp_path / "job.json").read_text()


def test_the_skeleton_is_kept() -> None:
    profile = load_profile("default_topdown")
    profile.skeleton = Skeleton(["head", "thorax", "l", "r"], [(1, 0), (1, 2)], [("l", "r")])
    again = Profile.from_dict(json.loads(json.dumps(profile.to_dict()))).skeleton
    assert again is not None
    assert again.matches(profile.skeleton)
    assert again.node_names == ["head", "thorax", "l", "r"]
