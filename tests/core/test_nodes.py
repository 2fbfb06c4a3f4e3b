import numpy as np
import pytest

from sleap.core import nodes
from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import LabelsError


@pytest.fixture
def mixed(labels: Labels) -> Labels:
    """Labels of two skeletons, interleaved, one instance removed."""
    other = Skeleton(["nose", "tail"])
    for frame in labels:
        frame.append(Instance(other, {"nose": (7, 8)}))
        frame.append(PredictedInstance(other, {"tail": (9, 9)}, score=0.5))
    labels[0].remove(labels[0].instances[1])
    return labels


def poses(labels: Labels) -> list[dict[str, tuple[float, float]]]:
    return [
        {name: one[name] for name in one.skeleton.node_names if not np.isnan(one[name][0])}
        for frame in labels
        for one in frame.instances
    ]


def test_added_nodes_are_missing_on_instances(mixed: Labels) -> None:
    before, scores = poses(mixed), [p["score"].tolist() for p in points_of(mixed)]
    nodes.add_nodes(mixed.store, mixed.skeletons[1], ["ear", "paw"])
    nodes.add_nodes(mixed.store, mixed.skeleton, ["tip"])
    assert poses(mixed) == before
    assert [s for p in points_of(mixed) for s in p["score"].tolist() if s] == [
        s for one in scores for s in one if s
    ]
    assert [len(one) for one in mixed[0].instances] == [5, 5, 4, 4]
    assert not mixed[0].instances[0].is_visible[4] and len(mixed.copy().store.points) == 13


def points_of(labels: Labels) -> list[np.ndarray]:
    return [one.points for frame in labels for one in frame.predicted_instances]  # type: ignore[misc]


def test_a_removed_node_takes_its_points_along(mixed: Labels) -> None:
    before = poses(mixed)
    nodes.remove_node(mixed.store, mixed.skeleton, "thorax")
    assert mixed.skeleton.edges == [] and mixed.skeleton.symmetry_names == [("left", "right")]
    for now, then in zip(poses(mixed), before, strict=True):
        assert now == {name: point for name, point in then.items() if name != "thorax"}


def test_reordered_nodes_keep_their_points(mixed: Labels) -> None:
    before = poses(mixed)
    nodes.reorder_nodes(mixed.store, mixed.skeleton, ["right", 0, "left", "thorax"])
    assert mixed.skeleton.node_names == ["right", "head", "left", "thorax"]
    assert mixed.skeleton.edge_names == [("thorax", n) for n in ("head", "left", "right")]
    assert poses(mixed) == before
    with pytest.raises(LabelsError, match="each of them once"):
        nodes.reorder_nodes(mixed.store, mixed.skeleton, ["right", "head"])


def test_a_layout_can_be_restored(mixed: Labels) -> None:
    before, tables = poses(mixed), [table.copy() for table in mixed.to_tables()]
    layout, skeleton = nodes.Layout.of(mixed.store), mixed.skeleton.copy()
    nodes.remove_node(mixed.store, mixed.skeleton, 1)
    mixed.skeleton.__dict__.update(skeleton.__dict__)
    layout.restore(mixed.store)
    assert poses(mixed) == before
    for now, then in zip(mixed.to_tables(), tables, strict=True):
        assert now.tobytes() == then.tobytes()


def test_removed_instances_follow_so_that_they_can_come_back(mixed: Labels) -> None:
    nodes.add_nodes(mixed.store, mixed.skeleton, ["tip"])
    mixed.store.revive_instances([1])
    assert mixed[0].instances[1]["head"] == (1, 2) and len(mixed[0].instances[1]) == 5


def test_nothing_changes_when_a_name_is_taken(mixed: Labels) -> None:
    with pytest.raises(LabelsError, match="already"):
        nodes.add_nodes(mixed.store, mixed.skeleton, ["tip", "head"])
    assert mixed.skeleton.n_nodes == 4 == len(mixed[0].instances[0])
    with pytest.raises(LabelsError, match="not a skeleton of these"):
        nodes.remove_node(mixed.store, Skeleton(["head"]), "head")


def test_read_only_tables_are_left_alone(labels: Labels) -> None:
    tables = [table.copy() for table in labels.to_tables()]
    for table in tables:
        table.flags.writeable = False
    lists = {"videos": labels.videos, "skeletons": labels.skeletons, "tracks": labels.tracks}
    names = ("frames", "instances", "points", "pred_points")
    mapped = Labels.from_tables(**dict(zip(names, tables, strict=True)), **lists)  # type: ignore[arg-type]
    kept = [table.copy() for table in tables]
    nodes.add_nodes(mapped.store, mapped.skeleton, ["tip"])
    assert len(mapped[0].instances[0]) == 5
    for table, copy in zip(tables, kept, strict=True):
        assert table.tobytes() == copy.tobytes()


def test_a_skeleton_can_lose_all_nodes() -> None:
    skeleton = Skeleton(["a"])
    labels = Labels([LabeledFrame(Video("a.mp4"), 0, [Instance(skeleton, {"a": (1, 1)})])])
    nodes.remove_node(labels.store, skeleton, "a")
    assert len(labels[0].instances[0]) == 0 and len(labels.copy()[0].instances[0]) == 0
    nodes.add_nodes(labels.store, skeleton, ["b"])
    assert np.isnan(labels[0].instances[0].numpy()).all()
