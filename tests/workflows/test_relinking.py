import os
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.errors import OptionError
from sleap.io.files import load_file, save_file
from sleap.video import load_video, prefixes
from sleap.video.encode import encode_image
from sleap.video.prefixes import Prefix
from sleap.video.writer import VideoWriter
from sleap.workflows.relink_options import Content, Relinked, RelinkOptions
from sleap.workflows.relinking import relink


@pytest.fixture(autouse=True)
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLEAP_CONFIG", str(tmp_path / "config"))


def film(path: Path, n_frames: int = 2, first: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with VideoWriter(path, fps=10) as writer:
        for number in range(n_frames):
            writer.write(np.full((32, 48, 1), first + 40 * number, np.uint8))
    return path


def run(labels: Labels, folder: Path, **options: object) -> list[Relinked]:
    folder.mkdir(parents=True, exist_ok=True)
    return relink(labels, folder / "labels.slp", RelinkOptions(**options))  # type: ignore[arg-type]


def known(path: Path, stored: str) -> Video:
    """Describe a video fully, under another path."""
    video = load_video(path)
    video.filename = stored
    return video


def test_a_prefix_is_put_in_the_place_of_another(tmp_path: Path) -> None:
    a, b = film(tmp_path / "mnt" / "day 1" / "a.mp4"), film(tmp_path / "mnt" / "b.mp4", 3)
    labels = Labels(
        videos=[
            known(a, "C:\\Lab\\day 1\\a.mp4"),
            Video("c:/lab/b.mp4"),
            Video("D:\\other\\c.mp4"),
        ]
    )
    reports = run(labels, tmp_path / "p", prefixes=[f"C:\\lab={tmp_path / 'mnt'}"])
    assert [video.filename for video in labels.videos] == [str(a), str(b), "D:\\other\\c.mp4"]
    assert [report.content for report in reports] == [
        Content.EQUAL,
        Content.UNCHECKED,
        Content.UNCHECKED,
    ]
    assert [report.is_changed for report in reports] == [True, True, False]
    assert [report.is_found for report in reports] == [True, True, False]
    assert reports[0].rule == f"the prefix C:\\lab={tmp_path / 'mnt'}"
    assert prefixes.remembered() == [Prefix("C:\\lab", str(tmp_path / "mnt"))]


def test_what_was_relinked_is_found_after_a_save(tmp_path: Path) -> None:
    a = film(tmp_path / "mnt" / "a.mp4")
    path = tmp_path / "p" / "labels.slp"
    path.parent.mkdir()
    save_file(Labels(videos=[known(a, "/gone/a.mp4")]), path)
    labels = load_file(path)
    relink(labels, path, RelinkOptions(prefixes=[f"/gone={tmp_path / 'mnt'}"]))
    save_file(labels, path)
    again = load_file(path).video
    assert (again.filename, again.fingerprint) == (str(a), labels.video.fingerprint)
    assert again.metadata["recording"] == {"relative": "../mnt/a.mp4"}


def test_one_file_given_tells_of_the_others(tmp_path: Path) -> None:
    files = [film(tmp_path / "mnt" / "v" / f"{name}.mp4") for name in "abc"]
    labels = Labels(videos=[Video(f"/lab/v/{name}.mp4") for name in "abc"])
    reports = run(labels, tmp_path / "p", files={"/lab/v/c.mp4": files[2]})
    assert [video.filename for video in labels.videos] == [str(file) for file in files]
    assert reports[2].rule == "the file given"
    assert reports[0].rule == f"the prefix /lab={tmp_path / 'mnt'}"
    assert prefixes.remembered() == [Prefix("/lab", str(tmp_path / "mnt"))]


def test_relative_paths_teach_the_project_only(tmp_path: Path) -> None:
    files = [film(tmp_path / "movies" / f"{name}.mp4") for name in "ab"]
    labels = Labels(videos=[Video("videos/a.mp4"), Video("videos\\b.mp4")])
    run(labels, tmp_path / "p", files={"a.mp4": files[0]})
    assert [video.filename for video in labels.videos] == [str(file) for file in files]
    assert prefixes.remembered() == []


def test_a_renamed_file_teaches_nothing(tmp_path: Path) -> None:
    there = film(tmp_path / "new.mp4")
    labels = Labels(videos=[Video("/lab/a.mp4"), Video("/lab/b.mp4")])
    reports = run(labels, tmp_path / "p", files={"/lab/a.mp4": there})
    assert [report.is_found for report in reports] == [True, False]
    assert prefixes.remembered() == []


def test_other_content_is_refused_unless_told(tmp_path: Path) -> None:
    right, wrong = film(tmp_path / "r" / "a.mp4"), film(tmp_path / "w" / "a.mp4", 3)
    video = known(right, "/gone/a.mp4")
    mark = video.fingerprint
    labels = Labels(videos=[video])
    given = {"prefixes": [f"/gone={tmp_path / 'w'}"]}
    (report,) = run(labels, tmp_path / "p", **given)
    assert (report.content, report.is_changed, report.is_found) == (Content.DIFFERS, False, False)
    assert report.new == wrong
    assert "3 of 48x32, and not 2 of 48x32" in report.reason
    assert (video.filename, video.fingerprint) == ("/gone/a.mp4", mark)
    assert prefixes.remembered() == []
    (report,) = run(labels, tmp_path / "p", **given, force=True)
    assert (report.content, report.is_changed, report.is_found) == (Content.DIFFERS, True, True)
    assert video.filename == str(wrong)
    assert video.shape == (3, 32, 48, 1) and video.fingerprint not in (None, mark)


def test_other_content_of_the_same_shape_is_told(tmp_path: Path) -> None:
    right, anew = film(tmp_path / "r" / "a.mp4"), film(tmp_path / "w" / "a.mp4", first=100)
    labels = Labels(videos=[known(right, "/gone/a.mp4")])
    (report,) = run(labels, tmp_path / "p", files={"a.mp4": anew})
    assert report.content is Content.DIFFERS and "encoded anew" in report.reason
    labels.video.fingerprint = None
    (report,) = run(labels, tmp_path / "p", files={"a.mp4": anew})
    assert report.content is Content.ALIKE and report.is_changed
    assert labels.video.fingerprint is not None


def test_a_place_that_holds_the_recording_is_preferred(tmp_path: Path) -> None:
    right, wrong = film(tmp_path / "r" / "a.mp4"), film(tmp_path / "w" / "a.mp4", 3)
    labels = Labels(videos=[known(right, "/gone/a.mp4")])
    given = [f"/gone={wrong.parent}", f"/gone={right.parent}"]
    (report,) = run(labels, tmp_path / "p", prefixes=given)
    assert (report.new, report.content) == (right, Content.EQUAL)


def test_folders_are_searched(tmp_path: Path) -> None:
    a = film(tmp_path / "disk" / "x" / "a.mp4")
    one, other = film(tmp_path / "disk" / "1" / "b.mp4"), film(tmp_path / "disk" / "2" / "b.mp4", 3)
    labels = Labels(
        videos=[Video("/gone/a.mp4"), known(other, "/gone/b.mp4"), Video("/gone/3/b.mp4")]
    )
    reports = run(labels, tmp_path / "p", folders=[tmp_path / "disk"])
    assert [report.new for report in reports] == [a, other, one]
    assert reports[0].rule == "the search of folders"
    assert reports[1].content is Content.EQUAL
    assert not reports[2].is_changed and "several files" in reports[2].reason


def test_what_is_found_without_help_keeps_its_path(tmp_path: Path) -> None:
    there = film(tmp_path / "p" / "a.mp4")
    labels = Labels(videos=[Video("C:\\lab\\a.mp4")])
    (report,) = run(labels, tmp_path / "p")
    assert (report.new, report.rule) == (there, "beside the project")
    assert report.is_found and not report.is_changed
    assert labels.video.filename == "C:\\lab\\a.mp4"


def test_what_a_remembered_prefix_finds_is_written_down(tmp_path: Path) -> None:
    there = film(tmp_path / "mnt" / "a.mp4")
    prefixes.remember(Prefix("/gone", str(there.parent)))
    labels = Labels(videos=[Video("/gone/a.mp4")])
    (report,) = run(labels, tmp_path / "p")
    assert report.is_changed and labels.video.filename == str(there)


def test_paths_for_another_machine_need_not_exist(tmp_path: Path) -> None:
    labels = Labels(videos=[Video("/lab/a.mp4"), Video(["/lab/i/1.png", "/lab/i/2.png"])])
    reports = run(labels, tmp_path / "p", prefixes=["/lab=/cluster/data"], must_exist=False)
    assert labels.videos[0].filename == "/cluster/data/a.mp4"
    assert labels.videos[1].filename == ["/cluster/data/i/1.png", "/cluster/data/i/2.png"]
    assert all(report.is_changed for report in reports)
    assert prefixes.remembered() == []


def test_nothing_is_remembered_unless_wanted(tmp_path: Path) -> None:
    film(tmp_path / "mnt" / "a.mp4")
    labels = Labels(videos=[Video("/gone/a.mp4")])
    run(labels, tmp_path / "p", prefixes=[f"/gone={tmp_path / 'mnt'}"], remember=False)
    assert labels.video.filename == str(tmp_path / "mnt" / "a.mp4")
    assert prefixes.remembered() == []


def test_recordings_behind_embedded_images_are_relinked(tmp_path: Path) -> None:
    there = film(tmp_path / "mnt" / "a.mp4")
    source = known(there, "/gone/a.mp4")
    package = Video(
        tmp_path / "p" / "labels.slp", source=source, is_embedded=True, dataset="video0/video"
    )
    reports = run(Labels(videos=[package]), tmp_path / "p", prefixes=[f"/gone={there.parent}"])
    assert [report.video for report in reports] == [source]
    assert source.filename == str(there)


def test_videos_that_only_suggestions_name_are_relinked(tmp_path: Path) -> None:
    there = film(tmp_path / "mnt" / "a.mp4")
    labels = Labels(suggestions=[SuggestionFrame(Video("/gone/a.mp4"), 0)])
    (report,) = run(labels, tmp_path / "p", prefixes=[f"/gone={there.parent}"])
    assert report.is_changed


@pytest.mark.parametrize("name", ["none.mp4", "a.mp4"])
def test_a_file_for_no_video_or_for_several_is_an_error(name: str, tmp_path: Path) -> None:
    labels = Labels(videos=[Video("/x/a.mp4"), Video("/y/a.mp4")])
    with pytest.raises(OptionError, match=f"Cannot relink '{name}'.*'?/x/a.mp4"):
        run(labels, tmp_path / "p", files={name: tmp_path / "b.mp4"})
    with pytest.raises(OptionError, match="OLD=NEW"):
        run(labels, tmp_path / "p", prefixes=["/x"])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    labels = Labels(videos=[Video("/x/a.mp4")])
    (report,) = run(labels, tmp_path / "p", files={"a.mp4": tmp_path / "none.mp4"})
    assert not report.is_found and "none.mp4' is not there" in report.reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp4")
    labels = Labels(videos=[Video("/gone/a.mp4", shape=(2, 32, 48, 1), fingerprint="1:3:ab")])
    (report,) = run(labels, tmp_path / "p", prefixes=[f"/gone={tmp_path}"])
    assert not report.is_changed and "device or a pipe" in report.reason


def test_images_move_as_they_lie(tmp_path: Path) -> None:
    image = encode_image(np.zeros((8, 8, 1), np.uint8), "png")
    names = [f"set/{camera}/{number}.png" for camera in "ab" for number in range(12)]
    for name in names:
        path = tmp_path / "mnt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(image)
    there = [str(tmp_path / "mnt" / name) for name in names]
    for options in (
        {"prefixes": [f"C:\\lab={tmp_path / 'mnt'}"]},
        {"files": {"C:\\lab\\set": tmp_path / "mnt" / "set"}},
        {"folders": [tmp_path / "mnt"]},
    ):
        labels = Labels(videos=[Video(["C:\\lab\\" + name.replace("/", "\\") for name in names])])
        (report,) = run(labels, tmp_path / "p", remember=False, **options)
        assert report.is_changed, options
        assert labels.video.filename == there
    Path(there[-1]).unlink()
    labels = Labels(videos=[Video([f"C:\\lab\\{name}" for name in names])])
    (report,) = run(labels, tmp_path / "p", prefixes=[f"C:\\lab={tmp_path / 'mnt'}"])
    assert not report.is_found


def test_a_hundred_thousand_names_take_seconds(tmp_path: Path) -> None:
    names = [f"/gone/set/img{number}.png" for number in range(100_000)]
    labels = Labels(videos=[Video(names)])
    begin = time.perf_counter()
    run(labels, tmp_path / "p", prefixes=["/gone=/cluster"], must_exist=False)
    assert labels.video.filename[-1] == "/cluster/set/img99999.png"
    assert time.perf_counter() - begin < 5


@pytest.mark.skipif(sys.platform == "win32", reason="this system does not limit open files so")
def test_hundreds_of_videos_need_few_open_files(tmp_path: Path) -> None:
    import resource

    first = film(tmp_path / "mnt" / "0.mp4")
    video = load_video(first)
    for number in range(1, 264):
        shutil.copy(first, tmp_path / "mnt" / f"{number}.mp4")
    labels = Labels(
        videos=[Video(f"/gone/{number}.mp4", shape=video.shape) for number in range(264)]
    )
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    handles = Path("/proc/self/fd")
    n_open = len(list(handles.iterdir())) if handles.is_dir() else 100
    resource.setrlimit(resource.RLIMIT_NOFILE, (n_open + 40, limits[1]))
    try:
        reports = run(labels, tmp_path / "p", prefixes=[f"/gone={tmp_path / 'mnt'}"])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert all(report.content is Content.ALIKE and report.is_changed for report in reports)
