import cv2
import numpy as np
import pytest

from sleap.errors import OptionError, VideoError
from sleap.video.encode import decode_image, encode_image, from_opencv


@pytest.fixture
def colour() -> np.ndarray:
    rows, columns = np.mgrid[:17, :23]
    return np.stack([rows * 15, columns * 11, rows + columns], axis=2).astype(np.uint8)


@pytest.mark.parametrize("name", ["png", "bmp", "tif", ".PNG"])
def test_lossless_round_trip(name: str, colour: np.ndarray) -> None:
    np.testing.assert_array_equal(decode_image(encode_image(colour, name)), colour)
    gray = colour[:, :, :1]
    np.testing.assert_array_equal(decode_image(encode_image(gray, name)), gray)
    np.testing.assert_array_equal(decode_image(encode_image(gray[..., 0], name)), gray)


def test_quality_of_jpeg(colour: np.ndarray) -> None:
    good, poor = encode_image(colour, "jpg", 98), encode_image(colour, "jpg", 5)
    assert len(poor) < len(good)
    assert np.abs(decode_image(good).astype(int) - colour).mean() < 3


def test_files_have_the_standard_order_of_colours(colour: np.ndarray) -> None:
    data = np.frombuffer(encode_image(colour), np.uint8)
    bgr = cv2.imdecode(data, cv2.IMREAD_COLOR)
    np.testing.assert_array_equal(bgr[..., ::-1], colour)
    np.testing.assert_array_equal(from_opencv(bgr), colour)


def test_signed_and_padded_bytes_are_decoded(colour: np.ndarray) -> None:
    data = np.frombuffer(encode_image(colour) + bytes(50), np.int8)
    np.testing.assert_array_equal(decode_image(data), colour)


def test_transparency_and_16_bits_are_reduced() -> None:
    deep = np.full((4, 5), 0x8001, np.uint16)
    assert decode_image(cv2.imencode(".png", deep)[1]).tolist() == np.full((4, 5, 1), 128).tolist()
    clear = np.full((4, 5, 4), 60, np.uint8)
    assert decode_image(cv2.imencode(".png", clear)[1]).shape == (4, 5, 3)


def test_errors_name_what_is_wrong() -> None:
    for data in (b"", b"nonsense", np.zeros(30, np.int8)):
        with pytest.raises(VideoError, match="Cannot decode 'image 3'"):
            decode_image(data, name="image 3")
    with pytest.raises(OptionError, match=r"'gif' is not known.*png"):
        encode_image(np.zeros((2, 2), np.uint8), "gif")
    with pytest.raises(VideoError, match=r"shape \(2, 2, 7\)"):
        encode_image(np.zeros((2, 2, 7), np.uint8))
