import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.occupancy import FRAME_BITS
from sleap.gui.timeline.runs import Runs


def keys_of(places: set[tuple[int, int]]) -> np.ndarray:
    return np.array([(track << FRAME_BITS) | frame for track, frame in sorted(places)], np.int64)


PLACES = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 12)))


def test_neighbors_join_but_not_over_tracks() -> None:
    runs = Runs.of_keys(keys_of({(0, 3), (0, 4), (0, 7), (1, 0), (1, 1)}))
    assert len(runs) == 3
    assert runs.tracks.tolist() == [0, 1]
    assert runs.run_at(0, 4) == (3, 4)
    assert runs.run_at(0, 7) == (7, 7)
    assert runs.run_at(0, 5) is None
    assert runs.run_at(2, 0) is None


@given(PLACES, PLACES)
def test_setting_frames_gives_what_making_anew_gives(
    before: set[tuple[int, int]], after: set[tuple[int, int]]
) -> None:
    runs = Runs.of_keys(keys_of(before))
    for frame in range(13):
        there = {track for track, one in after if one == frame}
        was = {track for track, one in before if one == frame}
        assert runs.set_frame(frame, there) == (there != was)
    anew = Runs.of_keys(keys_of(after))
    assert runs.starts.tolist() == anew.starts.tolist()
    assert runs.ends.tolist() == anew.ends.tolist()
    assert runs.tracks.tolist() == sorted({track for track, _ in after})
    for frame in range(13):
        assert runs.at(frame).tolist() == sorted(t for t, one in after if one == frame)


@given(PLACES, st.integers(1, 30))
def test_coverage_is_the_part_of_a_column(places: set[tuple[int, int]], n_columns: int) -> None:
    runs = Runs.of_keys(keys_of(places))
    edges = np.linspace(0, 13, n_columns + 1)
    covered = runs.coverage(np.arange(4), edges)
    fine = np.zeros((4, 13))
    for track, frame in places:
        fine[track, frame] = 1
    whole = np.c_[np.zeros(4), np.cumsum(fine, axis=1)]
    exact = np.array([np.interp(edges, np.arange(14), row) for row in whole])
    np.testing.assert_allclose(covered, np.diff(exact) / np.diff(edges), atol=1e-9)


def test_of_nothing_nothing_is_covered() -> None:
    runs = Runs()
    assert not runs.coverage(np.arange(2), np.linspace(0, 5, 4)).any()
    assert not runs.at(0).size
