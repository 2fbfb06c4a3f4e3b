import json
import subprocess
import sys
from pathlib import Path

import pytest

from sleap.cli import main
from sleap.nn.config.profile import load_profile, save_profile


@pytest.fixture
def models(tmp_path: Path) -> Path:
    for name, rate in (("a", 0.001), ("b", 0.002)):
        profile = load_profile("default_centroids")
        profile.trainer.learning_rate = rate
        (tmp_path / name).mkdir()
        save_profile(profile, tmp_path / name / "training_job.json")
    return tmp_path


def test_runs_are_compared_as_text_and_as_json(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [str(models / "a"), str(models / "b")]
    assert main.compare(runs) == 0
    assert "learning_rate" in capsys.readouterr().out
    assert main.compare([*runs, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert [run["name"] for run in facts["runs"]] == ["a", "b"]


def test_no_run_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.compare([str(tmp_path)]) == 2
    assert "error: No training to compare" in capsys.readouterr().err


def test_comparing_loads_no_network(models: Path) -> None:
    program = (
        "import sys; from sleap.cli import main; "
        f"assert main.compare([{str(models)!r}]) == 0; "
        "assert not {'tensorflow', 'keras', 'openvino'} & {*sys.modules}"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
