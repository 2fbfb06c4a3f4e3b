"""Pictures made ready for a screen."""

import numpy as np
import pytest

from sleap.video.develop import Recipe, develop


def reds(frame: np.ndarray, recipe: Recipe) -> list[int]:
    return [int(value) for value in develop(frame, recipe)[0, :, 2]]


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
    assert made[1, 2].tolist() == [30, 20, 10, 255]  # blue first


@pytest.mark.parametrize("shape", [(256, 256), (256, 256, 1), (256, 256, 3)])
def test_shrunk_pixels_are_averaged(shape: tuple[int, ...]) -> None:
    board = np.broadcast_to(np.indices((256, 256)).sum(axis=0)[..., None] % 2 * 255, (256, 256, 3))
    frame = np.ascontiguousarray(board[..., 0] if len(shape) == 2 else board[..., : shape[2]])
    made = develop(frame.astype(np.uint8), Recipe(scale=0.3))
    assert made.shape == (77, 77, 4)
    assert made[5:-5, 5:-5, :3].min() > 90 and made[5:-5, 5:-5, :3].max() < 165
