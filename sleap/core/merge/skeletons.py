"""Which skeletons are the same: nodes are known by name, whatever their order."""

from collections.abc import Collection, Sequence

import numpy as np
from attrs import field, frozen

from sleap.core.merge.rules import Map, check_map
from sleap.core.skeleton import Skeleton
from sleap.core.tables import IntArray
from sleap.errors import LabelsError

MIN_SHARED = 0.5
"""Skeletons are the same if they share so much of the nodes of the smaller one."""

Names = tuple[str, str]


@frozen
class SkeletonMatch:
    """What becomes of one skeleton of the new labels.

    Args:
        name: Its name.
        number: Its number after the merge.
        is_added: Whether it is added to the list; else the one there takes it in.
        nodes: (n_nodes,) the index of each of its nodes in the merged skeleton.
        added_nodes: Names of nodes that the one there did not have.
        added_edges: Edges that the one there did not have.
        added_symmetries: Symmetries that the one there did not have.
        refused_symmetries: Symmetries left out, as they contradict those that are there.
    """

    name: str
    number: int
    is_added: bool
    nodes: IntArray = field(repr=False)
    added_nodes: tuple[str, ...] = ()
    added_edges: tuple[Names, ...] = ()
    added_symmetries: tuple[Names, ...] = ()
    refused_symmetries: tuple[Names, ...] = ()

    @property
    def is_reordered(self) -> bool:
        """Whether its nodes stand in another order in the merged skeleton."""
        return bool((np.diff(self.nodes) < 0).any())


def match_skeletons(
    base: Sequence[Skeleton], new: Sequence[Skeleton], rules: Map
) -> tuple[tuple[SkeletonMatch, ...], tuple[Skeleton, ...]]:
    """Find the skeletons of the base that those of the new labels are.

    A new skeleton is the one that matches it in all, else the one with the same node names, else
    the one with which it shares most nodes, if that is half of the nodes of the smaller of both;
    of several, the first. Nodes, edges and symmetries that are missing there are added to it, so
    that no two skeletons with the same nodes come about.

    Args:
        base: Skeletons of the base.
        new: Skeletons of the new labels.
        rules: Numbers that are given, see ``MergeRules``.

    Returns:
        One match for each new skeleton; and what all skeletons will be after the merge.

    Raises:
        LabelsError: If a number in the rules names nothing, or the rules demand a second skeleton
            of the same nodes.
    """
    check_map(rules, "skeleton", new, base)
    drafts = [skeleton.copy() for skeleton in base]
    exact = {_find(drafts, one) for one in new if any(_same_nodes(one, other) for other in base)}
    matches = []
    for index, skeleton in enumerate(new):
        found = _find(drafts, skeleton, exact)
        if index in rules:
            ruled = rules[index]
            if ruled is None and found is not None and _same_nodes(drafts[found], skeleton):
                raise LabelsError(
                    f"{skeleton} cannot be added: the base has a skeleton of the same nodes, and "
                    "two of them could not be told apart. Let it be matched."
                )
            found = ruled
        if found is None:
            drafts.append(skeleton.copy())
            nodes = np.arange(skeleton.n_nodes)
            matches.append(SkeletonMatch(skeleton.name, len(drafts) - 1, True, nodes))
        else:
            matches.append(_unite(drafts[found], found, skeleton))
    return tuple(matches), tuple(drafts)


def _find(
    drafts: list[Skeleton], skeleton: Skeleton, exact: Collection[int | None] = ()
) -> int | None:
    """Return the number of the skeleton that is most like another; None if none is alike.

    Of several, one that is exactly another new skeleton (``exact``) had better stay as it is.
    """
    names = set(skeleton.node_names)
    best: tuple[tuple[bool, bool, int, bool], int] | None = None
    for number, draft in enumerate(drafts):
        n_shared = len(names & set(draft.node_names))
        n_least = min(skeleton.n_nodes, draft.n_nodes)
        same = _same_nodes(draft, skeleton)
        rank = (draft.matches(skeleton), same, n_shared, same or number not in exact)
        if n_shared >= MIN_SHARED * n_least and (best is None or rank > best[0]):
            best = rank, number
    return None if best is None else best[1]


def _same_nodes(a: Skeleton, b: Skeleton) -> bool:
    return set(a.node_names) == set(b.node_names)


def _unite(draft: Skeleton, number: int, skeleton: Skeleton) -> SkeletonMatch:
    """Add to a skeleton what another has and it has not."""
    nodes = []
    added_nodes = []
    for name, weight in zip(skeleton.node_names, skeleton.weights, strict=True):
        if name not in draft:
            draft.add_node(name, weight)
            added_nodes.append(name)
        nodes.append(draft.index(name))
    edges = [edge for edge in skeleton.edge_names if edge not in draft.edge_names]
    for edge in edges:
        draft.add_edge(*edge)
    added, refused = [], []
    for pair in skeleton.symmetry_names:
        n_before = len(draft.symmetries)
        try:
            draft.add_symmetry(*pair)
        except LabelsError:
            refused.append(pair)
        if len(draft.symmetries) > n_before:
            added.append(pair)
    return SkeletonMatch(
        skeleton.name,
        number,
        False,
        np.array(nodes, np.int64),
        tuple(added_nodes),
        tuple(edges),
        tuple(added),
        tuple(refused),
    )


def unify(skeletons: Sequence[Skeleton]) -> tuple[IntArray, list[IntArray]]:
    """Number skeletons so that those with the same nodes get the same number.

    Returns:
        (n_skeletons,) for each the number of the first with the same nodes; and for each the
        index of its nodes in that one.
    """
    numbers = np.arange(len(skeletons))
    nodes = []
    for number, skeleton in enumerate(skeletons):
        first = next(k for k, other in enumerate(skeletons) if _same_nodes(other, skeleton))
        numbers[number] = first
        names = skeleton.node_names
        nodes.append(np.array([skeletons[first].index(name) for name in names], np.int64))
    return numbers, nodes
