"""Skeletons as JSON: the node-link graph of networkx, pickled by jsonpickle, read as plain data.

Nothing is unpickled: the few forms that occur (``py/object`` of a node, ``py/reduce`` of an edge
type, ``py/id``, ``py/tuple``, ``py/b64``) are read and written by hand.

A *labels file* keeps all nodes in one list beside the graphs, and a graph names them by number.
A *stand-alone* skeleton (a ``.json`` file, a training profile) holds its nodes itself. Newer files
wrap the graph: ``{"nx_graph": graph, "description": ..., "preview_image": ...}``.

A graph that makes no sense by the usual rule of counting ``py/id`` is read by that of sleap-io.
"""

import base64
import binascii
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sleap.core.skeleton import Skeleton
from sleap.errors import FormatError, LabelsError
from sleap.io.json_pickle import (
    KindUnpickler,
    PickledEdgeType,
    PickledNode,
    Reference,
    Unpickler,
)

BODY = 1
SYMMETRY = 2

MAX_NODES = 10_000
"""Nodes of a skeleton, and links of one, that are read."""

Json = dict[str, Any]

_NUMBER_ERRORS = (ValueError, OverflowError)

logger = logging.getLogger(__name__)


def decode(data: Any, nodes: Sequence[Any] | None = None, *, name: str = "Skeleton-0") -> Skeleton:
    """Read a skeleton.

    Edges come in the order of their ``edge_insert_idx``, which is not that of the list.
    Symmetries are stored in both directions by some programs and once by others.

    Args:
        data: The graph, or the newer wrapper around it.
        nodes: The ``nodes`` list of a labels file (dictionaries with ``name`` and ``weight``),
            which a graph with numbered nodes refers to.
        name: Name of a skeleton that has none.

    Raises:
        FormatError: If it is not a skeleton graph, or refers to a node that is not there.
    """
    try:
        return _decode(data, nodes, name, Unpickler())
    except FormatError as error:
        try:
            return _decode(data, nodes, name, KindUnpickler())
        except FormatError:
            raise error from None


def _decode(data: Any, nodes: Sequence[Any] | None, name: str, unpickler: Unpickler) -> Skeleton:
    try:
        plain = unpickler.walk(data)
        wrapper = plain if isinstance(plain, dict) and "nx_graph" in plain else {}
        graph = wrapper.get("nx_graph", plain)
        if not isinstance(graph, dict) or not isinstance(graph.get("nodes"), list):
            raise FormatError("A skeleton has no list of nodes: expected a node-link graph.")
        skeleton = _build(graph, nodes, name)
    except RecursionError as error:
        raise FormatError("A skeleton is nested too deeply.") from error
    except (LabelsError, TypeError, AttributeError, LookupError, *_NUMBER_ERRORS) as error:
        raise FormatError(f"A skeleton is inconsistent: {error}") from error
    description = wrapper.get("description")
    skeleton.description = (description or None) if isinstance(description, str) else None
    skeleton.preview_image = _image_bytes(wrapper.get("preview_image"))
    return skeleton


def encode(skeleton: Skeleton, node_ids: Sequence[int] | None = None) -> Json:
    """Write a skeleton.

    Args:
        skeleton: What to write.
        node_ids: (n_nodes,) numbers of its nodes in the ``nodes`` list of a labels file. None
            writes the stand-alone form, which holds its nodes itself.

    Returns:
        The graph; wrapped if the skeleton has a description or a preview image.
    """
    pickler = _Pickler(skeleton, node_ids)
    pickler.count()  # the list of links
    links = [
        pickler.link(source, target, BODY, index)
        for index, (source, target) in enumerate(skeleton.edges)
    ]
    for a, b in skeleton.symmetries:
        links += [pickler.link(a, b, SYMMETRY), pickler.link(b, a, SYMMETRY)]
    pickler.count()  # the list of nodes
    graph: Json = {
        "directed": True,
        "graph": {"name": skeleton.name, "num_edges_inserted": len(skeleton.edges)},
        "links": links,
        "multigraph": True,
        "nodes": [{"id": pickler.node(index)} for index in range(skeleton.n_nodes)],
    }
    if skeleton.description is None and skeleton.preview_image is None:
        return graph
    image = None
    if skeleton.preview_image is not None:
        # The original keeps the image in base64 as bytes, and the pickler encodes bytes again.
        twice = base64.b64encode(base64.b64encode(skeleton.preview_image))
        image = {"py/b64": twice.decode("ascii")}
    return {"description": skeleton.description, "nx_graph": graph, "preview_image": image}


def encode_all(skeletons: Sequence[Skeleton]) -> tuple[list[Json], list[Json]]:
    """Write the skeletons of a labels file.

    Returns:
        The graphs, and the list of nodes that they refer to by number.
    """
    graphs: list[Json] = []
    nodes: list[Json] = []
    for skeleton in skeletons:
        graphs.append(encode(skeleton, range(len(nodes), len(nodes) + skeleton.n_nodes)))
        nodes += [
            {"name": name, "weight": weight}
            for name, weight in zip(skeleton.node_names, skeleton.weights, strict=True)
        ]
    return graphs, nodes


