from pathlib import Path

import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FileError
from sleap.io.files import save_file
from sleap.workflows.inspect import InspectOptions, inspect


def test_facts_and_lines_tell_the_same(tmp_path: Path) -> None:
    save_file(Labels(videos=[Video("a.mp4")]), tmp_path / "a.slp")
    found = inspect(InspectOptions(path=tmp_path / "a.slp"))
    assert found.facts["kind"] == "labels"
    assert found.facts["size"] == (tmp_path / "a.slp").stat().st_size
    assert found.lines[0].startswith(f"{tmp_path / 'a.slp'}: labels (SLEAP labels")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        inspect(InspectOptions(path=tmp_path / "a.slp"))
