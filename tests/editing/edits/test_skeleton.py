from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.editing.edits import skeleton as edits
from sleap.errors import LabelsError

Run = Callable[..., Any]


@pytest.fixture
def skeleton(labels: Labels) -> Skeleton:
    return labels.skeleton


def all_points(labels: Labels) -> Any:
    return np.concatenate([frame.numpy() for frame in labels])


def test_a_node_is_added(run: Run, labels: Labels, skeleton: Skeleton) -> None:
    before = all_points(labels)
    assert run(edits.add_node, skeleton, " tail ") == 4
    assert skeleton.node_names == ["head", "thorax", "left", "right", "tail"]
    np.testing.assert_array_equal(all_points(labels)[:, :4], before)
    assert np.isnan(all_points(labels)[:, 4]).all()
    for name in ("tail", " "):
        with pytest.raises(LabelsError):
            run(edits.add_node, skeleton, name)


def test_nodes_are_removed_with_their_edges(run: Run, labels: Labels, skeleton: Skeleton) -> None:
    before = all_points(labels)
    run(edits.remove_nodes, skeleton, ["left", 0])
    assert skeleton.node_names == ["thorax", "right"]
    assert skeleton.edge_names == [("thorax", "right")]
    assert skeleton.symmetries == []
    np.testing.assert_array_equal(all_points(labels), before[:, [1, 3]])


def test_a_node_is_renamed(run: Run, labels: Labels, skeleton: Skeleton) -> None:
    before = all_points(labels)
    run(edits.rename_node, skeleton, "left", "wing")
    assert skeleton.node_names == ["head", "thorax", "wing", "right"]
    np.testing.assert_array_equal(all_points(labels), before)
    with pytest.raises(LabelsError, match="has a node 'head' already"):
        run(edits.rename_node, skeleton, "wing", "head")


def test_two_nodes_may_exchange_names(run: Run, labels: Labels, skeleton: Skeleton) -> None:
    before = all_points(labels)
    for old, new in (("left", "x"), ("right", "left"), ("x", "right")):
        run(edits.rename_node, skeleton, old, new)
    assert skeleton.node_names == ["head", "thorax", "right", "left"]
    np.testing.assert_array_equal(all_points(labels), before)


def test_nodes_are_reordered_with_their_points(
    run: Run, labels: Labels, skeleton: Skeleton
) -> None:
    before = all_points(labels)
    run(edits.reorder_nodes, skeleton, ["right", "head", "left", "thorax"])
    assert skeleton.edge_names == [("thorax", "head"), ("thorax", "left"), ("thorax", "right")]
    np.testing.assert_array_equal(all_points(labels), before[:, [3, 0, 2, 1]])


def test_edges_come_and_go(run: Run, skeleton: Skeleton) -> None:
    run(edits.remove_edge, skeleton, "thorax", "left")
    run(edits.add_edge, skeleton, "left", "right")
    assert skeleton.edges == [(1, 0), (1, 3), (2, 3)]
    with pytest.raises(LabelsError, match="has no edge"):
        run(edits.remove_edge, skeleton, "thorax", "left")
    with pytest.raises(LabelsError, match="has the edge"):
        run(edits.add_edge, skeleton, "left", "right")


def test_a_node_has_at_most_one_partner(run: Run, skeleton: Skeleton) -> None:
    run(edits.add_node, skeleton, "tail")
    run(edits.set_symmetry, skeleton, "head", "tail")
    assert skeleton.symmetry_names == [("left", "right"), ("head", "tail")]
    run(edits.set_symmetry, skeleton, "left", "tail")  # frees right and head
    assert skeleton.symmetry_names == [("left", "tail")]
    run(edits.set_symmetry, skeleton, "tail", "left")
    assert skeleton.symmetry_names == [("left", "tail")]
    run(edits.set_symmetry, skeleton, "tail", None)
    assert skeleton.symmetry_names == []
    with pytest.raises(LabelsError, match="joins a node with itself"):
        run(edits.set_symmetry, skeleton, "tail", "tail")


TEMPLATE = Skeleton(["tail", "right", "head"], [("head", "tail")], [], name="mouse")


def test_a_template_keeps_points_by_name(run: Run, labels: Labels, skeleton: Skeleton) -> None:
    before = all_points(labels)
    run(edits.load_skeleton, skeleton, TEMPLATE)
    assert skeleton.matches(TEMPLATE)
    assert skeleton.name == "mouse"
    assert skeleton is labels.skeleton
    after = all_points(labels)
    np.testing.assert_array_equal(after[:, 1:], before[:, [3, 0]])
    assert np.isnan(after[:, 0]).all()


def test_nodes_may_stand_for_others(run: Run, labels: Labels, skeleton: Skeleton) -> None:
    before = all_points(labels)
    run(edits.load_skeleton, skeleton, TEMPLATE, renamed={"thorax": "tail", "left": "head"})
    np.testing.assert_array_equal(all_points(labels), before[:, [1, 3, 2]])
    with pytest.raises(LabelsError, match="Two nodes cannot become the same"):
        run(edits.load_skeleton, skeleton, TEMPLATE, renamed={"tail": "head", "right": "head"})
    with pytest.raises(LabelsError, match="has no node 'nose'"):
        run(edits.load_skeleton, skeleton, TEMPLATE, renamed={"tail": "nose"})


def test_other_nodes_may_stay(run: Run, labels: Labels, skeleton: Skeleton) -> None:
    before = all_points(labels)
    run(edits.load_skeleton, skeleton, TEMPLATE, keep_others=True)
    assert skeleton.node_names == ["tail", "right", "head", "thorax", "left"]
    assert skeleton.edge_names == [
        *(("head", "tail"), ("thorax", "head")),
        *(("thorax", "left"), ("thorax", "right")),
    ]
    assert skeleton.symmetry_names == [("left", "right")]
    np.testing.assert_array_equal(all_points(labels)[:, 1:], before[:, [3, 0, 1, 2]])
    with pytest.raises(LabelsError, match="stays, but the template has another"):
        wanted = Skeleton(["a", "left"])
        run(edits.load_skeleton, skeleton, wanted, keep_others=True, renamed={"head": "left"})


def test_loading_the_same_changes_nothing(run: Run, skeleton: Skeleton) -> None:
    run(edits.load_skeleton, skeleton, skeleton.copy())


def test_skeletons_come_and_go(run: Run, labels: Labels, skeleton: Skeleton) -> None:
    added = run(edits.add_skeleton, TEMPLATE)
    assert labels.skeletons == [skeleton, added]
    assert added is not TEMPLATE
    assert added.matches(TEMPLATE)
    with pytest.raises(LabelsError, match="there are instances of it"):
        run(edits.remove_skeletons, [skeleton])
    labels[0].append(Instance(added))
    labels.remove_instances(labels.instance_rows()[:-1])
    run(edits.remove_skeletons, [skeleton])
    assert labels.skeletons == [added]
    assert labels[0].instances[0].skeleton is added


def test_a_skeleton_says_what_it_is(run: Run, skeleton: Skeleton) -> None:
    run(edits.set_description, skeleton, "A fly.", b"png")
    assert (skeleton.description, skeleton.preview_image) == ("A fly.", b"png")
    run(edits.rename_skeleton, skeleton, "fly")
    assert skeleton.name == "fly"
    with pytest.raises(LabelsError, match="A skeleton needs a name"):
        run(edits.rename_skeleton, skeleton, "")
