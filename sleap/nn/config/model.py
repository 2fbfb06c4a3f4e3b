"""The group ``model`` of a profile: which network, for which skeleton."""

# ruff: noqa: RUF009 (``option`` makes a new attrs field on each call)

from typing import Any, ClassVar

from attrs import NOTHING, Factory, define

from sleap.nn.config.output_type import OutputType
from sleap.nn.config.schema import Group, option


@define(kw_only=True, slots=False)
class ModelConfig(Group):
    """Which network is trained, and what its channels stand for."""

    PATH: ClassVar[str] = "model"

    output_type: OutputType = option(
        NOTHING,
        "What the network puts out: 0 confidence maps, 1 part affinity fields, 2 centroids, "
        "3 top-down confidence maps.",
    )
    backbone_name: str = option("UNet", "Architecture of the network.")
    backbone: dict[str, Any] = option(Factory(dict), "Options of the architecture, by name.")
    skeletons: list[Any] | None = option(
        None, "The skeletons that the channels stand for; filled in by training."
    )
    average_multi_output: bool = option(
        True, "Whether the outputs of a network with several are averaged."
    )
    input_channels: int = option(
        0, "Colour channels of the input: 0 as the data, 1 grayscale, 3 RGB.", at_least=0, at_most=3
    )

    def to_dict(self) -> dict[str, Any]:
        """Return the group as a JSON object, the output type as its number."""
        return super().to_dict() | {"output_type": int(self.output_type)}