def _build(graph: Json, nodes: Sequence[Any] | None, name: str) -> Skeleton:
    attributes = graph.get("graph")
    stored_name = attributes.get("name") if isinstance(attributes, dict) else None
    skeleton = Skeleton(name=str(stored_name) if isinstance(stored_name, str | int) else name)
    nodes = _named_in(graph["nodes"]) or nodes
    links = graph.get("links", graph.get("edges")) or []
    if len(graph["nodes"]) > MAX_NODES or len(links) > MAX_NODES:
        raise FormatError(f"A skeleton has more than {MAX_NODES} nodes or links.")
    for item in graph["nodes"]:
        node = _find_node(item.get("id") if isinstance(item, dict) else item, nodes)
        skeleton.add_node(node.name, node.weight)
    edges: list[tuple[int, str, str]] = []
    for place, link in enumerate(links):
        if not isinstance(link, dict) or not {"source", "target"} <= link.keys():
            raise FormatError(f"Link {place} of skeleton '{skeleton.name}' has no two ends.")
        source, target = (_find_node(link[end], nodes).name for end in ("source", "target"))
        skeleton.index(source), skeleton.index(target)
        if _edge_type(link, links) == BODY:
            order = link.get("edge_insert_idx")
            edges.append((place if order is None else int(order), source, target))
        else:
            _add(skeleton.add_symmetry, source, target)
    for _, source, target in sorted(edges, key=lambda edge: edge[0]):
        _add(skeleton.add_edge, source, target)
    return skeleton


def _add(add: Callable[[str, str], None], a: str, b: str) -> None:
    """Add a link; one that makes no sense (twice, to itself) is dropped and reported."""
    try:
        add(a, b)
    except LabelsError as error:
        logger.warning("A link of a skeleton is left out. %s", error)


def _named_in(items: Sequence[Any]) -> list[Any] | None:
    """Return the nodes by number where the graph names them itself: ``{"id": 0, "name": ...}``."""
    if not all(isinstance(item, dict) and "name" in item for item in items) or not items:
        return None
    named: dict[int, Any] = {item["id"]: item for item in items if isinstance(item.get("id"), int)}
    if len(named) < len(items) or not all(0 <= number < MAX_NODES for number in named):
        return None
    return [named.get(number) for number in range(max(named) + 1)]


def _find_node(key: Any, nodes: Sequence[Any] | None) -> PickledNode:
    if isinstance(key, PickledNode):
        return key
    if isinstance(key, Reference):
        return key.node
    if isinstance(key, int) and nodes is not None:
        if 0 <= key < len(nodes):
            node = nodes[key]
            if isinstance(node, Mapping) and "name" in node:
                return PickledNode(str(node["name"]), float(node.get("weight", 1.0)))
            if isinstance(node, str):
                return PickledNode(node)
        raise FormatError(
            f"A skeleton refers to node {key}, but the list of nodes holds {len(nodes)}."
        )
    if isinstance(key, str):
        return _find_node(int(key), nodes) if _is_number(key, nodes) else PickledNode(key)
    shown = repr(key)[:60] if isinstance(key, int | float | None) else type(key).__name__
    raise FormatError(f"A skeleton refers to a node that is not there: {shown}.")


def _is_number(key: str, nodes: Sequence[Any] | None) -> bool:
    """Tell whether a text counts in the list of nodes, and is not a name there."""
    if nodes is None or not key.isdecimal() or len(key) > 9:
        return False
    return not any(
        (node.get("name") if isinstance(node, Mapping) else node) == key for node in nodes
    )


def _edge_type(link: Json, links: Sequence[Any]) -> int:
    kind = link.get("type")
    if isinstance(kind, Reference):
        kind = kind.edge_type
    if isinstance(kind, PickledEdgeType):
        return kind.value
    if isinstance(kind, int):
        return kind
    # A number that leads nowhere: only edges of the body are numbered in order of insertion.
    if link.get("edge_insert_idx") is None and PickledEdgeType(SYMMETRY) in [
        other.get("type") for other in links if isinstance(other, dict)
    ]:
        return SYMMETRY
    return BODY


class _Pickler:
    """Writes objects in full at their first use, and their number afterwards."""

    def __init__(self, skeleton: Skeleton, node_ids: Sequence[int] | None) -> None:
        self._skeleton = skeleton
        self._node_ids = node_ids
        self._numbers: dict[tuple[str, int], int] = {}
        self._n = 0

    def count(self) -> int:
        """Take the next number."""
        self._n += 1
        return self._n - 1

    def link(self, source: int, target: int, kind: int, order: int | None = None) -> Json:
        link: Json = {} if order is None else {"edge_insert_idx": order}
        # The keys are written in sorted order: the numbers depend on it.
        link |= {"key": 0, "source": self.node(source), "target": self.node(target)}
        link["type"] = self._edge_type(kind)
        return link

    def node(self, index: int) -> Any:
        if self._node_ids is not None:
            return self._node_ids[index]
        known = self._numbers.get(("node", index))
        if known is not None:
            return {"py/id": known}
        self._numbers["node", index] = self.count()
        state = [self._skeleton.node_names[index], self._skeleton.weights[index]]
        return {"py/object": "sleap.skeleton.Node", "py/state": {"py/tuple": state}}

    def _edge_type(self, kind: int) -> Json:
        known = self._numbers.get(("type", kind))
        if known is not None:
            return {"py/id": known}
        self._numbers["type", kind] = self.count()
        return {"py/reduce": [{"py/type": "sleap.skeleton.EdgeType"}, {"py/tuple": [kind]}]}


def _image_bytes(value: Any) -> bytes | None:
    data = value.encode("ascii", "replace") if isinstance(value, str) else value
    if not isinstance(data, bytes) or not data:
        return None
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return data
