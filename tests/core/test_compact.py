import numpy as np

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
    assert instances["point_id_start"].tolist() == [0, 0, 4, 8]
    assert instances["point_id_end"].tolist() == [4, 4, 8, 12]
    assert points["x"][4:8].tolist() == [9] * 4 and len(pred_points) == 4
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
