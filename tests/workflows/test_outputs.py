from pathlib import Path
from typing import Any

import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FileError, OptionError
from sleap.io.format import FORMATS, Format
from sleap.workflows.convert import ConvertOptions
from sleap.workflows.outputs import find_targets, find_video, strip_ending


@pytest.fixture
def labels() -> Labels:
    """Three videos; the second has no frames, the third is embedded."""
    videos = [
        Video("a/first.mp4"),
        Video("a/empty.mp4"),
        Video("x.pkg.slp", dataset="video0/video", is_embedded=True, source=Video("b/third.avi")),
    ]
    labels = Labels(videos=videos)
    labels.add_frame(videos[0], 1)
    labels.add_frame(videos[2], 2)
    return labels


def names(labels: Labels, **values: Any) -> list[str]:
    options = ConvertOptions(input_path="in/my.pkg.slp", **values)
    return [str(target.path) for target in find_targets(options, labels, None)]


def test_each_video_with_frames_has_its_file(labels: Labels, tmp_path: Path) -> None:
    expected = ["my.000_first.analysis.h5", "my.002_third.analysis.h5"]
    assert names(labels, format="analysis") == [f"in/{name}" for name in expected]
    found = names(labels, format="analysis", output=[str(tmp_path)])
    assert found == [str(tmp_path / name) for name in expected]
    assert names(labels, format="analysis", output=["1.h5", "2.h5"]) == ["1.h5", "2.h5"]
    with pytest.raises(OptionError, match=r"2 videos have frames: give 2 outputs"):
        names(labels, format="analysis", output=["1.h5"])


def test_nothing_is_written_twice(labels: Labels) -> None:
    with pytest.raises(OptionError, match="written twice"):
        names(labels, output=["a.slp", "./a.slp"])


def test_unknown_endings_and_formats_only_read_are_refused(labels: Labels, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"'.xyz' is not known"):
        names(labels, output=["a.xyz"])
    with pytest.raises(OptionError, match="is a folder: say with --format"):
        names(labels, output=[str(tmp_path)])


def test_a_format_with_a_common_ending_is_named(
    labels: Labels, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = Format("Made up", (".json",), lambda path, head: False, write=lambda labels, path: None)
    monkeypatch.setitem(FORMATS._entries, "madeup", entry)
    assert names(labels, format="madeup") == ["in/my.pkg.slp.madeup.json"]
    only_read = Format("Read", (".r",), lambda path, head: False)
    monkeypatch.setitem(FORMATS._entries, "reader", only_read)
    with pytest.raises(FileError, match="only read here"):
        names(labels, format="reader")


@pytest.mark.parametrize(
    ("name", "stem"),
    [("a.slp", "a"), ("a.b.pkg.slp", "a.b"), ("a.json.zip", "a"), ("v.mp4", "v"), (".slp", ".slp")],
)
def test_endings_are_stripped(name: str, stem: str) -> None:
    assert strip_ending(Path(name)) == stem


def test_a_video_is_found_by_number_path_or_name(labels: Labels) -> None:
    assert find_video(labels, "1") is labels.videos[1]
    assert find_video(labels, "a/first.mp4") is labels.videos[0]
    assert find_video(labels, "empty.mp4") is labels.videos[1]
    with pytest.raises(OptionError, match=r"no video 'frst\.mp4'\. Did you mean 'first\.mp4'"):
        find_video(labels, "frst.mp4")
    labels.videos.append(Video("c/first.mp4"))
    with pytest.raises(OptionError, match=r"several videos .first\.mp4."):
        find_video(labels, "first.mp4")
