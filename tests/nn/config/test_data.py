"""Options about examples."""

import pytest

from sleap.errors import ProfileError
from sleap.nn.config.data import AugmentationOptions, DataOptions


def test_defaults() -> None:
    options = DataOptions()
    assert (options.val_size, options.scale, options.sigma) == (0.1, 1.0, 5.0)
    assert (options.instance_crop, options.bounding_box_size) == (False, 0)
    assert (AugmentationOptions().augment_rotate, AugmentationOptions().augment_rotation) == (
        True,
        180.0,
    )


def test_validation_may_not_take_everything() -> None:
    with pytest.raises(ProfileError, match="less than 1"):
        DataOptions(val_size=1)
