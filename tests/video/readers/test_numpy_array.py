from pathlib import Path

import numpy as np
import pytest

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import load_video, open_video
from sleap.video.readers.numpy_array import NumpyReader


@pytest.fixture
def frames() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (6, 20, 30, 3), dtype=np.uint8)


def test_file_is_mapped_and_reads_as_stored(frames: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    np.save(path, frames)
    assert load_video(path).shape == (6, 20, 30, 3)
    with open_video(path) as reader:
        image = reader.read(3)
        np.testing.assert_array_equal(image, frames[3])
        image[:] = 0
        np.testing.assert_array_equal(reader.read(3), frames[3])


def test_array_in_memory(frames: np.ndarray) -> None:
    with open_video(frames) as reader:
        np.testing.assert_array_equal(reader.read(5), frames[5])
    with pytest.raises(VideoError, match="it is closed"):
        reader.read(5)
    with open_video(frames[..., 0] / 255.0) as reader:
        assert isinstance(reader, NumpyReader)
        np.testing.assert_array_equal(reader.read(5), frames[5, ..., :1])


def test_channels_first(frames: np.ndarray) -> None:
    with NumpyReader(Video("", input_format="channels_first"), frames.transpose(0, 3, 2, 1)) as one:
        assert one.shape == frames.shape
        np.testing.assert_array_equal(one.read(1), frames[1])


def test_objects_and_nonsense_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(VideoError, match=r"a\.npy' as a numpy array"):
        open_video(path)
    path.write_bytes(b"nonsense")
    with pytest.raises(VideoError, match="Save the frames with numpy"):
        open_video(path)
    np.save(path, np.zeros((0, 4, 5), np.uint8))
    with pytest.raises(VideoError, match="it is empty"):
        open_video(path)
