from pathlib import Path

import pytest

from sleap.errors import FileError
from sleap.io.stop_request import STOP_NAME, ask_to_stop, asked_to_stop, forget_to_stop


@pytest.mark.parametrize("how", ["stop", "cancel"])
def test_a_request_is_seen_and_forgotten(tmp_path: Path, how: str) -> None:
    assert asked_to_stop(tmp_path) == ""
    ask_to_stop(tmp_path, how)
    assert asked_to_stop(tmp_path) == how
    forget_to_stop(tmp_path)
    forget_to_stop(tmp_path)
    assert asked_to_stop(tmp_path) == ""


def test_a_file_made_by_hand_is_a_request(tmp_path: Path) -> None:
    (tmp_path / STOP_NAME).touch()
    assert asked_to_stop(tmp_path) == "stop"
    (tmp_path / STOP_NAME).write_text("Cancel\n")
    assert asked_to_stop(tmp_path) == "cancel"


def test_what_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stop or cancel"):
        ask_to_stop(tmp_path, "now")
    with pytest.raises(FileError, match="does not exist"):
        ask_to_stop(tmp_path / "missing")
    (tmp_path / STOP_NAME).mkdir()
    with pytest.raises(FileError, match="Cannot remove"):
        forget_to_stop(tmp_path)
