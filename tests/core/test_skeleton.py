import numpy as np
import pytest

from sleap.core.skeleton import Skeleton
from sleap.errors import LabelsError


def test_edges_and_symmetries_by_name_or_index(skeleton: Skeleton) -> None:
    named = Skeleton(
        skeleton.node_names,
        [("thorax", "head"), ("thorax", 2), (1, "right")],
        [("left", "right")],
        name="other",
    )
    assert named.edges == [(1, 0), (1, 2), (1, 3)]
    assert named.edge_names[0] == ("thorax", "head")
    assert named.symmetry_names == [("left", "right")]
    assert named.matches(skeleton) and named != skeleton


def test_flipping_twice_changes_nothing(skeleton: Skeleton) -> None:
    order = skeleton.flip_order()
    assert order.tolist() == [0, 1, 3, 2]
    assert order[order].tolist() == [0, 1, 2, 3]


def test_what_differs_does_not_match(skeleton: Skeleton) -> None:
    names = skeleton.node_names
    assert not skeleton.matches(Skeleton(names))
    assert not skeleton.matches(Skeleton(names, skeleton.edges))
    assert not skeleton.matches(Skeleton(names[::-1], skeleton.edges, skeleton.symmetries))
    assert skeleton.matches(Skeleton(names, skeleton.edges, [(3, 2)]))


def test_an_unknown_node_is_answered_with_the_nearest(skeleton: Skeleton) -> None:
    with pytest.raises(LabelsError, match=r"no node 'haed'\. Did you mean 'head'"):
        skeleton.index("haed")
    with pytest.raises(LabelsError, match="no node 4: expected 0 to 3"):
        skeleton.index(4)
    with pytest.raises(LabelsError, match="no node -1"):
        skeleton.index(-1)


def test_nodes_can_be_added_and_renamed(skeleton: Skeleton) -> None:
    assert skeleton.add_node("tail") == 4 and skeleton.n_nodes == len(skeleton) == 5
    skeleton.rename_node("tail", "tip")
    skeleton.rename_node("tip", "tip")
    assert "tip" in skeleton and "tail" not in skeleton and skeleton.weights == [1.0] * 5
    assert np.array_equal(skeleton.flip_order(), [0, 1, 3, 2, 4])


def test_mistakes_are_refused(skeleton: Skeleton) -> None:
    with pytest.raises(LabelsError, match="already"):
        Skeleton(["a", "a"])
    with pytest.raises(LabelsError, match="already"):
        skeleton.rename_node("head", "left")
    with pytest.raises(LabelsError, match="already"):
        skeleton.add_edge("thorax", "head")
    with pytest.raises(LabelsError, match="joins a node with itself"):
        skeleton.add_edge("head", 0)
    with pytest.raises(LabelsError, match="another partner"):
        skeleton.add_symmetry("left", "head")
    skeleton.add_symmetry("right", "left")
    assert skeleton.symmetries == [(2, 3)]


def test_nodes_are_removed_and_reordered_with_edges_and_symmetries(skeleton: Skeleton) -> None:
    skeleton.weights[3] = 2.0
    assert skeleton.reorder_nodes(["right", "left", 1, "head"]).tolist() == [3, 2, 1, 0]
    assert skeleton.edge_names == [("thorax", n) for n in ("head", "left", "right")]
    assert skeleton.symmetries == [(1, 0)] and skeleton.weights == [2.0, 1.0, 1.0, 1.0]
    assert skeleton.remove_node("right") == 0
    assert skeleton.edge_names == [("thorax", "head"), ("thorax", "left")]
    assert skeleton.symmetries == [] and skeleton.node_names == ["left", "thorax", "head"]
    with pytest.raises(LabelsError, match="no node 'right'"):
        skeleton.remove_node("right")


def test_edges_and_symmetries_are_removed(skeleton: Skeleton) -> None:
    skeleton.remove_edge("thorax", "head")
    skeleton.remove_symmetry("right", "left")
    assert skeleton.edges == [(1, 2), (1, 3)] and skeleton.symmetries == []
    with pytest.raises(LabelsError, match="no edge"):
        skeleton.remove_edge("thorax", "head")
    with pytest.raises(LabelsError, match="not symmetric"):
        skeleton.remove_symmetry("right", "left")


def test_a_copy_is_another_of_the_same_contents(skeleton: Skeleton) -> None:
    skeleton.description = "a fly"
    twin = skeleton.copy()
    assert twin.matches(skeleton) and twin.description == "a fly" and twin.name == skeleton.name
    twin.add_node("tip")
    assert skeleton.n_nodes == 4 and not twin.matches(skeleton)


def test_a_skeleton_without_nodes_is_one() -> None:
    assert Skeleton() and len(Skeleton()) == 0
