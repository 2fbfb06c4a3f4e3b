"""Contract of all groups of a profile: every option is declared whole, and has an effect."""

from typing import Any

import attrs
import pytest

from sleap.nn.config.model import ModelConfig
from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.config.output_type import OutputType
from sleap.nn.config.profile import Profile
from sleap.nn.config.schema import Group

SAMPLES: dict[type[Group], dict[str, Any]] = {
    ModelConfig: {"output_type": OutputType.PAFS, "backbone": {"a": 1}, "skeletons": [{}]},
    TrainerConfig: {"optimizer": "rmsprop", "precision": "bfloat16", "val_size": 0.25},
    Profile: {
        "model": ModelConfig(output_type=OutputType.PAFS),
        "trainer": TrainerConfig(seed=3),
    },
}
OPTIONS = [(group, key) for group in SAMPLES for key in group.options()]


def other_value(group: type[Group], attribute: "attrs.Attribute[Any]") -> Any:
    """Make a legal value that is not the default."""
    if attribute.name in SAMPLES[group]:
        return SAMPLES[group][attribute.name]
    default = attribute.default
    if attribute.type in (bool, bool | None):
        return not default
    if attribute.type in (int, int | None):
        return (default or 0) + 1
    if attribute.type is float:
        return default * 0.5 if default else 0.05
    return "other"


@pytest.mark.parametrize(("group", "key"), OPTIONS, ids=lambda x: getattr(x, "__name__", x))
def test_option_is_explained_and_survives(group: type[Group], key: str) -> None:
    attribute = group.options()[key]
    assert attribute.metadata["help"].endswith((".", "'pixel-center'."))
    required = {"output_type": 0} if group is ModelConfig else {}
    if group is Profile:
        required = {"model": ModelConfig(output_type=OutputType.CONFMAPS)}
    value = other_value(group, attribute)
    assert value != attribute.default
    made = group(**(required | {key: value}))
    assert getattr(made, key) == value
    assert group.from_dict(made.to_dict()) == made
    assert key in made.to_dict()
