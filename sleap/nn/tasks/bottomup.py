"""Part affinity fields: which points belong together, for the grouping step of bottom-up."""

from typing import Self

import numpy as np
from attrs import frozen

from sleap.core.skeleton import Skeleton
from sleap.errors import LabelsError
from sleap.nn.codecs import part_affinity_fields
from sleap.nn.config.output_type import OutputType
from sleap.nn.config.profile import Profile
from sleap.nn.data.example import Float32Array
from sleap.nn.tasks.task import TASKS, Task


@TASKS.register(OutputType.PAFS.word)
@frozen
class BottomUp(Task):
    """Two channels per edge: the direction from its source to its destination, around it."""

    @classmethod
    def from_profile(cls, profile: Profile, skeleton: Skeleton, stride: int) -> Self:
        """Make the task of a profile; see ``Task``.

        Raises:
            LabelsError: If the skeleton has no edges.
        """
        if not skeleton.edges:
            raise LabelsError(
                f"The skeleton '{skeleton.name}' has no edges, so part affinity fields cannot be "
                "learned. Connect its nodes by edges, or train confidence maps or top-down."
            )
        return super().from_profile(profile, skeleton, stride)

    @property
    def n_outputs(self) -> int:
        """Twice as many as edges."""
        return 2 * len(self.skeleton.edges)

    def encode(
        self, points: Float32Array, centre: int | None, shape: tuple[int, int]
    ) -> Float32Array:
        """Draw the edges of all instances; see ``Task``."""
        edges = np.array(self.skeleton.edges, dtype=np.int64).reshape(-1, 2)
        return part_affinity_fields.encode(
            points, edges, shape, sigma=self.sigma, stride=self.stride
        )
