"""What all backbones have in common, and how a profile's is found."""

from abc import abstractmethod
from typing import Any, ClassVar

from attrs import define

from sleap.errors import ProfileError
from sleap.nn.config.model import ModelConfig
from sleap.nn.config.schema import Group
from sleap.registry import Registry


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
    def build(self, x: Any, *, dtype: str = "float32") -> Any:
        """Apply the backbone.

        Args:
            x: Keras tensor (n, height, width, channels), images in [0, 1].
            dtype: Keras dtype policy of all layers.

        Returns:
            Keras tensor (n, height / output_stride, width / output_stride, filters).
        """


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
