"""Whole networks."""

import numpy as np
import pytest

from sleap.errors import UnknownNameError
from sleap.nn.config.profile import Profile, load_profile
from sleap.nn.config.shipped import shipped_profiles
from sleap.nn.model import build_network


def small(**backbone: object) -> Profile:
    options = {"num_filters": 4, "kernel_size": 3, "down_blocks": 2, "up_blocks": 1}
    return Profile.from_dict(
        {"model": {"output_type": 1, "backbone_name": "UNet", "backbone": options | backbone}}
    )


@pytest.mark.parametrize("dtype", ["float32", "mixed_bfloat16"])
def test_output_is_float32_of_the_output_stride(dtype: str) -> None:
    model = build_network(small(), 3, 5, dtype=dtype)
    assert model.name == "UNet_pafs"
    out = np.asarray(model(np.zeros((2, 16, 24, 3), dtype=np.float32)))
    assert out.shape == (2, 8, 12, 5)
    assert out.dtype == np.float32
    assert {w.dtype for w in model.weights} == {"float32"}
    assert model.get_layer("down0_conv0").compute_dtype == dtype.removeprefix("mixed_")


@pytest.mark.parametrize("name", shipped_profiles())
def test_shipped_profiles_can_be_built(name: str) -> None:
    model = build_network(load_profile(name), 1, 2)
    assert model.input_shape == (None, None, None, 1)


def test_the_default_unet_has_the_size_that_its_description_gives() -> None:
    model = build_network(load_profile("default_confmaps"), 1, 13)

    def conv(kernel: int, inputs: int, outputs: int) -> int:
        return kernel * kernel * inputs * outputs + outputs

    pairs = [(1, 32), (32, 32), (32, 64), (64, 64), (64, 128), (128, 128), (128, 256), (256, 128)]
    pairs += [(256, 128), (128, 64), (128, 64), (64, 32), (64, 32), (32, 32)]
    assert model.count_params() == sum(conv(5, *pair) for pair in pairs) + conv(3, 32, 13)


def test_an_unknown_backbone_is_named() -> None:
    profile = small()
    profile.model.backbone_name = "ResNet50"
    with pytest.raises(UnknownNameError, match=r"'ResNet50'.*UNet, LeapCNN|LeapCNN, UNet"):
        build_network(profile, 1, 1)


def test_a_new_network_puts_out_little() -> None:
    """Targets are nearly all 0: from large outputs the first epochs would only find that out."""
    for name in ("default_confmaps", "default_pafs"):
        profile = load_profile(name)
        profile.model.backbone["num_filters"] = 8
        images = np.random.default_rng(0).random((1, 32, 32, 1), dtype=np.float32)
        assert np.abs(np.asarray(build_network(profile, 1, 4)(images))).max() < 0.5
