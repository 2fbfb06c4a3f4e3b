"""U-Net: down and up again, each step up joined with what the same depth saw on the way down.

Ronneberger et al., "U-Net: convolutional networks for biomedical image segmentation" (MICCAI 2015).
"""

from typing import Any

from attrs import define

from sleap.nn.backbones.backbone import BACKBONES, Parts
from sleap.nn.backbones.pyramid import Pyramid
from sleap.nn.config.schema import option


@BACKBONES.register("UNet")
@define(kw_only=True, slots=False)
class UNet(Pyramid):
    """U-Net with ``num_filters * 2**depth`` filters at each depth."""

    convs_per_depth: int = option(2, "Convolutions at each depth.", at_least=1, at_most=8)
    num_filters: int = option(16, "Filters of the first convolution.", at_least=1, at_most=4096)
    kernel_size: int = option(5, "Side of the convolutions.", unit="cells", at_least=1, at_most=31)

    def stack(self, x: Any, parts: Parts) -> Any:
        """Put the parts together; see ``Backbone``."""
        skips = []
        for depth in range(self.down_blocks):
            if depth > 0:
                x = parts.halve(x, f"down{depth}_pool")
            x = self._convolve(x, [depth] * self.convs_per_depth, f"down{depth}", parts)
            skips.append(x)
        bottom = self.down_blocks
        x = parts.halve(x, "bottom_pool")
        x = self._convolve(x, self._contracting(bottom), "bottom", parts)
        for depth in reversed(range(self.down_blocks - self.up_blocks, self.down_blocks)):
            x = self._double(x, self._filters(depth), f"up{depth}_double", parts)
            x = parts.concatenate(x, skips[depth], f"up{depth}_skip")
            x = self._convolve(x, self._contracting(depth), f"up{depth}", parts)
        return x

    def _filters(self, depth: int) -> int:
        return int(self.num_filters * 2**depth)

    def _contracting(self, depth: int) -> list[int]:
        """Depths that set the filters of convolutions of which the last prepares the way up."""
        return [depth] * (self.convs_per_depth - 1) + [max(0, depth - 1)]

    def _convolve(self, x: Any, depths: list[int], name: str, parts: Parts) -> Any:
        for i, depth in enumerate(depths):
            x = parts.conv(x, self._filters(depth), self.kernel_size, f"{name}_conv{i}")
        return x
