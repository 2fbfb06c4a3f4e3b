from pathlib import Path

import pytest

from sleap.cli import main


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main.demo([str(tmp_path / "file")]) == 2
    assert str(tmp_path / "file") in capsys.readouterr().err


def test_a_value_out_of_range_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.demo(["--n_animals", "0"]) == 2
    assert "n_animals is 0" in capsys.readouterr().err
