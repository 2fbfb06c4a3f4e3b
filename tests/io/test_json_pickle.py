import base64
from typing import Any

import pytest

from sleap.errors import FormatError
from sleap.io.json_pickle import (
    KindUnpickler,
    PickledEdgeType,
    PickledNode,
    Reference,
    Unknown,
    Unpickler,
)

NODE = {"py/object": "sleap.skeleton.Node", "py/state": {"py/tuple": ["head", 0.5]}}
BODY = {"py/reduce": [{"py/type": "sleap.skeleton.EdgeType"}, {"py/tuple": [1]}]}


def test_lists_and_objects_take_numbers_in_the_order_of_sorted_keys() -> None:
    data = {"c": {"py/id": 2}, "b": [NODE, {"py/id": 1}], "a": BODY, "d": {"py/id": 0}}
    plain = Unpickler().walk(data)
    assert plain["a"] is plain["d"] == PickledEdgeType(1)
    node = plain["b"][0]
    assert (node.name, node.weight) == ("head", 0.5)
    assert plain["c"] is node
    assert plain["b"][1] is plain["b"]


def test_plain_data_stays() -> None:
    data = {"x": [1, 2.5, None, True, "a"], "y": {"z": {}}}
    assert Unpickler().walk(data) == data
    encoded = base64.b64encode(b"image").decode()
    assert Unpickler().walk({"py/b64": encoded}) == b"image"
    assert Unpickler().walk({"py/tuple": [1, {"py/tuple": []}]}) == (1, ())


@pytest.mark.parametrize(
    "value",
    [
        {"py/object": "os.system", "args": ["x"]},
        {"py/object": "sleap.skeleton.Node", "py/state": {"py/tuple": [3]}},
        {"py/object": "sleap.skeleton.Node"},
        {"py/reduce": [{"py/function": "os.system"}, {"py/tuple": ["x"]}]},
        {"py/reduce": []},
        {"py/id": 7},
        {"py/id": "x"},
    ],
)
def test_what_is_no_node_and_no_edge_type_is_not_known(value: Any) -> None:
    assert isinstance(Unpickler().walk(value), Unknown)


def test_bytes_that_are_none_are_refused() -> None:
    with pytest.raises(FormatError, match="base64"):
        Unpickler().walk({"py/b64": "a"})


def test_nodes_and_edge_types_may_count_for_themselves() -> None:
    other = {"py/object": "Node", "name": "tail"}
    unpickler = KindUnpickler()
    plain = unpickler.walk([NODE, BODY, NODE, other, {"py/id": 2}, {"py/id": 1}, {"py/id": 3}])
    second, first, none = plain[4:]
    assert isinstance(second, Reference)
    assert isinstance(second.node, PickledNode)
    assert second.node.name == "tail"
    assert (first.node.name, first.edge_type.value) == ("head", 1)
    with pytest.raises(FormatError, match="object 3 of 2"):
        _ = none.node
    with pytest.raises(FormatError, match="object 2 of 1"):
        _ = second.edge_type
