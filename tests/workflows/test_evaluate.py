import json
from pathlib import Path

import pytest

from sleap.errors import FileError, OptionError
from sleap.workflows.evaluate import EvaluateOptions, evaluate


def test_from_files_to_report(data_dir: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    report = evaluate(
        EvaluateOptions(
            truth_path=data_dir / "flies13" / "test.pkg.slp",
            predicted_path=data_dir / "flies13" / "flies13.tracks.slp",
            output=str(output),
        )
    )
    assert report.found_fraction == 1
    assert json.loads(output.read_text(encoding="utf-8"))["n_truth"] == 48


def test_options_have_effect(data_dir: Path) -> None:
    folder = data_dir / "mice2"
    paths = {
        "truth_path": folder / "labels.10frames.slp",
        "predicted_path": folder / "predictions.untracked.slp",
    }
    plain = evaluate(EvaluateOptions(**paths))
    strict = evaluate(EvaluateOptions(**paths, oks_stddev=0.01))
    assert strict.mean_oks < plain.mean_oks


def test_wrong_values_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="above 0"):
        EvaluateOptions(truth_path="a", predicted_path="b", oks_stddev=0)
    missing = tmp_path / "missing.slp"
    with pytest.raises(FileError, match=r"missing\.slp"):
        evaluate(EvaluateOptions(truth_path=missing, predicted_path=missing))
