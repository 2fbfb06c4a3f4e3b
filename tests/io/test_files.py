import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FileError, FormatError, UnknownNameError
from sleap.io.backups import list_backups
from sleap.io.files import load_file, save_file
from sleap.io.slp.videos import search_folders
from sleap.video.locate import find_video


@pytest.mark.parametrize("name", ["a.slp", "a.h5", "a.hdf5", "a.pkg.slp", "A.SLP", "a.b.slp"])
def test_labels_go_there_and_back(
    labels: Labels, tmp_path: Path, name: str, assert_same: Callable[[Labels, Labels], None]
) -> None:
    save_file(labels, tmp_path / name)
    assert_same(load_file(str(tmp_path / name)), labels)


def test_the_contents_tell_the_format_whatever_the_name(labels: Labels, tmp_path: Path) -> None:
    save_file(labels, tmp_path / "a.slp")
    (tmp_path / "a.slp").rename(tmp_path / "download")
    assert len(load_file(tmp_path / "download")) == len(labels)


def test_what_cannot_be_read_is_explained(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        load_file(tmp_path / "a.slp")
    with pytest.raises(FileError, match="is a folder"):
        load_file(tmp_path)
    (tmp_path / "a.slp").write_text("hello")
    with pytest.raises(FormatError, match="not an HDF5 file"):
        load_file(tmp_path / "a.slp")
    (tmp_path / "a.xyz").write_text("hello")
    with pytest.raises(FormatError, match=r"Known: .*SLEAP labels \(\.slp, \.h5"):
        load_file(tmp_path / "a.xyz")


def test_an_ending_that_is_not_known_is_explained(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"'\.slpp' is not known\. Did you mean '\.slp'\?"):
        save_file(Labels(), tmp_path / "a.slpp")
    with pytest.raises(FileError, match=r"Known: .*SLEAP labels"):
        save_file(Labels(), tmp_path / "a")
    assert not list(tmp_path.iterdir())


def test_a_video_is_found_beside_the_labels_and_its_path_stays(tmp_path: Path) -> None:
    stored = "D:\\data\\flies.mp4"
    save_file(Labels(videos=[Video(stored)]), tmp_path / "a.slp")
    (tmp_path / "flies.mp4").touch()
    video = load_file(tmp_path / "a.slp", videos_search=[tmp_path / "more"]).video
    assert video.filename == stored
    assert search_folders(video) == [tmp_path, tmp_path / "more"]
    assert find_video(video, search_folders(video)) == tmp_path / "flies.mp4"


def test_what_another_program_saved_meanwhile_is_kept(
    labels: Labels,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    assert_same: Callable[[Labels, Labels], None],
) -> None:
    path = tmp_path / "a.slp"
    save_file(Labels(), path)
    mine = load_file(path)
    save_file(labels, path)  # the other program
    with caplog.at_level(logging.WARNING):
        save_file(mine, path)
    (theirs,) = list_backups(path)
    assert str(theirs.path) in caplog.text
    assert_same(load_file(theirs.path), labels)
    for _ in range(4):  # it does not roll away
        save_file(mine, path, backups=1)
    assert len(list_backups(path)) == 2
    assert_same(load_file(list_backups(path)[-1].path), labels)


def test_without_a_place_for_what_another_program_saved_nothing_is_replaced(
    labels: Labels, tmp_path: Path, assert_same: Callable[[Labels, Labels], None]
) -> None:
    path = tmp_path / "a.slp"
    save_file(Labels(), path)
    mine = load_file(path)
    save_file(labels, path)
    (tmp_path / "a.slp.backups").write_text("a file in the way")
    with pytest.raises(FileError, match="another program has changed it"):
        save_file(mine, path)
    assert_same(load_file(path), labels)
    save_file(mine, tmp_path / "b.slp")


def test_a_format_can_be_said(labels: Labels, tmp_path: Path) -> None:
    path = tmp_path / "a.coco.json"
    save_file(labels, path)
    assert len(load_file(path, format="coco")) == len(labels)
    with pytest.raises(UnknownNameError, match="coko"):
        load_file(path, format="coko")
