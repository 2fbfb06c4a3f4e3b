"""Contract of all registered backbones."""

from typing import Any

import pytest

from sleap.errors import ProfileError, UnknownNameError
from sleap.nn.backbones import BACKBONES, make_backbone
from sleap.nn.config.model import ModelConfig
from sleap.nn.config.output_type import OutputType

SAMPLES: dict[str, dict[str, Any]] = {
    "UNet": {"num_filters": 2, "kernel_size": 3},
    "LeapCNN": {"num_filters": 2},
}
"""Options that make each backbone small."""


def make(name: str, **options: Any) -> Any:
    backbone = SAMPLES[name] | options
    model = ModelConfig(output_type=OutputType.CONFMAPS, backbone_name=name, backbone=backbone)
    return make_backbone(model)


@pytest.mark.parametrize("name", BACKBONES)
def test_every_backbone_has_a_sample_and_options_with_help(name: str) -> None:
    backbone = make(name)
    assert backbone.max_stride % backbone.output_stride == 0
    for option in backbone.options().values():
        assert option.metadata["help"].endswith(".")
    assert BACKBONES.get(name).from_dict(backbone.to_dict()) == backbone


@pytest.mark.parametrize("dtype", ["float32", "mixed_bfloat16"])
@pytest.mark.parametrize("name", BACKBONES)
def test_the_features_have_the_stride_and_the_type_that_it_says(name: str, dtype: str) -> None:
    import keras

    backbone = make(name)
    size = 2 * backbone.max_stride
    images = keras.Input((size, 2 * size, 3))
    features = backbone.build(images, dtype=dtype)
    cells = size // backbone.output_stride
    assert tuple(features.shape[:3]) == (None, cells, 2 * cells)
    assert features.dtype == dtype.removeprefix("mixed_")
    names = [layer.name for layer in keras.Model(images, features).layers]
    assert len({*names}) == len(names)
    assert all(name == images.name or name.islower() for name in names)
    assert {w.dtype for w in keras.Model(images, features).weights} == {"float32"}


def test_an_unknown_backbone_lists_those_that_are_there() -> None:
    model = ModelConfig(output_type=OutputType.CONFMAPS, backbone_name="StackedUNet")
    with pytest.raises(UnknownNameError, match=r"'StackedUNet'.*Known: .*UNet"):
        make_backbone(model)


def test_an_unknown_option_lists_those_that_are_there() -> None:
    with pytest.raises(
        ProfileError, match=r"'model\.backbone\.up_block'\. Did you mean 'up_blocks'\?.*of UNet:"
    ):
        make("UNet", up_block=2)
