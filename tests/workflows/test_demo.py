"""The demo does the whole job; here on a recording so small that it only shows that all fits."""

import json
from pathlib import Path

import attrs
import pytest

from sleap.errors import FileError, OptionError
from sleap.io.files import load_file
from sleap.nn.config.profile import load_profile
from sleap.progress import Progress
from sleap.samples.bodies import BODIES
from sleap.video import open_video
from sleap.workflows.demo import PROFILES, DemoOptions, demo


class Titles(Progress):
    def __init__(self) -> None:
        self.titles: list[str] = []

    def begin(self, title: str, total: int | None = None) -> None:
        self.titles.append(title)


def test_every_option_has_help_and_wrong_values_are_refused() -> None:
    assert all(field.metadata.get("help") for field in attrs.fields(DemoOptions))
    with pytest.raises(OptionError, match="n_animals is 0; expected at least 1"):
        DemoOptions(n_animals=0)
    with pytest.raises(OptionError, match="leave some to score on"):
        DemoOptions(n_frames=50, n_labeled=50)
    with pytest.raises(OptionError, match="Did you mean 'flow'"):
        DemoOptions(tracker="flows")
    with pytest.raises(OptionError, match="body is 'bee'"):
        DemoOptions(body="bee")
    with pytest.raises(OptionError, match="minutes is -1"):
        DemoOptions(minutes=-1)


@pytest.mark.parametrize("name", PROFILES.values())
def test_profiles_are_shipped(name: str) -> None:
    profile = load_profile(name)
    assert profile.skeleton is None
    assert profile.trainer.save_best_val


def test_bodies_are_those_of_the_samples() -> None:
    body = attrs.fields_dict(DemoOptions)["body"]
    assert list(body.metadata["choices"]) == BODIES.names


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError, match="Cannot make the folder"):
        demo(DemoOptions(folder=tmp_path / "file" / "demo"))


def test_demo_does_the_whole_job(tmp_path: Path) -> None:
    options = DemoOptions(
        folder=tmp_path / "demo", size=96, n_frames=12, n_labeled=6, epochs=1, body="mouse"
    )
    progress = Titles()
    result = demo(options, progress)
    assert all(path.exists() for path in result.files.values())
    assert {"video", "truth", "labels", "unseen", "package", "predictions", "clip"} <= set(
        result.files
    )
    assert len(progress.titles) >= 5
    package = load_file(result.files["package"])
    assert len(package) == 6
    with open_video(package.video) as reader:
        assert reader.read(int(reader.frame_indices[0])).shape == (96, 96, 1)
    assert len(load_file(result.files["unseen"])) == 6
    with open_video(result.files["clip"]) as reader:
        assert reader.n_frames == 12
    assert result.report.n_truth == 12
    saved = json.loads(result.files["summary"].read_text())
    assert set(saved) == {"files", "seconds", "report"}
    assert any("Error" in line for line in result.lines)
    assert any(str(result.files["clip"]) in line for line in result.lines)
