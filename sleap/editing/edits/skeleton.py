"""Skeletons: nodes, edges and symmetries changed, with the points of all instances kept."""

from collections.abc import Iterable, Mapping

from sleap.core.skeleton import Skeleton
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError

Node = str | int


def add_skeleton(tx: Transaction, template: Skeleton) -> Skeleton:
    """Add a skeleton to the list.

    Args:
        tx: The transaction.
        template: What it is to be; copied.

    Returns:
        The skeleton of the labels.
    """
    skeleton = template.copy()
    tx.add_skeleton(skeleton)
    return skeleton


def remove_skeletons(tx: Transaction, skeletons: Iterable[Skeleton]) -> None:
    """Take skeletons off the list.

    Raises:
        LabelsError: If the labels do not have one of them, or have instances of it.
    """
    tx.remove_skeletons([tx.number_of(one) for one in skeletons])


def rename_skeleton(tx: Transaction, skeleton: Skeleton, name: str) -> None:
    """Give a skeleton another name.

    Raises:
        LabelsError: If the name is empty.
    """
    draft = skeleton.copy()
    draft.name = _name(name, "skeleton")
    _keep_nodes(tx, skeleton, draft)


def add_node(tx: Transaction, skeleton: Skeleton, name: str) -> int:
    """Add a node at the end; its points are missing on all instances.

    Args:
        tx: The transaction.
        skeleton: A skeleton of the labels.
        name: Name of the node, which no other has.

    Returns:
        Its index.

    Raises:
        LabelsError: If the name is empty or taken.
    """
    draft = skeleton.copy()
    index = draft.add_node(_name(name, "node"))
    tx.set_skeleton(skeleton, draft, [*range(index), -1])
    return index


def remove_nodes(tx: Transaction, skeleton: Skeleton, nodes: Iterable[Node]) -> None:
    """Take nodes out, with their edges and symmetries and their points on all instances.

    Args:
        tx: The transaction.
        skeleton: A skeleton of the labels.
        nodes: Names or indices.

    Raises:
        LabelsError: If there is no such node.
    """
    gone = {skeleton.index(node) for node in nodes}
    draft = skeleton.copy()
    for index in sorted(gone, reverse=True):
        draft.remove_node(index)
    tx.set_skeleton(skeleton, draft, [one for one in range(len(skeleton)) if one not in gone])


def rename_node(tx: Transaction, skeleton: Skeleton, node: Node, name: str) -> None:
    """Give a node another name; its points stay.

    Raises:
        LabelsError: If there is no such node, or the name is empty or taken.
    """
    draft = skeleton.copy()
    draft.rename_node(draft.node_names[draft.index(node)], _name(name, "node"))
    _keep_nodes(tx, skeleton, draft)


def reorder_nodes(tx: Transaction, skeleton: Skeleton, order: Iterable[Node]) -> None:
    """Put the nodes, and with them the points of all instances, into another order.

    Args:
        tx: The transaction.
        skeleton: A skeleton of the labels.
        order: All nodes, by name or index, in their new order.

    Raises:
        LabelsError: If the order does not name each node once.
    """
    draft = skeleton.copy()
    tx.set_skeleton(skeleton, draft, draft.reorder_nodes(order))


def add_edge(tx: Transaction, skeleton: Skeleton, source: Node, destination: Node) -> None:
    """Add an edge at the end.

    Raises:
        LabelsError: If there is no such node, or there is that edge.
    """
    draft = skeleton.copy()
    draft.add_edge(source, destination)
    _keep_nodes(tx, skeleton, draft)


def remove_edge(tx: Transaction, skeleton: Skeleton, source: Node, destination: Node) -> None:
    """Take an edge out.

    Raises:
        LabelsError: If there is no such edge.
    """
    draft = skeleton.copy()
    draft.remove_edge(source, destination)
    _keep_nodes(tx, skeleton, draft)


