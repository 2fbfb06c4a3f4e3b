"""Backbones that go down by factors of two and come back up."""

from typing import Any

from attrs import define

from sleap.errors import ProfileError
from sleap.nn.backbones.backbone import Backbone, Parts
from sleap.nn.config.schema import option


@define(kw_only=True, slots=False)
class Pyramid(Backbone):
    """Options of encoder-decoder networks."""

    down_blocks: int = option(3, "How often the image is halved.", at_least=1, at_most=8)
    up_blocks: int = option(
        3, "How often it is doubled again; at most as often as halved.", at_least=0, at_most=8
    )
    upsampling_layers: bool = option(
        True, "Whether doubling interpolates; else a transposed convolution learns to."
    )
    interp: str = option("bilinear", "How doubling interpolates.", choices=("bilinear", "nearest"))

    def __attrs_post_init__(self) -> None:
        """Check what no single option can."""
        if self.up_blocks > self.down_blocks:
            raise ProfileError(
                f"model.backbone.up_blocks is {self.up_blocks}; expected at most down_blocks, "
                f"which is {self.down_blocks}."
            )

    @property
    def max_stride(self) -> int:
        """The input's height and width must be multiples of it, pixels."""
        return int(2**self.down_blocks)

    @property
    def output_stride(self) -> int:
        """Input pixels per cell of the features."""
        return int(2 ** (self.down_blocks - self.up_blocks))

    def _double(self, x: Any, filters: int, name: str, parts: Parts) -> Any:
        """Double the size as the options say; interpolation keeps the channels of ``x``."""
        if self.upsampling_layers:
            return parts.interpolate(x, name, self.interp)
        return parts.transposed_conv(x, filters, name)
