"""Empty arenas."""

import numpy as np
import pytest

from sleap.samples.arena import ARENAS, paint_arena


@pytest.mark.parametrize("kind", ARENAS.names)
@pytest.mark.parametrize("channels", [1, 3])
def test_arena_has_texture_and_is_seeded(kind: str, channels: int) -> None:
    a, b, other = (
        paint_arena(kind, np.random.default_rng(seed), (90, 130), 30.0, channels)
        for seed in (0, 0, 1)
    )
    assert a.shape == (90, 130, channels) and a.dtype == np.float32
    assert a.min() >= 0 and a.max() <= 1
    assert np.array_equal(a, b) and not np.array_equal(a, other)
    assert a.std() > 0.01


def test_arenas_differ_in_tone() -> None:
    plate, box = (
        paint_arena(kind, np.random.default_rng(0), (90, 90), 30.0, 1) for kind in ("plate", "box")
    )
    assert plate.mean() < 0.25 < 0.4 < box.mean()
