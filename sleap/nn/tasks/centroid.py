"""One confidence map of the animals' centres: the first step of top-down."""

from sleap.nn.codecs import confidence_maps
from sleap.nn.config.output_type import OutputType
from sleap.nn.data.centroid import centroids
from sleap.nn.data.example import Float32Array
from sleap.nn.tasks.task import TASKS, Task


@TASKS.register(OutputType.CENTROIDS.word)
class Centroid(Task):
    """One map with a peak at the centroid of every instance."""

    @property
    def n_outputs(self) -> int:
        """One."""
        return 1

    def encode(
        self, points: Float32Array, centre: int | None, shape: tuple[int, int]
    ) -> Float32Array:
        """Draw the centroids; see ``Task``."""
        found = centroids(points, self.centre_node)[:, None]
        return confidence_maps.encode(found, shape, sigma=self.sigma, stride=self.stride)
