"""Frames asked for and given, on real files."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sleap.core.video import Video
from sleap.gui.frames import FrameLoader
from sleap.video import open_video
from sleap.video.writer import VideoWriter

N = 60


def picture(index: int) -> np.ndarray:
    """Return a frame that tells its number in five bright or dark blocks."""
    image = np.zeros((64, 96, 3), np.uint8)
    for bit in range(6):
        image[8:56, 16 * bit : 16 * bit + 16] = 230 if index >> bit & 1 else 20
    return image


def number(image: np.ndarray) -> int:
    return sum((image[32, 16 * bit + 8].mean() > 128) << bit for bit in range(6))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    with VideoWriter(path, 25) as writer:
        for index in range(N):
            writer.write(picture(index))
    return path


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[FrameLoader]:
    loader = FrameLoader()
    yield loader
    loader.close()
    assert not any(thread.name == "frames" for thread in threading.enumerate())


def test_every_frame_is_the_one_asked_for(qtbot: QtBot, loader: FrameLoader, path: Path) -> None:
    video = Video(path)
    for index in (0, 1, 2, 59, 58, 57, 30, 35, 40, 3, 3):
        with qtbot.waitSignal(loader.ready) as heard:
            loader.request(video, index)
        assert heard.args[:2] == [video, index]
        assert number(heard.args[2]) == index
        assert not heard.args[2].flags.writeable
    assert not loader.is_waiting


def test_the_newest_request_wins(qtbot: QtBot, loader: FrameLoader, path: Path) -> None:
    video, told = Video(path), []
    loader.ready.connect(lambda _, index, image: told.append((index, number(image))))
    for index in (50, 40, 30, 20):
        loader.request(video, index)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: not loader.is_waiting)
    assert told == [(20, 20)]


def test_what_lies_ahead_comes_at_once(qtbot: QtBot, loader: FrameLoader, path: Path) -> None:
    video = Video(path)
    for index in (10, 11):
        with qtbot.waitSignal(loader.ready):
            loader.request(video, index)
    qtbot.waitUntil(lambda: loader.n_bytes >= 20 * picture(0)[..., 0].nbytes)
    told: list[int] = []
    loader.ready.connect(lambda _, index, image: told.append(index))
    loader.request(video, 12)
    assert told == [12], "given from within the request"


def test_memory_is_bounded(qtbot: QtBot, path: Path) -> None:
    loader = FrameLoader(max_bytes=200_000)
    video = Video(path)
    for index in range(0, N, 7):
        with qtbot.waitSignal(loader.ready):
            loader.request(video, index)
    assert 0 < loader.n_bytes <= 200_000
    loader.close()


def test_a_missing_video_is_told_of(qtbot: QtBot, loader: FrameLoader, tmp_path: Path) -> None:
    video = Video(tmp_path / "gone.mp4")
    with qtbot.waitSignal(loader.failed) as heard:
        loader.request(video, 3)
    assert heard.args[:2] == [video, 3]
    assert "gone.mp4" in heard.args[2]


def test_a_broken_video_is_told_of(qtbot: QtBot, loader: FrameLoader, tmp_path: Path) -> None:
    path = tmp_path / "broken.mp4"
    path.write_bytes(b"no video at all" * 99)
    with qtbot.waitSignal(loader.failed) as heard:
        loader.request(Video(path), 0)
    assert "broken.mp4" in heard.args[2]


def test_a_frame_past_the_end_is_told_of(qtbot: QtBot, loader: FrameLoader, path: Path) -> None:
    with qtbot.waitSignal(loader.failed) as heard:
        loader.request(Video(path), 600)
    assert "600" in heard.args[2]


def test_a_video_found_again_is_read(qtbot: QtBot, loader: FrameLoader, path: Path) -> None:
    video = Video(path.with_name("elsewhere.mp4"))
    with qtbot.waitSignal(loader.failed):
        loader.request(video, 5)
    video.filename = str(path)
    with qtbot.waitSignal(loader.ready) as heard:
        loader.request(video, 5)
    assert number(heard.args[2]) == 5


def test_videos_are_opened_beside_the_project(
    qtbot: QtBot, loader: FrameLoader, path: Path
) -> None:
    loader.search = (path.parent,)
    with qtbot.waitSignals([loader.opened, loader.ready]):
        loader.request(Video("/nowhere/else/clip.mp4"), 7)


def test_a_closed_loader_tells_nothing(qtbot: QtBot, path: Path) -> None:
    loader, told = FrameLoader(), []
    loader.ready.connect(lambda *facts: told.append(facts))
    loader.request(Video(path), 40)
    loader.close()
    loader.request(Video(path), 41)
    with qtbot.assertNotEmitted(loader.ready, wait=50):
        pass
    assert told == []


def test_lists_of_images(qtbot: QtBot, loader: FrameLoader, tmp_path: Path) -> None:
    import cv2

    paths = []
    for index in range(5):
        paths.append(tmp_path / f"{index}.png")
        cv2.imwrite(str(paths[-1]), picture(index))
    with qtbot.waitSignal(loader.ready) as heard:
        loader.request(Video(paths), 3)
    assert number(heard.args[2]) == 3


def test_embedded_images_by_their_index(qtbot: QtBot, loader: FrameLoader, data_dir: Path) -> None:
    import sleap

    labels = sleap.load_file(data_dir / "mouse_openfield" / "val.pkg.slp")
    indices = labels.labeled_indices(labels.video)
    for index in indices[:3]:
        with qtbot.waitSignal(loader.ready) as heard:
            loader.request(labels.video, int(index))
        with open_video(labels.video) as reader:
            np.testing.assert_array_equal(heard.args[2], reader.read(int(index)))
    absent = next(index for index in range(10_000) if index not in indices)
    with qtbot.waitSignal(loader.failed):
        loader.request(labels.video, absent)
