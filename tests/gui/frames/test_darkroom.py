"""Frames made ready for the screen."""

import numpy as np
import pytest

from sleap.gui.frames.darkroom import Darkroom, Recipe, as_qimage, develop


def reds(frame: np.ndarray, recipe: Recipe) -> list[int]:
    made = develop(frame, recipe)
    return [as_qimage(made).pixelColor(x, 0).red() for x in range(made.shape[1])]


def test_brightness_and_contrast() -> None:
    frame = np.array([[0, 100, 127, 200, 255]], np.uint8)
    assert reds(frame, Recipe()) == frame[0].tolist()
    assert reds(frame, Recipe(brightness=0.2)) == [51, 151, 178, 251, 255]
    assert set(reds(frame, Recipe(contrast=0.0))) == {128}


def test_colors_are_kept_and_the_frame_is_not_written_to() -> None:
    frame = np.zeros((2, 3, 3), np.uint8)
    frame[1, 2] = 10, 20, 30
    frame.flags.writeable = False
    made = develop(frame, Recipe())
    assert as_qimage(made).pixelColor(2, 1).getRgb() == (10, 20, 30, 255)


@pytest.mark.parametrize("shape", [(256, 256), (256, 256, 1), (256, 256, 3)])
def test_shrunk_pixels_are_averaged(shape: tuple[int, ...]) -> None:
    board = np.broadcast_to(np.indices((256, 256)).sum(axis=0)[..., None] % 2 * 255, (256, 256, 3))
    frame = np.ascontiguousarray(board[..., 0] if len(shape) == 2 else board[..., : shape[2]])
    made = develop(frame.astype(np.uint8), Recipe(scale=0.3))
    assert made.shape == (77, 77, 4)
    assert made[5:-5, 5:-5, :3].min() > 90 and made[5:-5, 5:-5, :3].max() < 165


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
