"""Parts of backbones."""

import keras
import numpy as np
import pytest

from sleap.nn.backbones.blocks import KerasParts


def test_conv_is_rectified_and_keeps_the_size() -> None:
    x = keras.Input((8, 8, 2))
    model = keras.Model(x, KerasParts().conv(x, 3, 5, "conv"))
    out = np.asarray(model(np.random.default_rng(0).normal(size=(1, 8, 8, 2))))
    assert out.shape == (1, 8, 8, 3)
    assert out.min() == 0


@pytest.mark.parametrize("upsampling_layers", [True, False])
def test_double_undoes_halve_in_size(upsampling_layers: bool) -> None:
    x = keras.Input((8, 12, 2))
    parts = KerasParts()
    half = parts.halve(x, "halve")
    assert half.shape == (None, 4, 6, 2)
    if upsampling_layers:
        double = parts.interpolate(half, "double", "bilinear")
    else:
        double = parts.transposed_conv(half, 5, "double")
    assert double.shape == (None, 8, 12, 2 if upsampling_layers else 5)
    assert parts.concatenate(double, x, "both").shape[-1] == double.shape[-1] + 2
