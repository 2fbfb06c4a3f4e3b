from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.core.video import Video
from sleap.errors import OptionError, VideoError
from sleap.video import load_video, open_video
from sleap.video.readers.hdf5 import Hdf5Reader


@pytest.fixture
def frames() -> np.ndarray:
    """(frames, height, width, channels), no two sizes alike."""
    return np.random.default_rng(1).integers(0, 256, (6, 20, 30, 3), dtype=np.uint8)


def write(path: Path, **datasets: np.ndarray) -> Path:
    with h5py.File(path, "w") as file:
        for name, values in datasets.items():
            file[name] = values
    return path


@pytest.mark.parametrize(
    ("order", "input_format"),
    [
        ((0, 1, 2, 3), "channels_last"),
        ((0, 3, 2, 1), "channels_first"),
        ((3, 0, 1, 2), "channels_first"),
    ],
)
@pytest.mark.parametrize("is_said", [True, False])
@pytest.mark.parametrize("n_channels", [1, 3])
def test_every_order_of_axes_reads_alike(
    order: tuple[int, ...],
    input_format: str,
    is_said: bool,
    n_channels: int,
    frames: np.ndarray,
    tmp_path: Path,
) -> None:
    frames = frames[..., :n_channels]
    path = write(tmp_path / "a.h5", box=frames.transpose(order))
    said = input_format if is_said else None
    with open_video(path, dataset="box", input_format=said) as reader:
        assert isinstance(reader, Hdf5Reader)
        assert reader.shape == frames.shape
        for index, image in reader.iterate([4, 0, 5]):
            np.testing.assert_array_equal(image, frames[index])
        described = reader.describe()
    assert (described.dataset, described.input_format) == ("box", input_format)


def test_leap_order_is_frames_channels_width_height(tmp_path: Path) -> None:
    stored = np.zeros((2, 1, 30, 20), np.uint8)
    stored[1, 0, 25, 3] = 200
    with open_video(write(tmp_path / "a.h5", box=stored)) as reader:
        assert reader.shape == (2, 20, 30, 1)
        assert reader.read(1)[3, 25, 0] == 200


def test_unit_floats_become_bytes(frames: np.ndarray, tmp_path: Path) -> None:
    path = write(tmp_path / "a.h5", v=frames.astype(np.float32) / 255)
    with open_video(path) as reader:
        np.testing.assert_array_equal(reader.read(2), frames[2])
    whole = write(tmp_path / "b.h5", v=frames.astype(np.float64))
    with open_video(whole) as reader:
        np.testing.assert_array_equal(reader.read(2), frames[2])
    dark = write(tmp_path / "c.h5", v=np.ones((2, 4, 5)))
    with open_video(Video(dark, metadata={"convert_range": True})) as reader:
        assert reader.read(0).max() == 255


def test_a_wrong_dataset_lists_those_there(frames: np.ndarray, tmp_path: Path) -> None:
    path = write(tmp_path / "a.h5", box=frames, other=frames[0, 0, 0])
    with pytest.raises(VideoError) as caught:
        open_video(path, dataset="bax")
    text = str(caught.value)
    assert "no dataset 'bax'. Did you mean 'box'?" in text
    assert "box (6, 20, 30, 3), other (3,)" in text


def test_which_dataset_must_be_clear(frames: np.ndarray, tmp_path: Path) -> None:
    several = write(tmp_path / "a.h5", one=frames, two=frames)
    with pytest.raises(VideoError, match="holds several videos; say which"):
        open_video(several)
    none = write(tmp_path / "b.h5", one=frames[0, 0])
    with pytest.raises(VideoError, match=r"no dataset that looks like a video.*one \(30, 3\)"):
        open_video(none)


def test_gray_as_asked_or_as_seen(frames: np.ndarray, tmp_path: Path) -> None:
    gray = np.repeat(frames[..., :1], 3, axis=3)
    path = write(tmp_path / "a.h5", v=gray)
    assert load_video(path).shape == (6, 20, 30, 1)
    assert load_video(path, grayscale=False).shape == (6, 20, 30, 3)
    with open_video(write(tmp_path / "b.h5", v=frames), grayscale=True) as reader:
        assert reader.read(0).shape == (20, 30, 1)


def test_broken_files_and_options_are_errors(frames: np.ndarray, tmp_path: Path) -> None:
    (tmp_path / "a.h5").write_text("no")
    with pytest.raises(VideoError, match=r"Cannot open .*a\.h5' as an HDF5 file"):
        open_video(tmp_path / "a.h5")
    path = write(tmp_path / "b.h5", v=frames, flat=frames[0, 0])
    with pytest.raises(OptionError, match="'channels_middle' is not known"):
        open_video(path, input_format="channels_middle")
    with pytest.raises(VideoError, match="its shape is"):
        open_video(path, dataset="flat")
    empty = write(tmp_path / "c.h5", v=frames[:0])
    with pytest.raises(VideoError, match="it is empty"):
        open_video(empty)


def test_released_file_can_be_written_and_read_again(frames: np.ndarray, tmp_path: Path) -> None:
    path = write(tmp_path / "a.h5", v=frames)
    with open_video(path) as reader:
        reader.read(0)
        assert reader.try_release()
        with h5py.File(path, "r+") as file:
            file["v"][1] = 9
        assert reader.read(1).max() == 9
