"""What all backbones have in common, and how a profile's is found."""

from abc import abstractmethod
from typing import Any, ClassVar, Protocol

from attrs import define

from sleap.errors import ProfileError
from sleap.nn.config.model import ModelConfig
from sleap.nn.config.schema import Group
from sleap.registry import Registry


class Parts(Protocol):
    """The layers that backbones are made of; names are for Keras."""

    def conv(self, x: Any, filters: int, kernel_size: int, name: str) -> Any:
        """Convolve, keeping the size, with a rectifier."""

    def halve(self, x: Any, name: str) -> Any:
        """Take the largest of each 2 x 2 cells."""

    def interpolate(self, x: Any, name: str, interp: str) -> Any:
        """Double the size by interpolation, "bilinear" or "nearest"."""

    def transposed_conv(self, x: Any, filters: int, name: str) -> Any:
        """Double the size by a learned transposed convolution of 3 x 3 cells."""

    def concatenate(self, x: Any, skip: Any, name: str) -> Any:
        """Join the channels of two maps of one size."""


@define(kw_only=True, slots=False)
class Backbone(Group):
    """An architecture with its options, which are the profile's ``model.backbone`` object."""

    PATH: ClassVar[str] = "model.backbone"

    @property
    @abstractmethod
    def max_stride(self) -> int:
        """The input's height and width must be multiples of it, pixels."""

    @property
    @abstractmethod
    def output_stride(self) -> int:
        """Input pixels per cell of the features."""

    @abstractmethod
    def stack(self, x: Any, parts: Parts) -> Any:
        """Put the parts together.

        Args:
            x: What the parts take: (n, height, width, channels), images in [0, 1].
            parts: What it is made of: Keras layers, or parts that only count.

        Returns:
            (n, height / output_stride, width / output_stride, filters).
        """

    def build(self, x: Any, *, dtype: str = "float32") -> Any:
        """Apply the backbone to a Keras tensor; see ``stack``.

        Args:
            x: Keras tensor (n, height, width, channels).
            dtype: Keras dtype policy of all layers.
        """
        from sleap.nn.backbones.blocks import KerasParts

        return self.stack(x, KerasParts(dtype))


BACKBONES: Registry[type[Backbone]] = Registry("backbone")


def make_backbone(model: ModelConfig) -> Backbone:
    """Make the backbone that a profile names.

    Raises:
        UnknownNameError: If there is none of that name.
        ProfileError: If it does not have one of the options, or not that value.
    """
    kind = BACKBONES.get(model.backbone_name)
    try:
        return kind.from_dict(model.backbone)
    except ProfileError as error:
        known = ", ".join(kind.options())
        raise ProfileError(f"{error} Options of {model.backbone_name}: {known}.") from None
