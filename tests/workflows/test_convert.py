from pathlib import Path

import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FileError
from sleap.io.files import load_file, save_file
from sleap.workflows.convert import ConvertOptions, convert


def test_the_report_names_the_file_that_is_there_then(tmp_path: Path) -> None:
    save_file(Labels(videos=[Video("a.mp4")]), tmp_path / "a.slp")
    report = convert(ConvertOptions(input_path=tmp_path / "a.slp", format="json"))
    assert report.paths == (tmp_path / "a.slp.json",)
    assert not report.is_dry_run
    assert load_file(report.paths[0]).video.name == "a.mp4"


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        convert(ConvertOptions(input_path=tmp_path / "a.slp"))
