from pathlib import Path

import pytest

from sleap.cli import main


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ("default_confmap.json", "default_confmaps.json"),
        ('{"model": {"output_type": 0}, "trainer": {"num_epoch": 1}}', "num_epochs"),
        ('{"model": {"output_type": 9}, "trainer": {}}', "output_type"),
        ("not json", "JSON"),
    ],
)
def test_a_wrong_profile_is_one_line(
    profile: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not profile.endswith(".json"):
        (tmp_path / "profile.json").write_text(profile)
        profile = str(tmp_path / "profile.json")
    assert main.train([profile, str(tmp_path / "labels.slp")]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_missing_labels_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.train(["default_confmaps.json", str(tmp_path / "no.slp")]) == 2
    assert "no.slp" in capsys.readouterr().err
