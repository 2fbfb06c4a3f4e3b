import numpy as np
import random_edits

from sleap import Instance, Labels, PredictedInstance
from sleap.core.nodes import Layout
from sleap.editing.changes.skeleton import ChangeNodes, SetSkeletonShape, Shape


def labeled() -> Labels:
    labels = random_edits.start()
    frame = labels.add_frame(labels.video, 0)
    frame.append(Instance(labels.skeleton, [[1, 1], [2, 2], [3, 3]]))
    frame.append(PredictedInstance(labels.skeleton, [[4, 4], [5, 5], [6, 6]]))
    return labels


def removal(labels: Labels) -> ChangeNodes:
    draft = labels.skeleton.copy()
    draft.remove_node("b")
    return ChangeNodes(0, Shape.of(labels.skeleton), Shape.of(draft), np.array([0, 2]))


def xs(labels: Labels) -> list[list[float]]:
    return [instance.numpy()[:, 0].tolist() for instance in labels[0].instances]


def test_a_shape_is_all_of_a_skeleton() -> None:
    skeleton = random_edits.start().skeleton
    skeleton.description, skeleton.preview_image = "text", b"image"
    twin = Shape.of(skeleton).make()
    assert twin.matches(skeleton)
    assert Shape.of(twin) == Shape.of(skeleton)
    twin.add_node("d")
    assert skeleton.n_nodes == 3


def test_points_of_a_removed_node_come_back() -> None:
    labels = labeled()
    change = removal(labels)
    change.apply(labels)
    assert xs(labels) == [[1, 3], [4, 6]]
    assert change.n_bytes > 0
    change.revert(labels)
    assert xs(labels) == [[1, 2, 3], [4, 5, 6]]
    assert labels.skeleton.edge_names == [("a", "b"), ("b", "c")]
    assert change.forgotten_points(labels).tolist() == [0, 1]


def test_a_change_read_from_a_journal_cannot_bring_them_back() -> None:
    labels = labeled()
    removal(labels).apply(labels)
    read = ChangeNodes(0, *(removal(labeled()).old, Shape.of(labels.skeleton)), np.array([0, 2]))
    read.revert(labels)
    assert str(xs(labels)) == "[[1.0, nan, 3.0], [4.0, nan, 6.0]]"
    read.apply(labels)
    assert xs(labels) == [[1, 3], [4, 6]]


def test_instances_added_since_have_their_points_when_it_is_done_again() -> None:
    labels = labeled()
    change = removal(labels)
    change.apply(labels)
    row = labels[0].append(Instance(labels.skeleton, [[7, 7], [8, 8]])).row
    labels.store.remove_instances([row])
    change.revert(labels)
    change.apply(labels)
    labels.store.revive_instances([row])
    assert xs(labels) == [[1, 3], [4, 6], [7, 8]]


def test_what_others_did_is_undone() -> None:
    labels = labeled()
    change = removal(labels)
    layout = Layout.of(labels.store)
    labels.remove_node("b")
    change.adopt(layout)
    change.revert(labels)
    assert xs(labels) == [[1, 2, 3], [4, 5, 6]]


def test_added_nodes_need_no_points_told() -> None:
    labels = labeled()
    draft = labels.skeleton.copy()
    draft.add_node("d")
    shapes = Shape.of(labels.skeleton), Shape.of(draft)
    change = ChangeNodes(0, *shapes, np.array([0, 1, 2, -1]))
    change.apply(labels)
    assert len(labels[0].instances[0]) == 4
    change.revert(labels)
    assert len(change.forgotten_points(labels)) == 0


def test_shapes_are_joined() -> None:
    labels = labeled()
    shapes = [Shape.of(labels.skeleton)]
    for name in ("x", "y"):
        draft = labels.skeleton.copy()
        draft.name = name
        shapes.append(Shape.of(draft))
    first = SetSkeletonShape(0, *shapes[:2])
    joined = first.joined(SetSkeletonShape(0, *shapes[1:]))
    assert joined is not None
    joined.apply(labels)
    assert labels.skeleton.name == "y"
    joined.revert(labels)
    assert labels.skeleton.name == "fly"
    assert first.joined(SetSkeletonShape(1, *shapes[1:])) is None
