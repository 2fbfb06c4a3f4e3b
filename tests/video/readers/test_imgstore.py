import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video.opening import load_video, open_video

PIXELS = np.random.default_rng(1).integers(0, 255, (5, 6, 8), np.uint8)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Five grayscale images in two chunks, numbered 10, 20, ..."""
    folder = tmp_path / "store"
    for chunk, rows in enumerate(([0, 1, 2], [3, 4])):
        part = folder / f"{chunk:06d}"
        part.mkdir(parents=True)
        numbers = [10 * row + 10 for row in rows]
        if chunk:
            (part / "index.json").write_text(f'{{"frame_number": {numbers}}}')
        else:
            np.savez(part / "index.npz", frame_number=numbers, frame_time=[0.0] * len(rows))
        for place, row in enumerate(rows):
            cv2.imwrite(str(part / f"{place:06d}.png"), PIXELS[row])
    (folder / "metadata.yaml").write_text("__store:\n  format: png\n  chunksize: 3\n")
    return folder


@pytest.mark.parametrize("name", ["", "metadata.yaml"])
def test_images_are_read_by_the_number_in_their_recording(store: Path, name: str) -> None:
    with open_video(store / name) as reader:
        assert reader.shape == (5, 6, 8, 1)
        assert reader.frame_indices.tolist() == [10, 20, 30, 40, 50]
        np.testing.assert_array_equal(reader.read(40)[..., 0], PIXELS[3])
        assert reader.try_release()
        np.testing.assert_array_equal(reader.read(10)[..., 0], PIXELS[0])
        with pytest.raises(VideoError, match="no image of frame 11"):
            reader.read(11)


def test_images_may_be_counted(store: Path) -> None:
    video = Video(str(store), metadata={"index_by_original": False})
    with open_video(video) as reader:
        assert reader.frame_indices.tolist() == [0, 1, 2, 3, 4]
        np.testing.assert_array_equal(reader.read(4)[..., 0], PIXELS[4])


def test_arrays_are_read_and_objects_are_not(store: Path) -> None:
    (store / "metadata.yaml").write_text("__store: {format: npy}")
    for path in store.rglob("*.png"):
        np.save(path.with_suffix(".npy"), np.full((2, 3, 3), 7, np.uint8))
    assert load_video(store).shape == (5, 2, 3, 1)
    np.save(store / "000000" / "000000.npy", np.array([{}], object), allow_pickle=True)
    with pytest.raises(VideoError, match=r"000000\.npy"):
        open_video(store)


def test_colours_of_a_recording_are_the_usual_ones(tmp_path: Path) -> None:
    (tmp_path / "000000").mkdir()
    image = np.zeros((4, 4, 3), np.uint8)
    image[..., 2] = 255  # red, for OpenCV
    cv2.imwrite(str(tmp_path / "000000" / "000000.png"), image)
    (tmp_path / "000000" / "index.yaml").write_text("frame_number: [0]")
    (tmp_path / "metadata.yaml").write_text("__store: {format: png}")
    with open_video(tmp_path) as reader:
        assert reader.read(0)[0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("metadata.yaml", "", "format None"),
        ("metadata.yaml", "__store: {format: mp4}", "convert it to a video"),
        ("metadata.yaml", "__store: [", "Cannot read"),
        ("metadata.yaml", "!!python/object/apply:os.system [echo]", "Cannot read"),
        ("000001/index.json", "[" * 100_000, "Cannot read"),
        ("000001/index.json", '{"frame_number": ["x"]}', "whole numbers"),
        ("000001/index.json", '{"frame_number": 3}', "whole numbers"),
        ("000001/index.json", "{}", "Cannot read"),
        ("000000/index.npz", "PK", "index.npz"),
        ("000000/000000.png", "x", "Cannot decode"),
    ],
)
def test_damage_is_told(store: Path, name: str, data: str, words: str) -> None:
    (store / name).write_text(data)
    with pytest.raises(VideoError, match=words):
        open_video(store)


def test_a_missing_part_is_told(store: Path) -> None:
    (store / "000001" / "index.json").unlink()
    with pytest.raises(VideoError, match="'000001' has no index"):
        open_video(store)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_among_the_images_is_refused(store: Path) -> None:
    (store / "000000" / "000001.png").unlink()
    os.mkfifo(store / "000000" / "000001.png")
    with open_video(store) as reader, pytest.raises(VideoError, match=r"000001\.png' .*no file"):
        reader.read(20)
