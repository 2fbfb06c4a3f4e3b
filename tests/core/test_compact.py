import numpy as np
import pytest

from sleap.core import compact as module
from sleap.core.compact import compact
from sleap.core.instance import Instance
from sleap.core.labels import Labels


def test_clean_tables_are_the_very_arrays(labels: Labels) -> None:
    for table, rows in zip(
        compact(labels.store),
        (
            labels.store.frames,
            labels.store.instances,
            labels.store.points,
            labels.store.pred_points,
        ),
        strict=True,
    ):
        assert np.shares_memory(table, rows.rows)


def test_edited_tables_are_renumbered_and_packed(labels: Labels) -> None:
    origin, made, other = labels[0].instances
    labels[0].append(Instance(labels.skeleton, np.full((4, 2), 9.0)))
    labels[0].remove(other)
    frames, instances, points, pred_points = compact(labels.store)
    assert frames.tolist() == [(0, 0, 7, 0, 3), (1, 0, 2, 3, 4)]
    assert instances["instance_id"].tolist() == [0, 1, 2, 3]
    assert instances["frame_id"].tolist() == [0, 0, 0, 1]
    assert instances["from_predicted"].tolist() == [-1, 0, -1, -1]
    assert instances["instance_type"].tolist() == [1, 0, 0, 0]
    assert instances["point_id_start"].tolist() == [0, 0, 8, 4]
    assert instances["point_id_end"].tolist() == [4, 4, 12, 8]
    assert points["x"][8:12].tolist() == [9] * 4 and len(pred_points) == 4
    assert made.from_predicted is origin  # the labels themselves did not move


def test_links_to_removed_predictions_end(labels: Labels) -> None:
    labels.remove_predictions()
    _, instances, points, pred_points = compact(labels.store)
    assert instances["from_predicted"].tolist() == [-1, -1]
    assert len(points) == 8 and len(pred_points) == 0


def test_everything_removed(labels: Labels) -> None:
    labels.store.remove_frames([0, 1])
    assert [len(table) for table in compact(labels.store)] == [0, 0, 0, 0]


def test_an_instance_without_its_frame_is_left_out(labels: Labels) -> None:
    members = labels.store.remove_frames([0])
    labels.store.revive_instances(members)
    assert [len(table) for table in compact(labels.store)] == [1, 1, 4, 0]


def test_points_stay_where_they_are_when_an_instance_is_added(labels: Labels) -> None:
    labels[0].append(Instance(labels.skeleton, np.full((4, 2), 9.0)))
    _, instances, points, pred_points = compact(labels.store)
    assert points is not labels.store.points.rows and np.shares_memory(
        points, labels.store.points.rows
    )
    assert np.shares_memory(pred_points, labels.store.pred_points.rows)
    assert instances["point_id_start"].tolist() == [0, 0, 4, 8, 4]


@pytest.mark.parametrize("n_runs", [4096, 0])
def test_points_of_removed_instances_are_left_out(
    labels: Labels, monkeypatch: pytest.MonkeyPatch, n_runs: int
) -> None:
    monkeypatch.setattr(module, "N_RUNS", n_runs)
    poses = [instance.numpy() for frame in labels for instance in frame.instances]
    labels.remove_instances([1])
    _, instances, points, pred_points = compact(labels.store)
    tables = {0: points, 1: pred_points}
    found = [
        tables[one["instance_type"]][one["point_id_start"] : one["point_id_end"]]
        for one in instances
    ]
    assert len(points) + len(pred_points) == 4 * len(instances)
    for rows, pose in zip(found, [poses[0], *poses[2:]], strict=True):
        np.testing.assert_array_equal(np.c_[rows["x"], rows["y"]], pose)