def set_symmetry(tx: Transaction, skeleton: Skeleton, node: Node, partner: Node | None) -> None:
    """Make two nodes mirror images of each other; partners that either had are free again.

    Args:
        tx: The transaction.
        skeleton: A skeleton of the labels.
        node: Name or index.
        partner: Name or index of the other; None: the node has no partner any more.

    Raises:
        LabelsError: If there is no such node, or both are the same.
    """
    draft = skeleton.copy()
    chosen = {draft.index(one) for one in (node, partner) if one is not None}
    pair = sorted(chosen)
    if partner is not None and any(sorted(known) == pair for known in draft.symmetries):
        return
    draft.symmetries = [known for known in draft.symmetries if not chosen & set(known)]
    if partner is not None:
        draft.add_symmetry(node, partner)
    _keep_nodes(tx, skeleton, draft)


def load_skeleton(
    tx: Transaction,
    skeleton: Skeleton,
    template: Skeleton,
    *,
    renamed: Mapping[str, str] | None = None,
    keep_others: bool = False,
) -> None:
    """Make a skeleton what a file or template says; points are kept by the name of their node.

    Args:
        tx: The transaction.
        skeleton: A skeleton of the labels.
        template: What it is to be; copied.
        renamed: Nodes of the template by the nodes of the skeleton that they stand for, where
            these have other names.
        keep_others: Whether nodes that the template does not have stay, at the end and with their
            edges and symmetries; else they go with their points.

    Raises:
        LabelsError: If ``renamed`` names a node that is not there, or two for the same.
    """
    becomes = _new_names(skeleton, template, renamed or {})
    draft = template.copy()
    if keep_others:
        becomes = _add_others(draft, skeleton, becomes)
    origins = {new: skeleton.index(old) for old, new in becomes.items()}
    tx.set_skeleton(skeleton, draft, [origins.get(name, -1) for name in draft.node_names])


def set_description(
    tx: Transaction,
    skeleton: Skeleton,
    description: str | None,
    preview_image: bytes | None = None,
) -> None:
    """Set what a skeleton says about itself.

    Args:
        tx: The transaction.
        skeleton: A skeleton of the labels.
        description: Free text; None for none.
        preview_image: Bytes of an image that shows it; None for none.
    """
    draft = skeleton.copy()
    draft.description, draft.preview_image = description, preview_image
    _keep_nodes(tx, skeleton, draft)


def _keep_nodes(tx: Transaction, skeleton: Skeleton, draft: Skeleton) -> None:
    tx.set_skeleton(skeleton, draft, range(len(skeleton)))


def _name(name: str, what: str) -> str:
    if not name.strip():
        raise LabelsError(f"A {what} needs a name of at least one letter or digit.")
    return name.strip()


def _new_names(
    skeleton: Skeleton, template: Skeleton, renamed: Mapping[str, str]
) -> dict[str, str]:
    """Return the name in the template of each node that is in both."""
    for old, new in renamed.items():
        skeleton.index(old)
        template.index(new)
    taken = set(renamed.values())
    if len(taken) < len(renamed):
        raise LabelsError("Two nodes cannot become the same node of the template.")
    same = {
        name: name
        for name in skeleton.node_names
        if name in template and name not in renamed and name not in taken
    }
    return {**same, **renamed}


def _add_others(draft: Skeleton, skeleton: Skeleton, becomes: dict[str, str]) -> dict[str, str]:
    """Add the nodes that a template does not have, with their edges and symmetries.

    Returns:
        The name in the draft of each node of the skeleton.
    """
    others = [name for name in skeleton.node_names if name not in becomes]
    for name in others:
        if name in draft:
            raise LabelsError(
                f"Node '{name}' stays, but the template has another one of that name."
            )
        draft.add_node(name, skeleton.weights[skeleton.index(name)])
    names = {**becomes, **{name: name for name in others}}
    for edge in skeleton.edge_names:
        if set(edge) & set(others):
            draft.add_edge(names[edge[0]], names[edge[1]])
    paired = {name for pair in draft.symmetry_names for name in pair}
    for a, b in skeleton.symmetry_names:
        if {a, b} & set(others) and not {names[a], names[b]} & paired:
            draft.add_symmetry(names[a], names[b])
    return names
