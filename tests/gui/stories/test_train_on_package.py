"""Labels go to the machine that trains as one file, and a model comes back."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sleap.io.files import load_file
from tests.gui.stories.user import User

PROFILE = {
    "model": {
        "output_type": 0,
        "backbone_name": "UNet",
        "backbone": {"down_blocks": 2, "up_blocks": 2, "convs_per_depth": 1, "num_filters": 4},
    },
    "trainer": {
        "val_size": 0.2,
        "scale": 0.25,
        "batch_size": 2,
        "num_epochs": 1,
        "steps_per_epoch": 2,
        "val_steps_per_epoch": 1,
    },
}


@pytest.fixture
def package(experienced: User, copied: Callable[[str], Path]) -> Path:
    """The package that a user exports by the menu."""
    user = experienced
    path = copied("mice2") / "labels.10frames.slp"
    user.start(path)
    user.wait_for_jobs()
    user.wait_for_frame()
    package = path.with_name("mice.pkg.slp")

    def export(dialog):
        assert user.words(dialog).count("10 images")
        user.push("Export", dialog)

    user.plan("Export Training Package", user.enters_file(package))
    with user.answering("Export training package", export):
        user.choose("Predict", "Export Training Package…")
    user.wait(package.exists)
    user.wait_for_jobs()
    return package


def test_a_package_holds_its_images(package: Path) -> None:
    package.with_name("mice.mp4").unlink()
    labels = load_file(package)
    assert labels.n_user_instances == 20
    assert all(video.is_embedded for video in labels.videos)
    assert package.stat().st_size > 100_000


@pytest.mark.slow
def test_train_on_a_package(package: Path, tmp_path: Path) -> None:
    package = package.rename(tmp_path / "mice.pkg.slp")
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps(PROFILE))
    command = Path(sys.executable).with_name("sleap-train")
    options = ["-o", "mice", "--save_dir", str(tmp_path / "models")]
    run = subprocess.run(
        [str(command), str(profile), str(package), *options],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    files = {path.name for path in (tmp_path / "models" / "mice").iterdir()}
    assert {"training_log.csv", "best_model.h5"} <= files, files
