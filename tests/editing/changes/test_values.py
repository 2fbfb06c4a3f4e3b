import numpy as np
import random_edits

from sleap import Instance, Labels, PredictedInstance
from sleap.core.tables import POINTS, PRED_POINTS
from sleap.editing.changes.rows import pad_instances
from sleap.editing.changes.values import SetPoints, SetValues, point_rows, write_points
from sleap.editing.touched import Kind, Touched


def labeled() -> tuple[Labels, Instance, PredictedInstance]:
    labels = random_edits.start()
    frame = labels.add_frame(labels.video, 7)
    user = frame.append(Instance(labels.skeleton, np.zeros((3, 2))))
    predicted = frame.append(PredictedInstance(labels.skeleton, np.ones((3, 2))))
    assert isinstance(predicted, PredictedInstance)
    return labels, user, predicted


def points(dtype: np.dtype, *xs: float) -> np.ndarray:
    rows = np.zeros(len(xs), dtype)
    rows["x"] = xs
    return rows


def test_points_of_either_kind_are_written() -> None:
    labels, user, predicted = labeled()
    for instance, dtype in ((user, POINTS), (predicted, PRED_POINTS)):
        rows, nodes = np.full(2, instance.row), np.array([2, 0])
        old = instance.points[[2, 0]]
        change = SetPoints(rows, nodes, old, points(dtype, 5, 6))
        change.apply(labels)
        assert instance.points["x"][[2, 0]].tolist() == [5, 6]
        assert change.touched(labels) == Touched(Kind.POINTS, frozenset({(0, 7)}))
        change.revert(labels)
        assert (instance.points[[2, 0]] == old).all()


def test_rows_without_points_are_passed_over() -> None:
    labels, user, _ = labeled()
    pad_instances(labels.store, 4)
    write_points(labels.store, np.array([3, user.row]), np.array([0, 0]), points(POINTS, 8, 9))
    assert user["a"][0] == 9


def test_point_rows_follow_the_instance() -> None:
    labels, user, _ = labeled()
    start = int(labels.store.instances.rows["point_id_start"][user.row])
    rows = point_rows(labels.store, np.array([user.row]), np.array([2]))
    assert rows.tolist() == [start + 2]


def test_columns_tell_what_they_touch() -> None:
    labels, user, _ = labeled()
    rows, one, two = np.array([user.row]), np.array([-1], "i4"), np.array([3], "i4")
    track = SetValues("instances", "track", rows, one, two)
    assert track.touched(labels).kinds == Kind.TRACKS
    score = SetValues("instances", "score", rows, np.zeros(1, "f4"), np.ones(1, "f4"))
    assert score.touched(labels).kinds == Kind.INSTANCES
    score.apply(labels)
    assert user.score == 1
    frame = SetValues("frames", "frame_idx", np.array([0]), np.array([7]), np.array([8]))
    frame.apply(labels)
    assert frame.touched(labels) == Touched(Kind.FRAMES, frozenset({(0, 8)}))


def test_only_the_same_rows_are_joined() -> None:
    rows = np.array([1, 2])
    a, b = points(POINTS, 1, 1), points(POINTS, 2, 2)
    change = SetPoints(rows, rows, a, b)
    assert change.joined(SetPoints(rows, rows, b, a)) is not None
    assert change.joined(SetPoints(rows[:1], rows[:1], b[:1], a[:1])) is None
    assert (
        change.joined(SetPoints(rows, rows, points(PRED_POINTS, 1, 1), points(PRED_POINTS, 2, 2)))
        is None
    )
    values = SetValues("instances", "track", rows, rows, rows)
    assert values.joined(SetValues("instances", "track", rows, rows, rows + 1)) is not None
    assert values.joined(SetValues("instances", "score", rows, rows, rows + 1)) is None
