from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.editing.edits import points
from sleap.errors import LabelsError

Run = Callable[..., Any]


@pytest.fixture
def made(labels: Labels) -> Any:
    return labels[labels.video, 10].user_instances[0]


@pytest.fixture
def alone(labels: Labels) -> Any:
    """Two of its nodes are missing."""
    return labels[labels.video, 12].instances[1]


def test_a_moved_node_is_complete(run: Run, made: Any) -> None:
    run(points.move_node, made, "thorax", 1.5, 2.5)
    assert made["thorax"] == (1.5, 2.5)
    assert made.points["complete"].tolist() == [True, True, False, False]


def test_a_missing_node_appears_and_a_hidden_one_stays_hidden(
    run: Run, made: Any, alone: Any
) -> None:
    run(points.move_node, alone, "left", 5, 6)
    assert alone.points["visible"].tolist() == [True, True, True, False]
    run(points.toggle_visibility, made, "head")
    run(points.move_node, made, "head", 5, 6)
    assert not made.points["visible"][0]
    assert made["head"] == (5, 6)


@pytest.mark.parametrize("place", [(np.nan, 1), (1, np.inf)])
def test_a_place_must_be_one(run: Run, made: Any, place: Any) -> None:
    with pytest.raises(LabelsError, match="no place on a frame"):
        run(points.move_node, made, "head", *place)


def test_several_nodes_are_moved_at_once(run: Run, made: Any) -> None:
    run(points.move_nodes, made, {"left": (1, 2), 3: (3, 4)})
    assert made["left"] == (1, 2)
    assert made["right"] == (3, 4)


def test_nodes_of_several_instances_are_shifted(run: Run, made: Any, alone: Any) -> None:
    before, other = made.numpy(), alone.numpy()
    run(points.shift_nodes, [(made, "left"), (alone, "head"), (made, 1), (alone, "right")], 3, -4)
    np.testing.assert_array_equal(made.numpy() - before, [(0, 0), (3, -4), (3, -4), (0, 0)])
    np.testing.assert_array_equal(alone.numpy()[0] - other[0], (3, -4))
    assert np.isnan(alone.numpy()[3]).all()
    assert alone.points["complete"].tolist() == [True, False, False, False]


def test_an_instance_is_moved_as_it_is(run: Run, made: Any) -> None:
    before, flags = made.numpy(), made.points[["visible", "complete"]].copy()
    run(points.move_instance, made, 3, -4)
    np.testing.assert_array_equal(made.numpy(), before + np.array((3, -4)))
    np.testing.assert_array_equal(made.points[["visible", "complete"]], flags)


def test_a_quarter_turn_to_the_right(run: Run, made: Any) -> None:
    run(points.rotate_instance, made, "thorax", 90)  # the head was 20 to the left of the thorax
    np.testing.assert_allclose(made.numpy(), [(121, 81), (121, 101), (131, 101), (111, 101)])


def test_nothing_is_turned_about_a_missing_node(run: Run, alone: Any) -> None:
    with pytest.raises(LabelsError, match="Cannot rotate about node 'left'"):
        run(points.rotate_instance, alone, "left", 90)


def test_points_are_placed(run: Run, made: Any) -> None:
    run(points.place_points, made, np.arange(8.0).reshape(4, 2))
    np.testing.assert_array_equal(made.numpy(), np.arange(8.0).reshape(4, 2))
    with pytest.raises(LabelsError, match="do not fit"):
        run(points.place_points, made, np.zeros((3, 2)))


def test_visibility_is_toggled_back_and_forth(run: Run, made: Any, alone: Any) -> None:
    run(points.toggle_visibility, made, "left")
    assert made.points["visible"].tolist() == [True, True, False, True]
    assert made.points["complete"].tolist() == [True, False, True, False]
    run(points.toggle_visibility, made, "left")
    assert made.points["visible"].all()
    with pytest.raises(LabelsError, match="has no place on this instance"):
        run(points.toggle_visibility, alone, "left")


def test_what_is_there_is_marked_complete(run: Run, alone: Any) -> None:
    run(points.mark_complete, alone)
    assert alone.points["complete"].tolist() == [True, True, False, False]


def test_cleared_nodes_are_missing(run: Run, made: Any) -> None:
    run(points.clear_nodes, made, ["head", 2])
    assert np.isnan(made.numpy()[[0, 2]]).all()
    assert made.points["visible"].tolist() == [False, True, False, True]
    assert not made.points["complete"].any()


def test_predictions_stay_as_they_were_found(run: Run, labels: Labels, made: Any) -> None:
    prediction = labels[labels.video, 11].instances[0]
    with pytest.raises(LabelsError, match="is a prediction, which stays as it was found"):
        run(points.move_node, prediction, "head", 1, 2)
    frame = made.frame
    frame.remove(made)
    with pytest.raises(LabelsError, match="it may have been removed"):
        run(points.mark_complete, made)
