from pathlib import Path

import pytest

from sleap.errors import FileError
from sleap.workflows.repair import _free_name, repair


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.slp", "a.repaired.slp"),
        ("a.b.slp", "a.b.repaired.slp"),
        ("a.pkg.slp", "a.repaired.pkg.slp"),
        ("video.mp4.predictions.slp.partial", "video.mp4.predictions.repaired.slp"),
        ("labels.h5", "labels.repaired.slp"),
        ("labels", "labels.repaired.slp"),
    ],
)
def test_the_new_file_is_named_after_the_damaged(tmp_path: Path, name: str, expected: str) -> None:
    assert _free_name(tmp_path / name).name == expected


def test_an_earlier_repair_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.repaired.slp").touch()
    assert _free_name(tmp_path / "a.slp").name == "a.repaired.2.slp"


def test_the_damaged_file_is_never_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.slp").write_bytes(b"damaged")
    with pytest.raises(FileError, match="in place"):
        repair(tmp_path / "a.slp", tmp_path / "a.slp")
    assert (tmp_path / "a.slp").read_bytes() == b"damaged"


def test_a_file_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        repair(tmp_path / "a.slp")
