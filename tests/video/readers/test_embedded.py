from pathlib import Path

import cv2
import h5py
import numpy as np
import pytest
import sleap_io

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import open_video
from sleap.video.encode import encode_image
from sleap.video.readers.embedded import EmbeddedReader

NUMBERS = np.array([7, 30, 12])


@pytest.fixture
def frames() -> np.ndarray:
    """(rows, height, width, channels): colours that differ, smooth enough for JPEG."""
    rows, columns = np.mgrid[:24, :32]
    one = np.stack([rows * 8, 255 - columns * 6, columns * 2], axis=2).astype(np.uint8)
    return np.stack([one, np.roll(one, 9, axis=1), one[::-1]])


def write(
    path: Path,
    images: list[np.ndarray],
    *,
    format: str,
    padded: bool = False,
    order: str | None = "RGB",
) -> Path:
    stored = [image[..., ::-1] if order != "RGB" else image for image in images]
    coded = [np.frombuffer(encode_image(image, format, 98), np.int8) for image in stored]
    with h5py.File(path, "w") as file:
        group = file.create_group("video0")
        if padded:
            longest = max(len(code) for code in coded)
            rows = np.stack([np.pad(code, (0, longest - len(code))) for code in coded])
            dataset = group.create_dataset("video", data=rows)
        else:
            kind = h5py.vlen_dtype(np.int8)
            dataset = group.create_dataset("video", (len(coded),), dtype=kind)
            for row, code in enumerate(coded):
                dataset[row] = code
        dataset.attrs["format"] = format
        if order is not None:
            dataset.attrs["channel_order"] = order
        group["frame_numbers"] = NUMBERS[: len(images)]
    return path


@pytest.mark.parametrize("order", ["RGB", "BGR", None])
@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize("format", ["png", "jpg"])
@pytest.mark.parametrize("n_channels", [1, 3])
def test_encoded_images_are_read_by_their_index_in_the_recording(
    order: str | None,
    padded: bool,
    format: str,
    n_channels: int,
    frames: np.ndarray,
    tmp_path: Path,
) -> None:
    frames = frames[..., :n_channels]
    path = write(tmp_path / "a.slp", list(frames), format=format, padded=padded, order=order)
    video = Video(path, dataset="video0/video", is_embedded=True)
    with open_video(video) as reader:
        assert isinstance(reader, EmbeddedReader)
        assert reader.shape == (3, 24, 32, n_channels)
        assert reader.frame_indices.tolist() == [7, 30, 12]
        for row, (index, image) in enumerate(reader.iterate()):
            assert index == NUMBERS[row]
            difference = np.abs(image.astype(int) - frames[row])
            assert difference.max() == 0 if format == "png" else difference.mean() < 6


def test_raw_pixels(frames: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "a.pkg.slp"
    with h5py.File(path, "w") as file:
        file["video0/video"] = frames
        file["video0/frame_numbers"] = NUMBERS
    with open_video(path) as reader:
        assert isinstance(reader, EmbeddedReader)
        np.testing.assert_array_equal(reader.read(30), frames[1])
        assert reader.describe().is_embedded


def test_the_group_will_do_as_dataset(frames: np.ndarray, tmp_path: Path) -> None:
    path = write(tmp_path / "a.slp", list(frames), format="png")
    with open_video(path, dataset="video0") as reader:
        np.testing.assert_array_equal(reader.read(7), frames[0])
        assert reader.describe().dataset == "video0/video"


def test_frames_that_are_not_in_the_package(frames: np.ndarray, tmp_path: Path) -> None:
    path = write(tmp_path / "a.slp", list(frames), format="png")
    with (
        open_video(path) as reader,
        pytest.raises(VideoError, match=r"no image of frame 0: it holds 3 frames.*7, 30, 12"),
    ):
        reader.read(0)


def test_damage_is_an_error_that_names_the_image(frames: np.ndarray, tmp_path: Path) -> None:
    path = write(tmp_path / "a.slp", list(frames), format="png")
    with h5py.File(path, "r+") as file:
        file["video0/video"][1] = np.zeros(50, np.int8)
    with open_video(path) as reader:
        reader.read(7)
        with pytest.raises(VideoError, match=r"image 1 of '/video0/video'"):
            reader.read(30)
    with h5py.File(path, "r+") as file:
        del file["video0/frame_numbers"]
        file["video0/frame_numbers"] = NUMBERS[:2]
    with pytest.raises(VideoError, match="3 images but 2 frame numbers"):
        open_video(path)


def test_a_package_without_images_has_no_frames(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    with h5py.File(path, "w") as file:
        dataset = file.create_dataset("video0/video", (0,), dtype=h5py.vlen_dtype(np.int8))
        dataset.attrs.update({"format": "png", "height": 24, "width": 32})
        file["video0/frame_numbers"] = np.zeros(0, np.int64)
    with open_video(Video(path, dataset="video0/video", is_embedded=True)) as reader:
        assert reader.shape == (0, 24, 32, 1)
        assert list(reader.iterate()) == []


def test_a_package_of_sleap_io_reads_as_sleap_io_reads_it(
    frames: np.ndarray, tmp_path: Path
) -> None:
    image = tmp_path / "colour.png"
    cv2.imwrite(str(image), frames[0][..., ::-1])
    video = sleap_io.Video.from_filename([str(image)])
    skeleton = sleap_io.Skeleton(["A"])
    instance = sleap_io.Instance.from_numpy(np.ones((1, 2)), skeleton=skeleton)
    labels = sleap_io.Labels(
        [sleap_io.LabeledFrame(video=video, frame_idx=0, instances=[instance])]
    )
    package = tmp_path / "a.pkg.slp"
    labels.save(str(package), embed="user", verbose=False)
    with open_video(package) as reader:
        np.testing.assert_array_equal(reader.read(0), frames[0])


@pytest.mark.parametrize("name", ["flies13/test.pkg.slp", "mirror_mouse/val.pkg.slp"])
def test_real_packages(name: str, data_dir: Path) -> None:
    theirs = sleap_io.load_slp(str(data_dir / name), open_videos=True).videos[0]
    with open_video(data_dir / name) as ours:
        assert ours.is_grayscale
        numbers = ours.frame_indices
        assert len(numbers) == ours.n_frames > 5
        for number in numbers[[0, 4, -1]]:
            image = np.asarray(theirs[int(number)])
            np.testing.assert_array_equal(ours.read(number)[..., 0], image[..., 0])
    theirs.close()
