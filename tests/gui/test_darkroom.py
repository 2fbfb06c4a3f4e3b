"""Developed frames kept in memory."""

import numpy as np

from sleap.gui.darkroom import Darkroom
from sleap.video.develop import Recipe


def test_what_is_developed_is_kept_until_it_is_to_look_otherwise() -> None:
    darkroom, frame = Darkroom(), np.zeros((8, 8), np.uint8)
    first = darkroom.develop(frame)
    assert darkroom.has(frame) and darkroom.develop(frame) is first
    darkroom.recipe = Recipe(brightness=0.5)
    assert not darkroom.has(frame) and darkroom.n_bytes == 0
    assert darkroom.develop(frame)[0, 0, 0] == 128
    darkroom.clear()
    assert not darkroom.has(frame)


def test_no_more_is_kept_than_may_be() -> None:
    darkroom = Darkroom(max_bytes=4 * 64 * 3)
    frames = [np.full((8, 8), value, np.uint8) for value in range(5)]
    for frame in frames:
        darkroom.develop(frame)
    assert [darkroom.has(frame) for frame in frames] == [False, False, True, True, True]
    assert darkroom.n_bytes == 4 * 64 * 3 and darkroom.n_fitting == 3
