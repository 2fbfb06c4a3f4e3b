"""Kinds of networks."""

import pytest

from sleap.errors import ProfileError
from sleap.nn.config.output_type import OutputType


def test_numbers_and_words() -> None:
    assert [int(member) for member in OutputType] == [0, 1, 2, 3]
    assert [member.word for member in OutputType] == [
        "confmaps",
        "pafs",
        "centroids",
        "topdown_confidence_maps",
    ]


@pytest.mark.parametrize(
    "value", [3, "3", "topdown", "TOPDOWN_confidence_maps", OutputType.TOPDOWN]
)
def test_from_json(value: object) -> None:
    assert OutputType.from_json(value) is OutputType.TOPDOWN


@pytest.mark.parametrize("value", [4, -1, True, None, "maps", 1.5])
def test_from_json_refuses(value: object) -> None:
    with pytest.raises(ProfileError, match=r"model\.output_type is .*0 \(confmaps\)"):
        OutputType.from_json(value, "model.output_type")
