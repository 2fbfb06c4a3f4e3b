import pytest

from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.tables import PREDICTED, USER
from sleap.editing.edits import lookup
from sleap.errors import LabelsError

# Instance rows: 0, 1 predictions and 2 user (made from 0) on frame 10 of the first video; 3, 4
# predictions on 11; 5, 6 users on 12; 7 on 20; 8 on frame 5 of the second video.


def test_rows_are_those_of_these_labels(labels: Labels) -> None:
    instance = labels[0].instances[1]
    assert lookup.instance_row(labels.store, instance) == 1
    for strange in (Instance(labels.skeleton), labels.copy()[0].instances[1]):
        with pytest.raises(LabelsError, match="is not in these labels"):
            lookup.instance_row(labels.store, strange)
    labels[0].remove(instance)
    with pytest.raises(LabelsError, match="is not in these labels"):
        lookup.instance_row(labels.store, instance)


def test_only_user_instances_may_be_changed(labels: Labels) -> None:
    prediction, _, made = labels[0].instances
    assert lookup.user_row(labels.store, made) == 2
    with pytest.raises(LabelsError, match="make a user instance of it first"):
        lookup.user_row(labels.store, prediction)


def test_where_an_instance_lies(labels: Labels) -> None:
    assert lookup.place_of(labels.store, 2) == (0, 0, 10)
    assert lookup.place_of(labels.store, 8) == (4, 1, 5)


def test_used_predictions_are_not_shown(labels: Labels) -> None:
    assert lookup.shown_members(labels.store, 0) == [1, 2]
    assert lookup.unused_predictions(labels.store, 0) == [1]
    assert lookup.kinds_of(labels.store, [1, 2]) == [PREDICTED, USER]
    labels[0].remove(labels[0].instances[2])
    assert lookup.unused_predictions(labels.store, 0) == [0, 1]
    labels.remove_instances([0, 1])
    assert lookup.shown_members(labels.store, 0) == []


def test_rows_with_tracks(labels: Labels) -> None:
    assert lookup.rows_with_tracks(labels.store, [1]).tolist() == [1, 4]
    assert lookup.rows_with_tracks(labels.store, [0, 2]).tolist() == [0, 2, 3, 5, 7, 8]
    labels.remove_instances([2])
    assert lookup.rows_with_tracks(labels.store, [0]).tolist() == [0, 3, 5, 8]
