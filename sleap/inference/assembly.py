"""From peaks to animals: joining peaks along part affinity fields.

After Cao et al., "Realtime multi-person 2D pose estimation using part affinity fields" (CVPR 2017):
candidate edges are scored by the field along them, each peak takes part in at most one edge of each
type, and what hangs together is one animal. All arrays, for one frame or one region of it.
"""

import numpy as np
import numpy.typing as npt
from attrs import frozen

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

N_VALUES = 3
"""A connection's score is the mean of its line and the peaks at both of its ends."""


@frozen(eq=False)
class Connections:
    """Edges between peaks.

    Attributes:
        edges: (n,), row in the edges of the skeleton.
        sources: (n,), row of the peak at the source.
        destinations: (n,), row of the peak at the destination.
        scores: (n,).
    """

    edges: IntArray
    sources: IntArray
    destinations: IntArray
    scores: FloatArray

    def __len__(self) -> int:
        """Count the connections."""
        return len(self.edges)

    def select(self, chosen: npt.NDArray[np.bool_] | IntArray) -> "Connections":
        """Return some of the connections."""
        return Connections(
            self.edges[chosen],
            self.sources[chosen],
            self.destinations[chosen],
            self.scores[chosen],
        )

    def with_scores(self, scores: FloatArray) -> "Connections":
        """Return the same connections with other scores."""
        return Connections(self.edges, self.sources, self.destinations, scores)


def candidates(
    points: FloatArray, channels: IntArray, edges: IntArray, *, min_distance: float
) -> Connections:
    """List every pair of peaks that an edge of the skeleton could join.

    Args:
        points: (n_peaks, 2), pixels.
        channels: (n_peaks,), node of each peak.
        edges: (n_edges, 2), (source, destination) nodes; each pair once.
        min_distance: Peaks nearer than this are not joined, pixels.

    Returns:
        The connections, by edge, with scores of 0.
    """
    n_nodes = max(int(edges.max(initial=-1)), int(channels.max(initial=-1))) + 1
    edge_of = np.full((n_nodes, n_nodes), -1, dtype=np.int64)
    edge_of[edges[:, 0], edges[:, 1]] = np.arange(len(edges))
    joined = edge_of[channels[:, None], channels[None, :]]
    sources, destinations = np.nonzero(joined >= 0)
    distances = np.hypot(*(points[destinations] - points[sources]).T)
    is_far = distances >= min_distance
    sources, destinations = sources[is_far], destinations[is_far]
    found = joined[sources, destinations]
    order = np.argsort(found, kind="stable")
    return Connections(found[order], sources[order], destinations[order], np.zeros(len(order)))


def length_penalty(lengths: FloatArray, max_length: float) -> FloatArray:
    """Tell what is added to the score of a line for its length.

    Args:
        lengths: (n,), pixels.
        max_length: Length up to which nothing is taken away, pixels.

    Returns:
        (n,), from 0 down to -1.
    """
    return np.minimum(max_length / np.maximum(lengths, 1e-9) - 1, 0)


def match(connections: Connections) -> Connections:
    """Keep, for each type of edge, the best connections with no peak in two of them.

    Returns:
        The connections that are kept, best first.
    """
    order = np.lexsort((connections.edges, -connections.scores))
    taken: set[tuple[int, int, bool]] = set()
    kept: list[int] = []
    for row in order.tolist():
        edge = int(connections.edges[row])
        source = (edge, int(connections.sources[row]), True)
        destination = (edge, int(connections.destinations[row]), False)
        if source not in taken and destination not in taken:
            taken.update((source, destination))
            kept.append(row)
    return connections.select(np.array(kept, dtype=np.int64))


def group(channels: IntArray, connections: Connections) -> IntArray:
    """Find what hangs together.

    The best connections come first; one that would give an animal two peaks of the same node is
    left out, so that a loop of edges cannot tie two animals together.

    Args:
        channels: (n_peaks,), node of each peak.
        connections: What was matched, best first.

    Returns:
        (n_peaks,), number of the animal of each peak, from 0; -1 for a peak without connections.
    """
    members: dict[int, set[int]] = {}
    nodes: dict[int, set[int]] = {}
    owner: dict[int, int] = {}
    pairs = zip(connections.sources.tolist(), connections.destinations.tolist(), strict=True)
    for pair in pairs:
        for peak in pair:
            if peak not in owner:
                owner[peak] = peak
                members[peak] = {peak}
                nodes[peak] = {int(channels[peak])}
        first, second = owner[pair[0]], owner[pair[1]]
        if first == second or nodes[first] & nodes[second]:
            continue
        for peak in members[second]:
            owner[peak] = first
        members[first] |= members.pop(second)
        nodes[first] |= nodes.pop(second)
    groups = np.full(len(channels), -1, dtype=np.int64)
    for number, group_members in enumerate(sorted(members.values(), key=min)):
        groups[list(group_members)] = number
    return groups


@frozen(eq=False)
class Animals:
    """Poses found in one image.

    Attributes:
        points: (n, n_nodes, 2), pixels; NaN if not found.
        point_scores: (n, n_nodes), values of the peaks; 0 where not found.
        scores: (n,).
    """

    points: FloatArray
    point_scores: FloatArray
    scores: FloatArray

    def __len__(self) -> int:
        """Count the animals."""
        return len(self.scores)

    def select(self, chosen: npt.NDArray[np.bool_] | IntArray | slice) -> "Animals":
        """Return some of the animals."""
        return Animals(self.points[chosen], self.point_scores[chosen], self.scores[chosen])


def assemble(
    points: FloatArray,
    values: FloatArray,
    channels: IntArray,
    connections: Connections,
    *,
    n_nodes: int,
    n_edges: int,
    min_peaks: int,
) -> Animals:
    """Make animals of peaks and the scored connections between them.

    Args:
        points: (n_peaks, 2), pixels.
        values: (n_peaks,), confidence of the peaks.
        channels: (n_peaks,), node of each peak.
        connections: The candidates worth keeping; scores of their lines.
        n_nodes: Nodes of the skeleton.
        n_edges: Edges of the skeleton; an animal's score is the sum of its connections over this.
        min_peaks: Animals with fewer points are dropped.

    Returns:
        The animals, best first.
    """
    ends = values[connections.sources] + values[connections.destinations]
    matched = match(connections.with_scores((connections.scores + ends) / N_VALUES))
    groups = group(channels, matched)
    n_animals = int(groups.max(initial=-1)) + 1
    found = np.full((n_animals, n_nodes, 2), np.nan)
    point_scores = np.zeros((n_animals, n_nodes))
    is_in = groups >= 0
    found[groups[is_in], channels[is_in]] = points[is_in]
    point_scores[groups[is_in], channels[is_in]] = values[is_in]
    inner = groups[matched.sources] == groups[matched.destinations]
    scores = np.bincount(
        groups[matched.sources[inner]], matched.scores[inner], minlength=n_animals
    ) / max(n_edges, 1)
    animals = Animals(found, point_scores, scores)
    is_large = (~np.isnan(found[..., 0])).sum(axis=1) >= min_peaks
    animals = animals.select(is_large)
    return animals.select(np.argsort(-animals.scores, kind="stable"))
