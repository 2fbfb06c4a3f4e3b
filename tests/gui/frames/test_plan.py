"""What is decoded ahead."""

import numpy as np

from sleap.gui.frames import plan


def test_ahead_in_the_direction_of_travel() -> None:
    assert plan(10, 1, 3, 100) == [11, 12, 13]
    assert plan(10, 5, 3, 100) == [15, 20, 25]
    assert plan(98, 1, 3, 100) == [99]


def test_backwards_in_the_order_of_decoding() -> None:
    assert plan(10, -1, 3, 100) == [7, 8, 9]
    assert plan(1, -1, 3, 100) == [0]


def test_of_embedded_images_only_those_there_are() -> None:
    known = np.array([50, 3, 8, 90])
    assert plan(8, 1, 3, 4, known) == [50, 90]
    assert plan(8, -1, 3, 4, known) == [3]


def test_without_room_nothing() -> None:
    assert plan(10, 1, 0, 100) == []
