"""Parts of backbones."""

import keras
import numpy as np
import pytest

from sleap.nn.backbones import blocks


def test_conv_is_rectified_and_keeps_the_size() -> None:
    x = keras.Input((8, 8, 2))
    model = keras.Model(x, blocks.conv(x, 3, 5, "conv", "float32"))
    out = np.asarray(model(np.random.default_rng(0).normal(size=(1, 8, 8, 2))))
    assert out.shape == (1, 8, 8, 3)
    assert out.min() == 0


@pytest.mark.parametrize("upsampling_layers", [True, False])
def test_double_undoes_halve_in_size(upsampling_layers: bool) -> None:
    x = keras.Input((8, 12, 2))
    half = blocks.halve(x, "halve", "float32")
    assert half.shape == (None, 4, 6, 2)
    double = blocks.double(
        half, 5, "double", "float32", upsampling_layers=upsampling_layers, interp="bilinear"
    )
    assert double.shape == (None, 8, 12, 2 if upsampling_layers else 5)
    assert blocks.concatenate(double, x, "both", "float32").shape[-1] == double.shape[-1] + 2
