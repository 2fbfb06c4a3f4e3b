"""The network of a profile, told without building it."""

import pytest

from sleap.nn.config.profile import load_profile
from sleap.nn.config.shipped import shipped_profiles
from sleap.nn.model import build_network
from sleap.nn.planning.network import describe, input_shape


@pytest.mark.parametrize("name", shipped_profiles())
def test_weights_are_those_of_the_network(name: str) -> None:
    profile = load_profile(name)
    facts = describe(profile, (200, 300), channels=1, n_outputs=5)
    assert facts.n_weights == build_network(profile, 1, 5).count_params()


def test_shapes_follow_scale_crop_and_stride() -> None:
    profile = load_profile("default_confmaps")
    profile.trainer.instance_crop = False
    profile.trainer.scale = 0.5
    profile.model.backbone |= {"down_blocks": 4, "up_blocks": 2}
    facts = describe(profile, (200, 300), channels=1, n_outputs=5)
    assert facts.input_shape == (112, 160)
    assert facts.output_shape == (28, 40, 5)
    assert (facts.max_stride, facts.output_stride) == (16, 4)
    crops = load_profile("default_topdown")
    crops.trainer.bounding_box_size = 100
    assert input_shape(crops, (200, 300), 16) == (112, 112)


def test_work_and_memory_grow_with_the_image_and_the_batch() -> None:
    profile = load_profile("balanced_confmaps")
    small, large = (describe(profile, (n, n), channels=1, n_outputs=5) for n in (256, 512))
    assert large.operations == pytest.approx(4 * small.operations)
    assert small.operations_per_step == 3 * small.operations
    profile.trainer.batch_size *= 2
    assert describe(profile, (256, 256), channels=1, n_outputs=5).memory > 1.9 * small.memory
