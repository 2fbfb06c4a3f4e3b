import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import fingerprint, load_video, open_video
from sleap.video.encode import encode_image


def test_importing_the_room_loads_no_decoder() -> None:
    program = (
        "import sys, sleap.video\n"
        "print(sorted({'cv2', 'av', 'h5py', 'scipy', 'tensorflow', 'keras'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_arguments_overrule_the_description(make_video: Callable[..., Path]) -> None:
    path = make_video("a.mp4", 3)
    video = Video(path, grayscale=True)
    with open_video(video, grayscale=False) as reader:
        assert reader.shape[3] == 3
    assert video.grayscale is True and video.shape is None


def test_stored_path_beside_the_labels_file(make_video: Callable[..., Path]) -> None:
    path = make_video("a.mp4", 3)
    with open_video(Video("C:\\lab\\a.mp4"), search=[path.parent]) as reader:
        assert reader.n_frames == 3


def test_missing_and_unknown(tmp_path: Path) -> None:
    with pytest.raises(VideoError, match=r"Cannot open video '.*none\.mp4': no such file"):
        load_video(tmp_path / "none.mp4")
    with pytest.raises(VideoError, match="list of images is empty"):
        load_video([])


def test_what_is_found_out_is_noted_in_the_description(make_video: Callable[..., Path]) -> None:
    path = make_video("a.mp4", 3)
    video = Video("C:\\lab\\a.mp4", metadata={"search": [str(path.parent)]})
    with open_video(video) as reader:
        described = reader.describe()
    assert video.shape == described.shape == (3, 48, 96, 1)
    assert video.fingerprint == described.fingerprint == fingerprint.of_file(path)
    assert video.metadata["found"] == (video.filename, str(path))
    assert (video.filename, video.grayscale) == ("C:\\lab\\a.mp4", None)


def test_every_kind_has_the_fingerprint_of_its_content(
    make_video: Callable[..., Path], tmp_path: Path
) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (4, 16, 24, 1)).astype(np.uint8)
    np.save(tmp_path / "a.npy", pixels)
    (tmp_path / "im").mkdir()
    for number, image in enumerate(pixels):
        (tmp_path / "im" / f"{number}.png").write_bytes(encode_image(image, "png"))
    with h5py.File(tmp_path / "a.h5", "w") as file:
        expected = fingerprint.of_dataset(file.create_dataset("box", data=pixels))
    assert load_video(tmp_path / "a.h5").fingerprint == expected
    assert load_video(tmp_path / "a.npy").fingerprint == fingerprint.of_file(tmp_path / "a.npy")
    images = sorted((tmp_path / "im").iterdir())
    assert load_video(tmp_path / "im").fingerprint == fingerprint.of_images(images)
    assert load_video(images[0]).fingerprint == fingerprint.of_images(images[:1])
    assert load_video(make_video("a.mp4", 3)).fingerprint is not None
    with open_video(pixels) as reader:
        assert reader.fingerprint() is None


def test_images_in_a_folder_are_noted_by_the_folder(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    names = [f"/gone/set/{number}.png" for number in range(3)]
    for number in range(3):
        image = np.full((4, 4, 1), number, np.uint8)
        (tmp_path / "set" / f"{number}.png").write_bytes(encode_image(image, "png"))
    video = Video(names)
    with open_video(video, search=[tmp_path]) as reader:
        assert reader.describe().filename == names
    assert video.metadata["found"] == (names, str(tmp_path / "set"))


def test_other_content_is_told(
    make_video: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    video = load_video(make_video("a.mp4", 3))
    known = video.fingerprint
    open_video(video).close()
    assert not caplog.text
    shutil.copy(make_video("b.mp4", 4), str(video.filename))
    open_video(video).close()
    assert "is not the recording that the labels were made on" in caplog.text
    assert video.fingerprint == known and video.shape is not None and video.shape[0] == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("suffix", ["mp4", "h5", "npy", "png", "slp", "zip", "tif"])
def test_pipes_and_devices_are_refused_and_never_read(suffix: str, tmp_path: Path) -> None:
    pipe, link = tmp_path / f"pipe.{suffix}", tmp_path / f"link.{suffix}"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    for path in (pipe, link, Path("/dev/zero")):
        with pytest.raises(VideoError, match="is a device or a pipe"):
            open_video(path)
        with pytest.raises(VideoError, match="is a device or a pipe"):
            open_video([path])
    with pytest.raises(VideoError, match="is a device or a pipe"):
        open_video(Video(str(pipe), is_embedded=True, dataset="video0/video"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_among_images_is_refused(tmp_path: Path) -> None:
    image = encode_image(np.zeros((4, 4, 1), np.uint8), "png")
    (tmp_path / "0.png").write_bytes(image)
    os.mkfifo(tmp_path / "1.png")
    with open_video(tmp_path) as reader, pytest.raises(VideoError, match="a device or a pipe"):
        reader.read(1)


def test_empty_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    with pytest.raises(VideoError, match="the file is empty"):
        open_video(tmp_path / "a.mp4")


def test_a_folder_named_like_a_video(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").mkdir()
    with pytest.raises(VideoError, match="holds no image"):
        open_video(tmp_path / "a.mp4")
