import numpy as np
import pytest
import random_edits

from sleap import Instance, PredictedInstance, Track
from sleap.core.tables import POINTS
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError


@pytest.fixture
def tx() -> Transaction:
    labels = random_edits.start()
    labels.tracks.extend([Track("a"), Track("b")])
    frame = labels.add_frame(labels.video, 0)
    frame.append(Instance(labels.skeleton, [[1, 1], [2, 2], [np.nan, np.nan]]))
    frame.append(PredictedInstance(labels.skeleton, np.ones((3, 2)), score=0.5))
    return Transaction(labels)


def test_tracks_by_number(tx: Transaction) -> None:
    tx.set_tracks([0, 1], [1, 0])
    assert [one.track.name for one in tx.labels[0].instances] == ["b", "a"]
    tx.set_tracks([0, 1], -1)
    assert [one.track for one in tx.labels[0].instances] == [None, None]
    for number in (2, -2):
        with pytest.raises(LabelsError, match="there are 2 tracks"):
            tx.set_tracks([0], number)


def test_only_rows_that_differ_are_kept(tx: Transaction) -> None:
    tx.set_values("instances", "score", [0, 1], [np.nan, 0.75])
    (change,) = tx.changes
    assert change.rows.tolist() == [1]
    tx.set_values("instances", "score", [0, 1], [np.nan, 0.75])
    assert len(tx.changes) == 1


def test_points_that_stay_are_not_kept(tx: Transaction) -> None:
    tx.set_points(0, {"a": (5, 6), "b": (2, 2), "c": (np.nan, np.nan)})
    (change,) = tx.changes
    assert change.nodes.tolist() == [0]
    tx.roll_back()
    assert tx.labels[0].instances[0]["a"] == (1, 1)


def test_many_points_at_once(tx: Transaction) -> None:
    values = tx.point_values([0, 0], [2, 0])
    values["x"] = values["y"] = [7, 8]
    values["visible"] = True
    tx.set_point_values([0, 0], [2, 0], values)
    assert tx.labels[0].instances[0].numpy()[:, 0].tolist() == [8, 2, 7]


def test_user_and_predicted_points_lie_apart(tx: Transaction) -> None:
    with pytest.raises(ValueError, match="two tables"):
        tx.point_values([0, 1], [0, 0])
    with pytest.raises(ValueError, match="expected"):
        tx.set_point_values([1], [0], np.zeros(1, POINTS))
    assert len(tx.point_values([], [])) == 0
