"""Frames in memory."""

import numpy as np

from sleap.gui.frames import KeptFrames

IMAGE = np.zeros((10, 10), np.uint8)


def test_the_ones_used_last_stay_within_the_budget() -> None:
    kept = KeptFrames(350)
    for index in range(3):
        kept.put((1, index), IMAGE)
    assert kept.get((1, 0)) is IMAGE
    kept.put((1, 3), IMAGE)
    assert kept.n_bytes == 300
    assert kept.has((1, 0)) and not kept.has((1, 1))


def test_one_image_is_kept_however_large() -> None:
    kept = KeptFrames(10)
    kept.put((1, 0), IMAGE)
    assert kept.has((1, 0))
    kept.put((1, 1), IMAGE)
    assert not kept.has((1, 0)) and kept.n_bytes == 100


def test_all_of_a_video_go_at_once_and_twice_counts_once() -> None:
    kept = KeptFrames(1000)
    kept.put((1, 0), IMAGE)
    kept.put((1, 0), IMAGE)
    kept.put((2, 0), IMAGE)
    kept.drop(1)
    assert kept.n_bytes == 100 and kept.has((2, 0))
