"""Confidence maps of the one animal in the middle of a crop: the second step of top-down."""

from typing import ClassVar

from sleap.nn.codecs import confidence_maps
from sleap.nn.config.output_type import OutputType
from sleap.nn.data.example import Float32Array
from sleap.nn.tasks.task import TASKS, Task


@TASKS.register(OutputType.TOPDOWN.word)
class CenteredInstance(Task):
    """One map per node, with a peak at that node of the centred instance only."""

    NEEDS_CROPS: ClassVar[bool] = True

    @property
    def n_outputs(self) -> int:
        """As many as nodes."""
        return self.skeleton.n_nodes

    def encode(
        self, points: Float32Array, centre: int | None, shape: tuple[int, int]
    ) -> Float32Array:
        """Draw the centred instance; see ``Task``."""
        if centre is None:
            raise ValueError("a centred instance is learned from crops only")
        chosen = points[centre : centre + 1]
        return confidence_maps.encode(chosen, shape, sigma=self.sigma, stride=self.stride)
