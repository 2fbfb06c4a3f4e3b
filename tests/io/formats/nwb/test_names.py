from urllib.parse import unquote

import pytest

from sleap.io.formats.nwb.names import RESERVED, encode


@pytest.mark.parametrize("name", ["a/b:c%d", "nose", "description", "..", "mouse β", ""])
def test_names_come_back(name: str) -> None:
    assert unquote(encode(name)) == name


def test_what_nwb_does_not_allow_is_gone() -> None:
    assert encode("a/b:c") == "a%2Fb%3Ac"
    assert not {encode(name) for name in RESERVED} & RESERVED
    assert encode("head tip") == "head tip"
