"""What every task answers, and how the one of a profile is found."""

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from attrs import frozen

from sleap.core.skeleton import Skeleton
from sleap.errors import ProfileError
from sleap.nn.config.profile import Profile
from sleap.nn.data.example import Float32Array
from sleap.registry import Registry


@frozen
class Task(ABC):
    """What one kind of network learns: how many channels, on what images, towards what."""

    NEEDS_CROPS: ClassVar[bool] = False

    skeleton: Skeleton
    sigma: float
    """Spread of the targets, pixels of the network's input."""
    stride: int
    """Input pixels per cell of the targets."""
    is_cropped: bool
    """Whether an example is a crop around one instance instead of a whole frame."""
    centre_node: int | None
    """The node that is an instance's centre; None: the middle of its bounding box."""

    @classmethod
    def from_profile(cls, profile: Profile, skeleton: Skeleton, stride: int) -> Self:
        """Make the task of a profile.

        Args:
            profile: What to train.
            skeleton: The skeleton of the labels.
            stride: Output stride of the backbone.

        Raises:
            ProfileError: If the skeleton has no such centre node.
        """
        trainer = profile.trainer
        node = trainer.instance_crop_ctr_node_ind if trainer.instance_crop_use_ctr_node else None
        if node is not None and node >= skeleton.n_nodes:
            raise ProfileError(
                f"trainer.instance_crop_ctr_node_ind is {node}, but the skeleton has the nodes 0 "
                f"to {skeleton.n_nodes - 1}: {', '.join(skeleton.node_names)}."
            )
        is_cropped = cls.NEEDS_CROPS or trainer.instance_crop
        return cls(skeleton, trainer.sigma, stride, is_cropped, node)

    @property
    @abstractmethod
    def n_outputs(self) -> int:
        """How many channels the network puts out."""

    @abstractmethod
    def encode(
        self, points: Float32Array, centre: int | None, shape: tuple[int, int]
    ) -> Float32Array:
        """Draw what the network should put out.

        Args:
            points: (n_instances, n_nodes, 2), pixels of the network's input; NaN if missing.
            centre: Row of the instance that the crop is centred on; None for a whole frame.
            shape: (height, width) of the network's input, multiples of the stride.

        Returns:
            (height // stride, width // stride, n_outputs) float32.
        """


TASKS: Registry[type[Task]] = Registry("task")
"""The tasks by the word of their output type."""


def make_task(profile: Profile, skeleton: Skeleton, stride: int) -> Task:
    """Make the task of a profile; see ``Task.from_profile``."""
    kind = TASKS.get(profile.model.output_type.word)
    return kind.from_profile(profile, skeleton, stride)
