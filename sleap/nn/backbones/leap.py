"""LEAP's network: three convolutions a depth down, two a step up, nothing joined across.

Pereira et al., "Fast animal pose estimation using deep neural networks" (Nature Methods 2019).
"""

from typing import Any

from attrs import define

from sleap.nn.backbones.backbone import BACKBONES, Parts
from sleap.nn.backbones.pyramid import Pyramid
from sleap.nn.config.schema import option

KERNEL_SIZE = 3


@BACKBONES.register("LeapCNN")
@define(kw_only=True, slots=False)
class LeapCNN(Pyramid):
    """LEAP's network with ``num_filters * 2**depth`` filters at each depth."""

    num_filters: int = option(64, "Filters of the first convolution.", at_least=1, at_most=4096)

    def stack(self, x: Any, parts: Parts) -> Any:
        """Put the parts together; see ``Backbone``."""
        for depth in range(self.down_blocks):
            x = self._convolve(x, depth, 3, f"down{depth}", parts)
            x = parts.halve(x, f"down{depth}_pool")
        x = self._convolve(x, self.down_blocks, 3, "bottom", parts)
        for depth in reversed(range(self.down_blocks - self.up_blocks, self.down_blocks)):
            x = self._double(x, self._filters(depth), f"up{depth}_double", parts)
            x = self._convolve(x, depth, 2, f"up{depth}", parts)
        return x

    def _filters(self, depth: int) -> int:
        return int(self.num_filters * 2**depth)

    def _convolve(self, x: Any, depth: int, n_convs: int, name: str, parts: Parts) -> Any:
        for i in range(n_convs):
            x = parts.conv(x, self._filters(depth), KERNEL_SIZE, f"{name}_conv{i}")
        return x
