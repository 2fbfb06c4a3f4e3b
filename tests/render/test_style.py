"""Styles refuse what cannot be drawn."""

import attrs
import pytest

from sleap.errors import OptionError
from sleap.render.style import Style


def test_every_option_has_help() -> None:
    assert all(field.metadata.get("help") for field in attrs.fields(Style))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"palette": "fife+"}, r"palette is 'fife\+'. Did you mean 'five\+'"),
        ({"color_by": "tracks"}, "Did you mean 'track'"),
        ({"edges": "wedges"}, "Did you mean 'wedge'"),
        ({"background": "gray"}, "Did you mean 'grey'"),
        ({"marker_size": -1}, "marker_size is -1"),
        ({"trail_length": -3}, "trail_length is -3"),
        ({"scale": 0}, "scale is 0"),
        ({"crop": (0, 5)}, "crop is"),
    ],
)
def test_wrong_values(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Style(**wrong)  # type: ignore[arg-type]
