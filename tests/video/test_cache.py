import numpy as np
import pytest

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video.cache import FrameCache
from sleap.video.reader import Image
from sleap.video.readers.numpy_array import NumpyReader


class CountingReader(NumpyReader):
    def __init__(self, array: np.ndarray) -> None:
        super().__init__(Video(""), array)
        self.rows: list[int] = []

    def _read(self, row: int) -> Image:
        self.rows.append(row)
        return super()._read(row)


@pytest.fixture
def source() -> CountingReader:
    return CountingReader(np.arange(8 * 100, dtype=np.uint8).reshape(8, 10, 10))


def test_frames_read_last_come_from_memory(source: CountingReader) -> None:
    with FrameCache(source, max_bytes=300) as cache:
        for index in (0, 1, 2, 0, 1, 2):
            assert cache.read(index)[0, 0, 0] == index * 100 % 256
        assert source.rows == [0, 1, 2]
        cache.read(3)
        assert cache.n_bytes == 300
        cache.read(1)
        cache.read(0)
        assert source.rows == [0, 1, 2, 3, 0]
        assert cache.shape == source.shape and cache.frame_indices.tolist() == list(range(8))


def test_shared_frames_cannot_be_changed(source: CountingReader) -> None:
    cache = FrameCache(source)
    with pytest.raises(ValueError, match="read-only"):
        cache.read(0)[0, 0] = 1
    cache.close()


def test_frames_beyond_the_limit_are_not_kept(source: CountingReader) -> None:
    with FrameCache(source, max_bytes=50) as cache:
        cache.read(0)
        cache.read(0)
        assert source.rows == [0, 0] and cache.n_bytes == 0


def test_errors_and_closing_reach_the_reader(source: CountingReader) -> None:
    cache = FrameCache(source)
    with pytest.raises(VideoError, match="no frame 8"):
        cache.read(8)
    cache.close()
    with pytest.raises(VideoError, match="it is closed"):
        source.read(0)
