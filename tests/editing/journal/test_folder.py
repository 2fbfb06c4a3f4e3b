import os
import sys
from pathlib import Path

import pytest

from sleap.editing.journal import folder


def test_the_folder_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLEAP_STATE", "/given")
    assert folder.journal_folder() == Path("/given", "journals")


@pytest.mark.skipif(sys.platform != "linux", reason="the rule of Linux")
def test_the_folder_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLEAP_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert folder.state_folder() == Path("/state/sleap")
    monkeypatch.delenv("XDG_STATE_HOME")
    assert folder.state_folder() == Path.home() / ".local" / "state" / "sleap"


def test_whose_process_lives(tmp_path: Path) -> None:
    path = tmp_path / "j"
    path.touch()
    own = folder.own_holder()
    assert not folder.is_abandoned(own, path)
    assert folder.is_abandoned({**own, "pid": 2**22 + 12345}, path)


@pytest.mark.skipif(sys.platform != "linux", reason="start times are known on Linux")
def test_a_later_process_of_the_same_number_is_another(tmp_path: Path) -> None:
    assert folder.is_abandoned({**folder.own_holder(), "started": "x:1"}, tmp_path / "j")


def test_other_computers_are_given_a_day(tmp_path: Path) -> None:
    path = tmp_path / "j"
    path.touch()
    other = {**folder.own_holder(), "host": "elsewhere"}
    assert not folder.is_abandoned(other, path)
    then = path.stat().st_mtime - folder.FOREIGN_LIMIT - 10
    os.utime(path, (then, then))
    assert folder.is_abandoned(other, path)
