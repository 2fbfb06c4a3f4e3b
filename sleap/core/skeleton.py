"""What an animal looks like: named nodes, edges between them, and left-right symmetries."""

from collections.abc import Iterable

import numpy as np

from sleap.core.tables import IntArray
from sleap.errors import LabelsError, did_you_mean

Pair = tuple[str | int, str | int]


class Skeleton:
    """Nodes in a fixed order, directed edges and symmetric pairs.

    Two skeletons are the same only if they are the same object; ``matches`` compares the contents.

    Args:
        nodes: Names of the nodes, unique, in the order of the points of an instance.
        edges: (source, destination) pairs of names or indices, in order.
        symmetries: Pairs of nodes that swap when the animal is mirrored, each pair once.
        name: Name of the skeleton.

    Raises:
        LabelsError: If a name occurs twice, or an edge or symmetry names no node, joins a node
            with itself, occurs twice, or a node is in two symmetries.

    Attributes:
        name: Name of the skeleton.
        node_names: Names of the nodes.
        edges: (source, destination) node indices.
        symmetries: (a, b) node indices, each pair once.
        weights: One number per node, kept for the file; 1.0.
        description: Free text, or None.
        preview_image: Bytes of an image that shows it, or None.
    """

    def __init__(
        self,
        nodes: Iterable[str] = (),
        edges: Iterable[Pair] = (),
        symmetries: Iterable[Pair] = (),
        name: str = "Skeleton-0",
    ) -> None:
        self.name = name
        self.node_names: list[str] = []
        self.weights: list[float] = []
        self.edges: list[tuple[int, int]] = []
        self.symmetries: list[tuple[int, int]] = []
        self.description: str | None = None
        self.preview_image: bytes | None = None
        for node in nodes:
            self.add_node(node)
        for source, destination in edges:
            self.add_edge(source, destination)
        for a, b in symmetries:
            self.add_symmetry(a, b)

    def __repr__(self) -> str:
        return f"Skeleton('{self.name}', {self.n_nodes} nodes, {len(self.edges)} edges)"

    def __len__(self) -> int:
        """Count the nodes."""
        return self.n_nodes

    def __bool__(self) -> bool:
        """Tell that there is a skeleton, even if it has no nodes yet."""
        return True

    def __contains__(self, node: object) -> bool:
        """Tell whether there is a node of that name."""
        return node in self.node_names

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_names)

    @property
    def edge_names(self) -> list[tuple[str, str]]:
        """(source, destination) names of the edges."""
        return [(self.node_names[a], self.node_names[b]) for a, b in self.edges]

    @property
    def symmetry_names(self) -> list[tuple[str, str]]:
        """Names of the symmetric pairs."""
        return [(self.node_names[a], self.node_names[b]) for a, b in self.symmetries]

    def index(self, node: str | int) -> int:
        """Return the index of a node.

        Args:
            node: Its name, or its index (returned as it is when there is such a node).

        Raises:
            LabelsError: If there is no such node.
        """
        if isinstance(node, str):
            try:
                return self.node_names.index(node)
            except ValueError:
                raise LabelsError(
                    f"{self} has no node '{node}'.{did_you_mean(node, self.node_names)} "
                    f"Its nodes: {', '.join(self.node_names) or 'none'}."
                ) from None
        if not 0 <= node < self.n_nodes:
            raise LabelsError(f"{self} has no node {node}: expected 0 to {self.n_nodes - 1}.")
        return int(node)

    def add_node(self, name: str, weight: float = 1.0) -> int:
        """Add a node at the end and return its index.

        Instances that exist already do not get a point for it: of a skeleton in use, add nodes
        with ``Labels.add_node``; and so remove and reorder them.

        Raises:
            LabelsError: If the name is taken.
        """
        if name in self.node_names:
            raise LabelsError(f"{self} has a node '{name}' already: names must differ.")
        self.node_names.append(name)
        self.weights.append(weight)
        return self.n_nodes - 1

    def remove_node(self, node: str | int) -> int:
        """Take a node out, with its edges and symmetry; return the index it had.

        Raises:
            LabelsError: If there is no such node.
        """
        index = self.index(node)
        self._keep([other for other in range(self.n_nodes) if other != index])
        return index

    def reorder_nodes(self, order: Iterable[str | int]) -> IntArray:
        """Put the nodes into another order; edges and symmetries stay between the same nodes.

        Args:
            order: All nodes, by name or index, in their new order.

        Returns:
            (n_nodes,) the index that each node of the new order had.

        Raises:
            LabelsError: If a node is missing, or given twice, or there is no such node.
        """
        places = [self.index(node) for node in order]
        if sorted(places) != list(range(self.n_nodes)):
            raise LabelsError(
                f"{self}: an order of nodes must name each of them once: "
                f"{', '.join(self.node_names)}."
            )
        self._keep(places)
        return np.array(places, np.int64)

    def _keep(self, places: list[int]) -> None:
        """Keep some nodes, in a new order."""
        new = {old: index for index, old in enumerate(places)}
        self.node_names = [self.node_names[old] for old in places]
        self.weights = [self.weights[old] for old in places]
        self.edges = [(new[a], new[b]) for a, b in self.edges if a in new and b in new]
        self.symmetries = [(new[a], new[b]) for a, b in self.symmetries if a in new and b in new]

    def rename_node(self, old: str, new: str) -> None:
        """Give a node another name.

        Raises:
            LabelsError: If there is no node ``old``, or ``new`` is taken.
        """
        index = self.index(old)
        if new != old and new in self.node_names:
            raise LabelsError(f"{self} has a node '{new}' already: names must differ.")
        self.node_names[index] = new

    def add_edge(self, source: str | int, destination: str | int) -> None:
        """Add an edge at the end.

        Raises:
            LabelsError: If there is no such node, or there is that edge.
        """
        edge = self._pair("edge", source, destination)
        if edge in self.edges:
            raise LabelsError(f"{self} has the edge {source} -> {destination} already.")
        self.edges.append(edge)

    def remove_edge(self, source: str | int, destination: str | int) -> None:
        """Take an edge out.

        Raises:
            LabelsError: If there is no such edge.
        """
        edge = self._pair("edge", source, destination)
        if edge not in self.edges:
            raise LabelsError(f"{self} has no edge {source} -> {destination}.")
        self.edges.remove(edge)

    def remove_symmetry(self, a: str | int, b: str | int) -> None:
        """Let two nodes no longer be mirror images of each other.

        Raises:
            LabelsError: If they are not.
        """
        pair = set(self._pair("symmetry", a, b))
        if all(set(known) != pair for known in self.symmetries):
            raise LabelsError(f"{self}: {a} and {b} are not symmetric.")
        self.symmetries = [known for known in self.symmetries if set(known) != pair]

    def add_symmetry(self, a: str | int, b: str | int) -> None:
        """Declare two nodes mirror images of each other; the pair given again changes nothing.

        Raises:
            LabelsError: If there is no such node, or one has another partner.
        """
        pair = self._pair("symmetry", a, b)
        for known in self.symmetries:
            if set(known) == set(pair):
                return
            if set(known) & set(pair):
                raise LabelsError(
                    f"{self}: cannot make {a} and {b} symmetric: one of them has another "
                    "partner. Every node has at most one."
                )
        self.symmetries.append(pair)

    def _pair(self, kind: str, a: str | int, b: str | int) -> tuple[int, int]:
        pair = self.index(a), self.index(b)
        if pair[0] == pair[1]:
            raise LabelsError(f"{self}: the {kind} {a}, {b} joins a node with itself.")
        return pair

    def flip_order(self) -> IntArray:
        """Return the order of nodes that swaps the symmetric ones.

        Returns:
            (n_nodes,) indices: ``points[flip_order]`` are the points of the mirrored animal.
        """
        order = np.arange(self.n_nodes)
        for a, b in self.symmetries:
            order[a], order[b] = b, a
        return order

    def copy(self) -> "Skeleton":
        """Return another skeleton of the same contents."""
        twin = Skeleton(self.node_names, self.edges, self.symmetries, self.name)
        twin.weights = list(self.weights)
        twin.description, twin.preview_image = self.description, self.preview_image
        return twin

    def matches(self, other: "Skeleton") -> bool:
        """Tell whether nodes (in order), edges (in order) and symmetries are the same."""
        return (
            self.node_names == other.node_names
            and self.edges == other.edges
            and {frozenset(pair) for pair in self.symmetries}
            == {frozenset(pair) for pair in other.symmetries}
        )
