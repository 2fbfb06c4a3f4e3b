"""Options of encoder-decoder networks."""

import pytest

from sleap.errors import ProfileError
from sleap.nn.backbones.unet import UNet


@pytest.mark.parametrize(("down", "up", "stride"), [(3, 3, 1), (3, 2, 2), (4, 0, 16), (1, 1, 1)])
def test_strides(down: int, up: int, stride: int) -> None:
    backbone = UNet(down_blocks=down, up_blocks=up)
    assert backbone.max_stride == 2**down
    assert backbone.output_stride == stride


def test_output_may_not_be_larger_than_the_input() -> None:
    with pytest.raises(ProfileError, match=r"up_blocks is 4; expected at most down_blocks.* 3"):
        UNet(down_blocks=3, up_blocks=4)
