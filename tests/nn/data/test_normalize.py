import numpy as np
import pytest

from sleap.nn.data.normalize import padded_shape, to_channels, to_unit


def test_gray_becomes_three_equal_channels():
    gray = np.arange(12, dtype=np.uint8).reshape(3, 4, 1)
    colour = to_channels(gray, 3)
    assert colour.shape == (3, 4, 3)
    assert (colour == gray).all()


def test_colour_becomes_luminance():
    red = np.zeros((2, 2, 3), dtype=np.uint8)
    red[..., 0] = 200
    assert to_channels(red, 1).shape == (2, 2, 1)
    assert (to_channels(red, 1) == 60).all()


def test_as_many_channels_return_the_very_array():
    image = np.zeros((2, 2, 1), dtype=np.uint8)
    assert to_channels(image, 1) is image


def test_two_channels_are_refused():
    with pytest.raises(ValueError, match="expected 1 or 3"):
        to_channels(np.zeros((2, 2, 1), dtype=np.uint8), 2)


@pytest.mark.parametrize("channels", [1, 3])
def test_levels_become_numbers(channels):
    image = np.full((2, 3, channels), 51, dtype=np.uint8)
    values = to_unit(image)
    assert values.dtype == np.float32
    assert values.shape == image.shape
    np.testing.assert_allclose(values, 0.2, rtol=1e-6)


def test_padded_shape_rounds_up():
    assert padded_shape(512, 397, 8) == (512, 400)
