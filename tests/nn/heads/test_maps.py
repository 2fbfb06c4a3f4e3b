"""The head of maps."""

import keras

from sleap.nn.heads.maps import map_head


def test_maps_are_linear_and_float32() -> None:
    features = keras.Input((None, None, 4), dtype="bfloat16")
    maps = map_head(features, 3, "maps")
    assert maps.shape == (None, None, None, 3)
    assert maps.dtype == "float32"
    layer = keras.Model(features, maps).get_layer("maps")
    assert layer.activation.__name__ == "linear"
    assert layer.kernel_size == (3, 3)
