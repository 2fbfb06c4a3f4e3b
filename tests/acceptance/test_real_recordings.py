"""The main job on real recordings, through the documented commands: about an hour on two cores."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = Path(__file__).parent.parent.parent / "benchmarks" / "real_recordings.py"

pytestmark = pytest.mark.slow


def run(job: str, data_dir: Path, work: Path) -> Any:
    """Train, track and score one job of the benchmark; return its figures."""
    words = [sys.executable, str(BENCHMARK), job, "--data", str(data_dir), "--work", str(work)]
    subprocess.run(words, check=True)
    return json.loads((work / f"{job}.json").read_text())


def training_seconds(result: dict[str, Any]) -> float:
    return sum(value for key, value in result.items() if key.startswith("train "))


def test_flies_topdown(data_dir: Path, tmp_path: Path) -> None:
    result = run("flies13-topdown", data_dir, tmp_path)
    assert training_seconds(result) < 20 * 60
    held_out = result["held-out frames"]
    assert held_out["distances"]["median"] <= 1.5
    assert held_out["distances"]["percentiles"]["95"] <= 5
    assert held_out["found_fraction"] >= 0.97
    identities = result["identities, all frames"]["tracking"]
    assert identities["n_predicted_tracks"] == 2
    assert identities["n_switches"] <= 2


def test_flies_bottomup(data_dir: Path, tmp_path: Path) -> None:
    result = run("flies13-bottomup", data_dir, tmp_path)
    assert training_seconds(result) < 25 * 60
    assert result["held-out frames"]["distances"]["median"] <= 2.5
    assert result["held-out frames"]["found_fraction"] >= 0.95


def test_open_field(data_dir: Path, tmp_path: Path) -> None:
    result = run("openfield", data_dir, tmp_path)
    assert training_seconds(result) < 15 * 60
    assert result["val"]["distances"]["mean"] <= 4
    assert result["val"]["distances"]["median"] <= 3
