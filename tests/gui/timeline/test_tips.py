import numpy as np

from sleap.core.instance import PredictedInstance
from sleap.core.labels import Labels
from sleap.gui.timeline.data import TimelineData
from sleap.gui.timeline.graph import Graph
from sleap.gui.timeline.tips import N_NAMED, describe, short


def tell(labels: Labels, frame_idx: int, graph: Graph | None = None) -> str:
    data = TimelineData.of(labels, labels.videos[0])
    return describe(labels, data, graph, frame_idx, 100)


def test_a_frame_is_told_with_its_tracks_and_scores(labels: Labels) -> None:
    text = tell(labels, 10)
    assert "Frame 11" in text and "of 100" in text
    assert "suggested and labeled" in text
    assert "a: user" in text and "b: user" in text
    assert "no track: score 0.9" in text and "no track: score 0.7" in text


def test_an_empty_frame_has_a_number_only(labels: Labels) -> None:
    assert tell(labels, 40).count("<br>") == 0


def test_states_are_told(labels: Labels) -> None:
    assert "not labeled yet" in tell(labels, 5)
    labels.add_frame(labels.videos[0], 33)
    labels.negative_anchors[0] = [(34, 1.0, 1.0)]
    assert "no animal" in tell(labels, 33)
    assert "place" in tell(labels, 34)


def test_the_value_of_the_statistic_is_told(labels: Labels) -> None:
    graph = Graph(labels.store, 0, "instance_score_min")
    assert "<b>0.7</b>" in tell(labels, 10, graph)
    assert "no value" in tell(labels, 11, graph)


def test_of_a_crowd_the_first_are_named(labels: Labels) -> None:
    frame = labels.add_frame(labels.videos[0], 50)
    for _ in range(N_NAMED + 3):
        frame.append(PredictedInstance(labels.skeleton, np.ones((3, 2)), score=1))
    assert "and 3 more" in tell(labels, 50)


def test_names_are_no_markup(labels: Labels) -> None:
    labels.tracks[0].name = "<b>&"
    assert "&lt;b&gt;&amp;" in tell(labels, 10)


def test_tracking_scores_are_told(labels: Labels) -> None:
    new = PredictedInstance(
        labels.skeleton, np.ones((3, 2)), score=1, tracking_score=0.25, track=labels.tracks[0]
    )
    labels.add_frame(labels.videos[0], 51).append(new)
    assert "a: score 1, tracking 0.25" in tell(labels, 51)


def test_numbers_are_short() -> None:
    assert [short(one) for one in (0.12345, 3.0, 123456.7)] == ["0.1235", "3", "123,457"]


def test_suggestions_that_hide_each_other_are_counted(labels: Labels) -> None:
    data = TimelineData.of(labels, labels.videos[0])
    near = describe(labels, data, None, 10, 100, 20)
    assert "3 of 20 frames here suggested: 1 labeled, 2 open" in near
    assert "suggested:" not in describe(labels, data, None, 50, 100, 20)
    assert "suggested:" not in describe(labels, data, None, 10, 100)
