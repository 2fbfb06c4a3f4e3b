import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.instance import PredictedInstance
from sleap.core.labels import Labels
from sleap.core.series import STATISTICS
from sleap.errors import UnknownNameError
from sleap.gui.timeline.graph import Graph

NAME = "instance_score_min"


def make(n: int, seed: int) -> Graph:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=n)
    values[rng.random(n) < 0.3] = np.nan
    return Graph(NAME, values)


@given(st.integers(1, 9000), st.integers(1, 300), st.integers(0, 5))
def test_no_peak_is_lost_at_any_zoom(n: int, n_columns: int, seed: int) -> None:
    graph = make(n, seed)
    lowest, highest = graph.columns(np.linspace(0, n, min(n_columns, n) + 1))
    known = graph.values[~np.isnan(graph.values)]
    if not len(known):
        assert np.isnan(lowest).all() and np.isnan(highest).all()
        return
    assert np.nanmin(lowest) == known.min()
    assert np.nanmax(highest) == known.max()
    assert (np.isnan(lowest) == np.isnan(highest)).all()


def test_a_peak_is_where_it_is() -> None:
    values = np.zeros(100_000)
    values[54_321] = 9
    lowest, highest = Graph(NAME, values).columns(np.linspace(0, 100_000, 1001))
    assert abs(int(np.argmax(highest)) - 543) <= 1
    assert (highest == 9).sum() == 1
    assert (lowest == 0).all()


def test_columns_without_values_are_gaps() -> None:
    values = np.r_[np.ones(50), np.full(50, np.nan)]
    lowest, _ = Graph(NAME, values).columns(np.linspace(0, 200, 21))
    assert np.isnan(lowest).tolist() == [False] * 5 + [True] * 15


@pytest.mark.parametrize("name", STATISTICS)
def test_an_update_gives_what_computing_anew_gives(labels: Labels, name: str) -> None:
    video, skeleton = labels.videos[0], labels.skeleton
    rng = np.random.default_rng(1)
    for frame_idx in range(25, 95):
        points = rng.random((3, 2)) * 50
        new = PredictedInstance(skeleton, points, score=rng.random(), track=labels.tracks[0])
        labels.add_frame(video, frame_idx).append(new)
    graph = Graph.of(labels.store, 0, name)
    labels.find(video, 50)[0].numpy()
    labels.store.points_of(labels.find(video, 50)[0].row, writable=True)["x"] += 40
    labels.remove_frame(labels.find(video, 70))
    labels.add_frame(video, 3)
    graph.update(labels.store, 0, [3, 50, 70], labels.labeled_indices(video))
    anew = Graph.of(labels.store, 0, name)
    np.testing.assert_allclose(graph.values, anew.values)
    edges = np.array([0.0, 100.0])
    np.testing.assert_allclose(graph.columns(edges), anew.columns(edges))
    for (low, high), (new_low, new_high) in zip(graph._levels, anew._levels, strict=True):
        np.testing.assert_allclose(low, new_low)
        np.testing.assert_allclose(high, new_high)


def test_an_unknown_statistic_is_refused(labels: Labels) -> None:
    with pytest.raises(UnknownNameError):
        Graph.of(labels.store, 0, "instance_score_minn")


def test_titles_tell_units() -> None:
    values = np.ones(3)
    assert Graph("min_centroid_proximity", values).title.endswith("px")
    assert Graph(NAME, values).title == STATISTICS.get(NAME).title
    assert np.isnan(Graph(NAME, values).value_at(3))
    assert Graph(NAME, values).value_at(2) == 1
