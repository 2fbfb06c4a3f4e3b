import pytest
from qtpy.QtCore import QByteArray, Qt

from sleap.gui.window_state import held_key, packed, unpacked


def test_bytes_come_back() -> None:
    state = QByteArray(b"\x00\x01window\xff")
    assert unpacked(packed(state)) == state


@pytest.mark.parametrize("text", ["", "not base64!", "ü", "abc"])
def test_what_is_nothing_of_the_kind_is_left_alone(text: str) -> None:
    assert unpacked(text) is None


def test_keys_that_are_held() -> None:
    assert held_key(("X", "Y")) == Qt.Key.Key_X
    assert held_key(()) is None
    assert held_key(("",)) is None
