"""The layers of U-Net."""

from typing import Any

import keras
import pytest

from sleap.nn.backbones.unet import UNet


def layers(backbone: UNet) -> dict[str, Any]:
    images = keras.Input((None, None, 1), name="images")
    model = keras.Model(images, backbone.build(images))
    return {layer.name: layer for layer in model.layers}


def filters(found: dict[str, Any]) -> dict[str, int]:
    return {name: layer.filters for name, layer in found.items() if hasattr(layer, "filters")}


def test_whole() -> None:
    found = layers(UNet(down_blocks=2, up_blocks=2, convs_per_depth=2, num_filters=8))
    assert filters(found) == {
        "down0_conv0": 8,
        "down0_conv1": 8,
        "down1_conv0": 16,
        "down1_conv1": 16,
        "bottom_conv0": 32,
        "bottom_conv1": 16,
        "up1_conv0": 16,
        "up1_conv1": 8,
        "up0_conv0": 8,
        "up0_conv1": 8,
    }
    assert {found[name].kernel_size for name in filters(found)} == {(5, 5)}
    assert found["up1_double"].interpolation == "bilinear"
    assert found["up1_skip"].output.shape[-1] == 16 + 16
    assert found["up0_skip"].output.shape[-1] == 8 + 8


@pytest.mark.parametrize(("up", "joined"), [(0, []), (1, [2]), (2, [2, 1]), (3, [2, 1, 0])])
def test_only_decoded_depths_are_joined(up: int, joined: list[int]) -> None:
    found = layers(UNet(down_blocks=3, up_blocks=up, num_filters=4, convs_per_depth=1))
    assert [name for name in found if name.endswith("_skip")] == [f"up{d}_skip" for d in joined]
    last = list(found.values())[-1]
    assert last.filters == (16, 8, 4, 4)[up]


def test_one_convolution_per_depth_contracts() -> None:
    found = layers(UNet(down_blocks=2, up_blocks=1, convs_per_depth=1, num_filters=4))
    assert filters(found) == {"down0_conv0": 4, "down1_conv0": 8, "bottom_conv0": 8, "up1_conv0": 4}


def test_transposed_convolutions() -> None:
    found = layers(UNet(down_blocks=2, up_blocks=2, num_filters=4, upsampling_layers=False))
    assert type(found["up1_double"]).__name__ == "Conv2DTranspose"
    assert (found["up1_double"].filters, found["up0_double"].filters) == (8, 4)
    assert found["up1_double"].strides == (2, 2)
