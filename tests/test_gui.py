"""``None`` survives many calls of Qt, whatever the Python."""

import sys

from qtpy.QtCore import QRectF

import sleap.gui


def test_calls_that_return_nothing_do_not_use_none_up() -> None:
    box = QRectF(0, 0, 1, 1)
    for _ in range(20_000):
        box.translate(0, 0)
    assert sys.getrefcount(None) > 20_000
    assert sleap.gui.__doc__
