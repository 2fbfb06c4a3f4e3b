"""The group ``model``."""

import pytest

from sleap.errors import ProfileError
from sleap.nn.config.model import ModelConfig
from sleap.nn.config.output_type import OutputType


def test_output_type_is_written_as_its_number() -> None:
    model = ModelConfig.from_dict({"output_type": "2"})
    assert model.output_type is OutputType.CENTROIDS
    written = model.to_dict()["output_type"]
    assert written == 2
    assert type(written) is int


def test_output_type_must_be_given() -> None:
    with pytest.raises(ProfileError, match=r"model\.output_type' is missing"):
        ModelConfig.from_dict({"backbone_name": "UNet"})
