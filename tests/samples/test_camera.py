"""Light, blur and noise of the camera."""

import numpy as np

from sleap.samples.camera import Camera


def camera(**settings: float) -> Camera:
    values = {"noise": 0.0, "blur": 0.0, "drift": 0.0} | settings
    return Camera((60, 80), np.random.default_rng(0), (3, 1), **values)


def test_ideal_camera_only_makes_bytes() -> None:
    scene = np.linspace(0, 1, 60 * 80, dtype=np.float32).reshape(60, 80, 1)
    picture = camera().expose(scene, 5)
    assert picture.shape == (60, 80)
    assert np.abs(picture - scene[..., 0] * 255).max() <= 0.5001


def test_noise_grows_with_light_and_differs_between_frames() -> None:
    noisy = camera(noise=0.02)
    dark, bright = (np.full((60, 80, 3), level, np.float32) for level in (0.1, 0.7))
    assert noisy.expose(dark, 0).std() < noisy.expose(bright, 0).std() < 0.03 * 255
    assert not np.array_equal(noisy.expose(bright, 0), noisy.expose(bright, 1))
    assert np.array_equal(noisy.expose(bright, 4), noisy.expose(bright, 4))


def test_light_drifts_slowly() -> None:
    drifting = camera(drift=1.0)
    levels = np.array([drifting.light(i).mean() for i in range(0, 400, 10)])
    assert levels.std() > 0.01
    assert np.abs(drifting.light(10) - drifting.light(11)).max() < 0.01


def test_blur_softens() -> None:
    scene = np.zeros((60, 80, 1), np.float32)
    scene[:, 40:] = 1
    assert np.abs(np.diff(camera(blur=1.0).expose(scene, 0).astype(int), axis=1)).max() < 130
