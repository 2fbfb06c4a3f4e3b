from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from sleap.errors import VideoError
from sleap.video import load_video, open_video
from sleap.video.encode import encode_image
from sleap.video.readers.image_files import images_in, natural_key


def write(folder: Path, images: dict[str, np.ndarray]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / name for name in images]
    for path, image in zip(paths, images.values(), strict=True):
        path.write_bytes(encode_image(image, path.suffix.lower(), 100))
    return paths


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tif", ".JPG", ".webp"])
def test_folder_in_natural_order(
    suffix: str, tmp_path: Path, numbered: Callable, number_of: Callable
) -> None:
    folder = tmp_path / "set"
    write(folder, {f"img{i}{suffix}": numbered(i) for i in range(12)})
    (folder / "notes.txt").write_text("not an image")
    with open_video(folder) as reader:
        assert reader.shape == (12, 48, 96, 1)
        assert [number_of(image) for _, image in reader.iterate()] == list(range(12))
    video = load_video(folder)
    assert isinstance(video.filename, list)
    assert video.filename[2].endswith(f"img2{suffix}") and len(video.filename) == 12


def test_list_keeps_its_order(tmp_path: Path, numbered: Callable, number_of: Callable) -> None:
    paths = write(tmp_path, {f"{i}.png": numbered(i) for i in range(4)})
    with open_video([paths[2], paths[0]]) as reader:
        assert [number_of(image) for _, image in reader.iterate()] == [2, 0]


def test_colour_and_gray(tmp_path: Path) -> None:
    colour = np.zeros((10, 12, 3), np.uint8)
    colour[..., 0] = 200
    (path,) = write(tmp_path, {"a.png": colour})
    with open_video(path) as reader:
        np.testing.assert_array_equal(reader.read(0), colour)
    with open_video(path, grayscale=True) as reader:
        assert reader.read(0).shape == (10, 12, 1) and reader.read(0)[0, 0, 0] == 60


def test_pages_of_a_tiff(tmp_path: Path, numbered: Callable, number_of: Callable) -> None:
    path = tmp_path / "stack.tif"
    assert cv2.imwritemulti(str(path), [numbered(i) for i in range(5)])
    with open_video(path) as reader:
        assert reader.shape == (5, 48, 96, 1)
        assert [number_of(reader.read(i)) for i in (4, 0, 2)] == [4, 0, 2]


def test_errors_say_which_file(tmp_path: Path, numbered: Callable) -> None:
    with pytest.raises(VideoError, match="holds no image"):
        open_video(tmp_path)
    paths = write(tmp_path, {"a.png": numbered(0), "b.png": numbered(1, 40, 96)})
    with open_video(paths) as reader, pytest.raises(VideoError, match=r"b\.png.*96x40.*96x48"):
        reader.read(1)
    paths[1].write_bytes(b"no image")
    with open_video(paths) as reader, pytest.raises(VideoError, match=r"Cannot decode '.*b\.png'"):
        reader.read(1)
    with open_video(paths) as reader:
        paths[0].unlink()
        with pytest.raises(VideoError, match=r"Cannot read '.*a\.png': No such file"):
            reader.read(0)
    (tmp_path / "c.tif").write_bytes(b"no image")
    with pytest.raises(VideoError, match=r"c\.tif.*not a TIFF"):
        open_video(tmp_path / "c.tif")


def test_natural_order() -> None:
    names = ["a10", "a2", "A1", "b", "a", "10", "9", "a2b"]
    assert sorted(names, key=natural_key) == ["9", "10", "a", "A1", "a2", "a2b", "a10", "b"]


def test_images_in_ignores_other_files(tmp_path: Path, numbered: Callable) -> None:
    (path,) = write(tmp_path, {"a.PNG": numbered(0)})
    (tmp_path / "b.txt").write_text("")
    assert images_in(tmp_path) == [path]
