from pathlib import Path

import pytest

from sleap.cli import main


def test_a_missing_model_is_told_before_anything_heavy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    video = tmp_path / "video.mp4"
    assert main.track([str(video), "-m", str(tmp_path / "no_model")]) == 2
    error = capsys.readouterr().err
    assert "no_model" in error
    assert error.count("\n") == 1


def test_the_models_are_required(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main.track(["video.mp4"])
    assert end.value.code == 2
    assert "--model" in capsys.readouterr().err
