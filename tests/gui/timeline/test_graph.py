import numpy as np
import pytest

from sleap.core.instance import PredictedInstance
from sleap.core.labels import Labels
from sleap.core.series import STATISTICS
from sleap.errors import LabelsError, UnknownNameError
from sleap.gui.timeline.graph import Graph

NAME = "instance_score_min"


@pytest.mark.parametrize("node", ["", "tail"])
@pytest.mark.parametrize("name", STATISTICS)
def test_an_update_gives_what_computing_anew_gives(labels: Labels, name: str, node: str) -> None:
    video, skeleton = labels.videos[0], labels.skeleton
    rng = np.random.default_rng(1)
    for frame_idx in range(25, 95):
        points = rng.random((3, 2)) * 50
        new = PredictedInstance(skeleton, points, score=rng.random(), track=labels.tracks[0])
        labels.add_frame(video, frame_idx).append(new)
    graph = Graph(labels.store, 0, name, node)
    labels.find(video, 50)[0].numpy()
    labels.store.points_of(labels.find(video, 50)[0].row, writable=True)["x"] += 40
    labels.remove_frame(labels.find(video, 70))
    labels.add_frame(video, 3)
    graph.update(labels.store, [3, 50, 70])
    anew = Graph(labels.store, 0, name, node)
    np.testing.assert_allclose(graph.levels.values, anew.levels.values)
    edges = np.array([0.0, 100.0])
    np.testing.assert_allclose(graph.levels.columns(edges), anew.levels.columns(edges))
    coarser = graph.levels._coarser, anew.levels._coarser
    for (low, high), (new_low, new_high) in zip(*coarser, strict=True):
        np.testing.assert_allclose(low, new_low)
        np.testing.assert_allclose(high, new_high)


def test_what_is_unknown_is_refused(labels: Labels) -> None:
    with pytest.raises(UnknownNameError):
        Graph(labels.store, 0, "instance_score_minn")
    with pytest.raises(LabelsError):
        Graph(labels.store, 0, "primary_point_displacement_max", "tial")


def test_titles_tell_nodes_and_units(labels: Labels) -> None:
    store = labels.store
    assert Graph(store, 0, "min_centroid_proximity", "tail").title.endswith(", px")
    assert Graph(store, 0, NAME, "tail").title == STATISTICS.get(NAME).title
    moved = Graph(store, 0, "primary_point_displacement_max", "tail")
    assert moved.title == "Primary point displacement (max) of tail, px"


def test_values_beyond_the_end_are_unknown(labels: Labels) -> None:
    graph = Graph(labels.store, 0, "point_count")
    assert graph.value_at(10) == 12
    assert np.isnan(graph.value_at(100))
