"""Confidence maps of all animals in view: one animal per video, or the peaks of bottom-up."""

from sleap.nn.codecs import confidence_maps
from sleap.nn.config.output_type import OutputType
from sleap.nn.data.example import Float32Array
from sleap.nn.tasks.task import TASKS, Task


@TASKS.register(OutputType.CONFMAPS.word)
class SingleInstance(Task):
    """One map per node, with a peak at that node of every instance."""

    @property
    def n_outputs(self) -> int:
        """As many as nodes."""
        return self.skeleton.n_nodes

    def encode(
        self, points: Float32Array, centre: int | None, shape: tuple[int, int]
    ) -> Float32Array:
        """Draw all instances; see ``Task``."""
        return confidence_maps.encode(points, shape, sigma=self.sigma, stride=self.stride)
