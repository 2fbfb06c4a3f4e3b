"""Noise and sculptures."""

import numpy as np

from sleap.samples.texture import Sculpture, clouds, fur


def test_noise_is_normalised_and_seeded() -> None:
    for make in (clouds, fur):
        a, b = (make(np.random.default_rng(1), (60, 90), 12.0) for _ in range(2))
        assert a.shape == (60, 90) and a.dtype == np.float32
        assert abs(float(a.mean())) < 1e-3 and abs(float(a.std()) - 1) < 1e-3
        assert np.array_equal(a, b)


def test_clouds_are_smooth_and_hairs_lie_along_the_columns() -> None:
    soft = clouds(np.random.default_rng(0), (80, 80), 20.0)
    assert np.abs(np.diff(soft, axis=1)).mean() < 0.4
    hair = fur(np.random.default_rng(0), (80, 80), 12.0)
    assert np.abs(np.diff(hair, axis=1)).mean() < 0.6 * np.abs(np.diff(hair, axis=0)).mean()


def test_ellipsoid_becomes_a_lit_sprite() -> None:
    model = Sculpture((-1.0, 1.0, -0.5, 0.5), 40.0)
    model.ellipsoid((0.2, 0.0), (0.5, 0.3), (0.5, 0.5, 0.5))
    sprite = model.sprite(1)
    assert sprite.albedo.shape == (41, 81, 1)
    cover = sprite.form[..., 0]
    assert abs(cover.sum() / 40**2 - np.pi * 0.5 * 0.3) < 0.02
    row, column = 20, 48
    assert np.allclose(sprite.form[row, column], (1, 0, 0, 1), atol=0.05)
    # Surfaces face outwards.
    assert sprite.form[row, column - 12, 1] < -0.1 < 0.1 < sprite.form[row, column + 12, 1]
    assert sprite.form[row - 8, column, 2] < -0.1


def test_higher_body_hides_the_lower() -> None:
    model = Sculpture((-1.0, 1.0, -0.5, 0.5), 40.0)
    model.ellipsoid((0.0, 0.0), (0.5, 0.3), (1.0, 0.0, 0.0))
    model.ellipsoid((0.0, 0.0), (0.1, 0.1), (0.0, 1.0, 0.0), base=-1.0)
    assert np.allclose(model.albedo[20, 40], (1, 0, 0), atol=0.05)
    model.ellipsoid((0.0, 0.0), (0.1, 0.1), (0.0, 1.0, 0.0), base=1.0)
    assert np.allclose(model.albedo[20, 40], (0, 1, 0), atol=0.05)
