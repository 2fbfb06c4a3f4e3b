import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleap.tracking.candidates import Memory, summarize_by_track
from sleap.tracking.sightings import Sightings


def see(*values: float) -> Sightings:
    return Sightings(
        np.array(values).reshape(-1, 1, 1) * np.ones((1, 1, 2)), np.ones((len(values), 1))
    )


def test_old_frames_are_forgotten() -> None:
    memory = Memory(2)
    memory.remember(see(1, 2), np.array([0, 1]))
    memory.remember(see(3), np.array([0]))
    assert memory.tracks.tolist() == [0, 1, 0]
    memory.remember(see(), np.empty(0, np.int64))
    assert memory.tracks.tolist() == [0]
    assert memory.sightings is not None
    assert memory.sightings.points[0, 0, 0] == 3
    memory.remember(see(), np.empty(0, np.int64))
    assert len(memory) == 0
    assert memory.n_frames == 4


def test_a_track_by_itself_is_never_forgotten() -> None:
    memory = Memory(2, per_track=True)
    memory.remember(see(1, 2), np.array([1, 0]))
    for value in (3, 4, 5):
        memory.remember(see(value), np.array([0]))
    assert memory.tracks.tolist() == [1, 0, 0]
    assert memory.frames.tolist() == [0, 2, 3]
    assert memory.sightings is not None
    assert memory.sightings.points[:, 0, 0].tolist() == [1, 4, 5]


def test_nothing_to_summarize() -> None:
    values, tracks = summarize_by_track(np.empty((2, 0)), np.empty(0, np.int64))
    assert values.shape == (2, 0)
    assert len(tracks) == 0


def test_what_cannot_be_compared_does_not_count() -> None:
    values, tracks = summarize_by_track(
        np.array([[np.nan, 0.5, np.nan, np.nan]]), np.array([3, 3, 1, 1])
    )
    assert tracks.tolist() == [1, 3]
    np.testing.assert_array_equal(values, [[np.nan, 0.5]])


@given(seed=st.integers(0, 10_000), quantile=st.sampled_from([0.0, 0.3, 0.5, 1.0]))
def test_quantiles_are_those_of_numpy(seed: int, quantile: float) -> None:
    random = np.random.default_rng(seed)
    tracks = random.integers(0, 4, 9)
    values = random.random((2, 9))
    values[random.random((2, 9)) < 0.2] = np.nan
    result, names = summarize_by_track(values, tracks, quantile)
    assert names.tolist() == sorted(set(tracks.tolist()))
    for column, name in enumerate(names):
        for row in range(2):
            part = values[row, tracks == name]
            part = part[~np.isnan(part)]
            expected = np.quantile(part, quantile) if len(part) else np.nan
            np.testing.assert_allclose(result[row, column], expected)
