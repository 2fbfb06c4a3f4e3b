"""A colleague sends a training package: labels with their images, and no video."""

from collections.abc import Callable
from pathlib import Path

import cv2
import h5py
import numpy as np
import numpy.typing as npt

from tests.gui.stories.user import User, points_of

FIRST, SECOND = 1, 13


def embedded(path: Path, frame_idx: int) -> npt.NDArray[np.uint8]:
    """Return the image of a frame as the file holds it: (height, width) uint8."""
    with h5py.File(path) as file:
        group = file["video0"]
        row = group["frame_numbers"][:].tolist().index(frame_idx)
        coded = np.frombuffer(bytes(group["video"][row]), np.uint8)
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE))


def assert_shown(user: User, path: Path, frame_idx: int) -> None:
    user.wait_for_frame()
    assert user.session.frame_idx == frame_idx
    image = user.canvas.scene.picture.image
    assert image is not None
    np.testing.assert_array_equal(np.squeeze(image), embedded(path, frame_idx))


def test_open_a_package(experienced: User, copied: Callable[[str], Path]) -> None:
    user = experienced
    path = copied("mouse_openfield") / "val.pkg.slp"
    path.with_name("m3v1.mp4").unlink()
    images = {frame_idx: embedded(path, frame_idx) for frame_idx in (FIRST, SECOND)}
    window = user.start(path)
    user.wait(lambda: window.session.document.path == path)
    assert_shown(user, path, FIRST)
    user.press("Alt+Right")
    assert_shown(user, path, SECOND)

    user.press("1")
    instance = user.session.instance
    assert instance is not None
    tail = points_of(instance)[3].copy()
    tail += user.drag(tail, tail - 25)
    user.press("Ctrl+S")
    user.wait_for_jobs()
    assert not window.isWindowModified()
    window.close()

    again = user.start(path)
    user.wait(lambda: again.session.document.path == path)
    assert_shown(user, path, SECOND)  # where it was left
    assert len(again.session.labels) == 12
    (instance,) = again.session.frame.instances
    np.testing.assert_allclose(points_of(instance)[3], tail)
    for frame_idx, image in images.items():
        np.testing.assert_array_equal(embedded(path, frame_idx), image)
