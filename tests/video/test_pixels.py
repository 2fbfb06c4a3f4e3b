import numpy as np
import pytest

from sleap.errors import VideoError
from sleap.video.pixels import as_channels, is_gray, to_gray, to_rgb, to_uint8


def test_gray_within_the_tolerance_of_lossy_coding() -> None:
    image = np.random.default_rng(0).integers(10, 240, (8, 9, 1), dtype=np.uint8)
    nearly = np.repeat(image, 3, axis=2)
    nearly[..., 2] += 3
    assert is_gray(image) and is_gray(nearly)
    nearly[4, 4, 0] += 8
    assert not is_gray(nearly)


def test_channels_are_converted_only_when_needed() -> None:
    gray = np.full((4, 5, 1), 77, np.uint8)
    colour = np.zeros((4, 5, 3), np.uint8)
    colour[..., 1] = 100
    assert to_gray(gray) is gray and to_rgb(colour) is colour
    assert to_gray(colour).shape == (4, 5, 1) and to_gray(colour)[0, 0, 0] == 59
    assert as_channels(gray, grayscale=False).tolist() == np.full((4, 5, 3), 77).tolist()


@pytest.mark.parametrize(
    ("values", "is_unit", "expected"),
    [
        (np.array([0, 7, 255], np.uint8), False, [0, 7, 255]),
        (np.array([False, True]), False, [0, 255]),
        (np.array([0, 256, 65535], np.uint16), False, [0, 1, 255]),
        (np.array([0, 256, 65535], ">u2"), False, [0, 1, 255]),
        (np.array([-5, 90, 900], np.int32), False, [0, 90, 255]),
        (np.array([0.0, 0.5, 1.0, np.nan, 2.0], np.float32), True, [0, 128, 255, 0, 255]),
        (np.array([0.0, 99.6, 300.0]), False, [0, 100, 255]),
    ],
)
def test_values_of_any_type_become_bytes(
    values: np.ndarray, is_unit: bool, expected: list[int]
) -> None:
    pixels = to_uint8(values, name="a", is_unit=is_unit)
    assert pixels.dtype == np.uint8
    assert pixels.tolist() == expected


def test_text_is_no_video() -> None:
    with pytest.raises(VideoError, match="type <U1"):
        to_uint8(np.array(["a"]), name="a")
