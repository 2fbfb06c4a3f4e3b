import pytest

from sleap.core.merge.skeletons import match_skeletons, unify
from sleap.core.skeleton import Skeleton
from sleap.errors import LabelsError


def test_nodes_are_known_by_name() -> None:
    base = Skeleton("abc", [("a", "b")], [("a", "b")])
    new = Skeleton("cbxa", [("a", "b"), ("b", "x")], [("c", "x"), ("b", "a")])
    new.weights[2] = 3.0
    (match,), (merged,) = match_skeletons([base], [new], {})
    assert match.nodes.tolist() == [2, 1, 3, 0] and not match.is_added and match.is_reordered
    assert merged.node_names == ["a", "b", "c", "x"] and merged.weights == [1, 1, 1, 3]
    assert match.added_nodes == ("x",) and match.added_edges == (("b", "x"),)
    assert match.added_symmetries == (("c", "x"),)
    assert base.n_nodes == 3 and new.n_nodes == 4


def test_a_contradicting_symmetry_is_refused() -> None:
    base, new = Skeleton("abc", [], [("a", "b")]), Skeleton("abc", [], [("b", "c")])
    (match,), (merged,) = match_skeletons([base], [new], {})
    assert match.refused_symmetries == (("b", "c"),) and merged.symmetry_names == [("a", "b")]


@pytest.mark.parametrize(
    ("base", "new", "numbers", "merged"),
    [
        (["ab", "abc"], ["cba"], [1], ["ab", "abc"]),
        (["abcd", "xyz"], ["yx", "da"], [1, 0], ["abcd", "xyz"]),
        (["abcdef"], ["xyza"], [1], ["abcdef", "xyza"]),
        ([], ["ab", "ba", "bac"], [0, 0, 0], ["abc"]),
        (["ab", "xy"], ["bx"], [0], ["abx", "xy"]),
        ([""], ["ab"], [0], ["ab"]),
        (["ab"], [""], [0], ["ab"]),
        (["ab", "ab"], ["ab", "abc"], [0, 1], ["ab", "abc"]),
        (["a"], [], [], ["a"]),
    ],
)
def test_the_most_alike_is_taken(
    base: list[str], new: list[str], numbers: list[int], merged: list[str]
) -> None:
    found, after = match_skeletons([*map(Skeleton, base)], [*map(Skeleton, new)], {})
    assert [match.number for match in found] == numbers
    assert ["".join(one.node_names) for one in after] == merged


def test_the_caller_may_say() -> None:
    base, new = [Skeleton("ab"), Skeleton("xy")], [Skeleton("abc")]
    (match,), after = match_skeletons(base, new, {0: None})
    assert match.is_added and match.number == 2 and len(after) == 3
    (match,), after = match_skeletons(base, new, {0: 1})
    assert after[1].node_names == list("xyabc")
    with pytest.raises(LabelsError, match="could not be told apart"):
        match_skeletons(base, [Skeleton("ba")], {0: None})


def test_skeletons_of_the_same_nodes_have_one_number() -> None:
    numbers, nodes = unify([Skeleton("ab"), Skeleton("c"), Skeleton("ba")])
    assert numbers.tolist() == [0, 1, 0] and [one.tolist() for one in nodes] == [
        [0, 1],
        [0],
        [1, 0],
    ]
