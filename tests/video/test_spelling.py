import unicodedata
from pathlib import Path

import pytest

from sleap.video.spelling import Listings


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def is_case_sensitive(folder: Path) -> bool:
    touch(folder / "case" / "a")
    return not (folder / "case" / "A").exists()


def test_other_characters_of_the_same_letters(tmp_path: Path) -> None:
    for one, other in (("NFC", "NFD"), ("NFD", "NFC")):
        folder = tmp_path / one
        there = touch(folder / unicodedata.normalize(one, "bébé") / "à.mp4")
        asked = (
            folder / unicodedata.normalize(other, "bébé") / unicodedata.normalize("NFD", "à.mp4")
        )
        if not asked.exists():
            assert Listings().respell(asked) == there


def test_other_case(tmp_path: Path) -> None:
    there = touch(tmp_path / "Day 1" / "Clip.MP4")
    if not is_case_sensitive(tmp_path):
        pytest.skip("this disk does not tell case apart")
    assert Listings().respell(tmp_path / "day 1" / "clip.mp4") == there
    assert Listings().respell(tmp_path / "DAY 1" / "none.mp4") is None
    assert Listings().respell(tmp_path / "none" / "clip.mp4") is None


def test_names_that_differ_in_case_only_are_not_guessed(tmp_path: Path) -> None:
    if not is_case_sensitive(tmp_path):
        pytest.skip("this disk does not tell case apart")
    one, _ = touch(tmp_path / "a.MP4"), touch(tmp_path / "a.mp4")
    assert Listings().find(tmp_path, "A.mp4") is None
    assert Listings().find(tmp_path, "a.MP4") == one.name
    assert Listings().find(tmp_path / "none", "a.MP4") is None


def test_a_folder_is_read_once(tmp_path: Path) -> None:
    listings = Listings()
    assert listings.find(tmp_path, "a") is None
    touch(tmp_path / "a")
    assert listings.find(tmp_path, "a") is None
    assert Listings().find(tmp_path, "a") == "a"


@pytest.mark.parametrize("name", ["a" * 5000, "x\0y", ".."])
def test_odd_names_are_not_errors(name: str, tmp_path: Path) -> None:
    assert Listings().respell(tmp_path / name) is None
