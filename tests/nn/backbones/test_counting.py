"""What a network costs and sees, against the network itself."""

from typing import Any

import keras
import numpy as np
import pytest

from sleap.nn.backbones import BACKBONES, make_backbone
from sleap.nn.backbones.backbone import Backbone
from sleap.nn.backbones.counting import CountingParts, Maps
from sleap.nn.config.model import ModelConfig
from sleap.nn.config.output_type import OutputType


def make(name: str, **options: Any) -> Backbone:
    options |= {"num_filters": 2, "interp": "bilinear"}
    model = ModelConfig(output_type=OutputType.CONFMAPS, backbone_name=name, backbone=options)
    return make_backbone(model)


@pytest.mark.parametrize("interpolates", [True, False])
@pytest.mark.parametrize("up", [1, 2])
@pytest.mark.parametrize("name", BACKBONES)
def test_counts_are_those_of_the_network(name: str, up: int, interpolates: bool) -> None:
    backbone = make(name, down_blocks=2, up_blocks=up, upsampling_layers=interpolates)
    images = keras.Input((64, 64, 3))
    features = backbone.build(images)
    model = keras.Model(images, features)
    parts = CountingParts()
    maps = backbone.stack(Maps(3, 1, 1), parts)
    assert parts.n_weights == model.count_params()
    assert maps.channels == features.shape[-1]
    assert maps.stride == backbone.output_stride
    numbers = sum(int(np.prod(layer.output.shape[1:])) for layer in model.layers[1:])
    assert parts.activations * 64 * 64 == pytest.approx(numbers)


@pytest.mark.parametrize("interpolates", [True, False])
@pytest.mark.parametrize("name", BACKBONES)
def test_the_field_is_what_an_output_depends_on(name: str, interpolates: bool) -> None:
    backbone = make(name, down_blocks=2, up_blocks=2, upsampling_layers=interpolates)
    field = backbone.stack(Maps(1, 1, 1), CountingParts()).field
    size = 128
    images = keras.Input((size, 8, 1))
    model = keras.Model(images, backbone.build(images))
    for weight in model.weights:
        weight.assign(np.full(weight.shape, 0.0 if weight.name == "bias" else 0.1, np.float32))
    # Where all weights are positive, what an output depends on shows when one row is lit.
    lit = np.zeros((size, size, 8, 1), np.float32)
    lit[np.arange(size), np.arange(size)] = 1
    answers = np.asarray(model.predict(lit, verbose=0))[:, :, 0, 0] > 0
    phases = range(size // 2, size // 2 + backbone.max_stride)
    widths = [int(np.ptp(np.flatnonzero(answers[:, cell]))) + 1 for cell in phases]
    # Where the size is doubled, cells see more or less by their place; the field is the mean.
    assert field == pytest.approx(np.mean(widths), abs=1)
