import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.skeleton import Skeleton
from sleap.errors import FormatError
from sleap.io.skeleton_json import decode, encode, encode_all

BODY = {"py/reduce": [{"py/type": "sleap.skeleton.EdgeType"}, {"py/tuple": [1]}]}
SYMMETRY = {"py/reduce": [{"py/type": "sleap.skeleton.EdgeType"}, {"py/tuple": [2]}]}
NAMES = ["head", "thorax", "wingL", "wingR"]
NODES = [{"name": name, "weight": 1.0} for name in NAMES]

# What jsonpickle 1.2 makes of a fly with two edges out of the thorax and symmetric wings.
INDEXED: dict[str, Any] = {
    "directed": True,
    "graph": {"name": "Skeleton-0", "num_edges_inserted": 3},
    "links": [
        {"edge_insert_idx": 0, "key": 0, "source": 1, "target": 0, "type": BODY},
        {"edge_insert_idx": 1, "key": 0, "source": 1, "target": 2, "type": {"py/id": 1}},
        {"edge_insert_idx": 2, "key": 0, "source": 1, "target": 3, "type": {"py/id": 1}},
        {"key": 0, "source": 2, "target": 3, "type": SYMMETRY},
        {"key": 0, "source": 3, "target": 2, "type": {"py/id": 2}},
    ],
    "multigraph": True,
    "nodes": [{"id": 0}, {"id": 1}, {"id": 2}, {"id": 3}],
}


def node(name: str) -> dict[str, Any]:
    return {"py/object": "sleap.skeleton.Node", "py/state": {"py/tuple": [name, 1.0]}}


STANDALONE: dict[str, Any] = {
    "directed": True,
    "graph": {"name": "Skeleton-0", "num_edges_inserted": 3},
    "links": [
        {
            "edge_insert_idx": 0,
            "key": 0,
            "source": node("thorax"),
            "target": node("head"),
            "type": BODY,
        },
        {
            "edge_insert_idx": 1,
            "key": 0,
            "source": {"py/id": 1},
            "target": node("wingL"),
            "type": {"py/id": 3},
        },
        {
            "edge_insert_idx": 2,
            "key": 0,
            "source": {"py/id": 1},
            "target": node("wingR"),
            "type": {"py/id": 3},
        },
        {"key": 0, "source": {"py/id": 4}, "target": {"py/id": 5}, "type": SYMMETRY},
        {"key": 0, "source": {"py/id": 5}, "target": {"py/id": 4}, "type": {"py/id": 6}},
    ],
    "multigraph": True,
    "nodes": [
        {"id": {"py/id": 2}},
        {"id": {"py/id": 1}},
        {"id": {"py/id": 4}},
        {"id": {"py/id": 5}},
    ],
}


def fly() -> Skeleton:
    return Skeleton(
        NAMES,
        edges=[("thorax", "head"), ("thorax", "wingL"), ("thorax", "wingR")],
        symmetries=[("wingL", "wingR")],
    )


def changed(data: dict[str, Any], **entries: Any) -> dict[str, Any]:
    return {**json.loads(json.dumps(data)), **entries}


def replaced(data: Any, old: Any, new: Any) -> Any:
    """Return a copy of nested data with every part that equals ``old`` replaced."""
    if data == old:
        return new
    if isinstance(data, dict):
        return {key: replaced(value, old, new) for key, value in data.items()}
    return [replaced(value, old, new) for value in data] if isinstance(data, list) else data


@pytest.mark.parametrize(("data", "nodes"), [(INDEXED, NODES), (STANDALONE, None)])
def test_the_worked_examples_are_read(data: dict[str, Any], nodes: list[Any] | None) -> None:
    skeleton = decode(data, nodes)
    assert skeleton.matches(fly())
    assert skeleton.name == "Skeleton-0"


def test_the_worked_examples_are_written() -> None:
    assert encode(fly(), range(4)) == INDEXED
    assert encode(fly()) == STANDALONE
    assert list(encode(fly())["links"][0]) == sorted(encode(fly())["links"][0])


def test_edges_come_in_the_order_of_insertion() -> None:
    links = [dict(link) for link in INDEXED["links"]]
    links[0]["edge_insert_idx"], links[2]["edge_insert_idx"] = 7, 0
    skeleton = decode(changed(INDEXED, links=links), NODES)
    assert skeleton.edge_names == [("thorax", "wingR"), ("thorax", "wingL"), ("thorax", "head")]


def test_the_nodes_of_a_graph_are_in_its_own_order() -> None:
    nodes = [{"id": 3}, {"id": 1}, {"id": 0}, {"id": 2}]
    skeleton = decode(changed(INDEXED, nodes=nodes), NODES)
    assert skeleton.node_names == ["wingR", "thorax", "head", "wingL"]
    assert skeleton.edge_names == fly().edge_names


def test_older_jsonpickle_adds_three_nulls() -> None:
    long = {"py/reduce": [*BODY["py/reduce"], None, None, None]}
    assert decode(replaced(INDEXED, BODY, long), NODES).matches(fly())


@pytest.mark.parametrize(
    "state",
    [
        {"py/state": {"name": "head", "weight": 0.5}},
        {"py/state": {"py/tuple": ["head", 0.5]}},
        {"name": "head", "weight": 0.5},
    ],
)
def test_all_forms_of_a_node_are_read(state: dict[str, Any]) -> None:
    form = {"py/object": "sleap.skeleton.Node", **state}
    skeleton = decode(replaced(STANDALONE, node("head"), form))
    assert skeleton.matches(fly())
    assert skeleton.weights == [0.5, 1.0, 1.0, 1.0]


def test_symmetries_stored_once_and_links_called_edges_are_read() -> None:
    once = changed(INDEXED, edges=INDEXED["links"][:-1])
    del once["links"]
    assert decode(once, NODES).matches(fly())


def test_a_number_that_leads_nowhere_is_guessed_from_the_link() -> None:
    links = [dict(link) for link in INDEXED["links"]]
    for index in (1, 2, 4):
        links[index]["type"] = {"py/id": 40 + index}
    assert decode(changed(INDEXED, links=links), NODES).matches(fly())


def test_the_newer_wrapper_is_read_and_written() -> None:
    skeleton = fly()
    skeleton.description, skeleton.preview_image = "a fly", b"\x89PNG..."
    for form, nodes in ((encode(skeleton), None), (encode(skeleton, range(4)), NODES)):
        assert sorted(form) == ["description", "nx_graph", "preview_image"]
        again = decode(json.loads(json.dumps(form)), nodes)
        assert again.matches(skeleton)
        assert (again.description, again.preview_image) == ("a fly", b"\x89PNG...")
    bare = decode({"nx_graph": INDEXED, "description": None, "preview_image": None}, NODES)
    assert (bare.description, bare.preview_image) == (None, None)


def test_several_skeletons_share_one_list_of_nodes() -> None:
    skeletons = [fly(), Skeleton(["wingL", "tail"], [("tail", "wingL")], name="other")]
    graphs, nodes = encode_all(skeletons)
    assert len(nodes) == 6
    for graph, skeleton in zip(graphs, skeletons, strict=True):
        again = decode(graph, nodes)
        assert again.matches(skeleton)
        assert again.name == skeleton.name


def test_a_skeleton_without_a_name_gets_one() -> None:
    graph = {"name": None, "num_edges_inserted": 3}
    assert decode(changed(INDEXED, graph=graph), NODES, name="Skeleton-4").name == "Skeleton-4"


def test_the_skeleton_of_a_real_training_profile_is_read(data_dir: Path) -> None:
    folder = data_dir / "flies_tutorial" / "models" / "211229_075510.centroid"
    config = json.loads((folder / "training_config.json").read_text(encoding="utf-8"))
    skeleton = decode(config["data"]["labels"]["skeletons"][0])
    assert skeleton.node_names == ["head", "thorax", "abdomen"]
    assert skeleton.edge_names == [("thorax", "head"), ("thorax", "abdomen")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "no list of nodes"),
        ({"links": []}, "no list of nodes"),
        (changed(INDEXED, nodes=[{"id": 9}]), "refers to node 9"),
        (changed(INDEXED, nodes=[{"id": 0}, {"id": 0}]), "names must differ"),
        (changed(INDEXED, links=[{"source": 0}]), "no two ends"),
        (changed(INDEXED, links=3), "inconsistent"),
        (changed(INDEXED, nodes=[{"id": 0}]), "has no node"),
        (changed(INDEXED, nodes=[{"id": {"py/object": "os.system"}}]), "not there"),
        ({"nx_graph": 3}, "no list of nodes"),
    ],
)
def test_what_is_no_skeleton_is_refused(data: Any, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        decode(data, NODES)


def test_links_that_make_no_sense_are_left_out_and_reported(
    caplog: pytest.LogCaptureFixture,
) -> None:
    second = {"key": 0, "source": 2, "target": 0, "type": {"py/id": 2}}
    loop = {"edge_insert_idx": 3, "key": 0, "source": 2, "target": 2, "type": {"py/id": 1}}
    links = [*INDEXED["links"], second, loop]
    assert decode(changed(INDEXED, links=links), NODES).matches(fly())
    assert len(caplog.records) == 2


def test_no_pickled_object_is_ever_made() -> None:
    evil = {"py/reduce": [{"py/function": "os.system"}, {"py/tuple": ["echo hello > /tmp/evil"]}]}
    skeleton = decode(replaced(INDEXED, BODY, evil), NODES)
    assert skeleton.edge_names == fly().edge_names
    program = (
        "import sys, sleap.io.skeleton_json; "
        "assert not {'jsonpickle', 'networkx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@st.composite
def skeletons(draw: st.DrawFn) -> Skeleton:
    names = draw(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=8, unique=True))
    pairs = [(a, b) for a in range(len(names)) for b in range(len(names)) if a != b]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=10)) if pairs else []
    order = draw(st.permutations(range(len(names))))
    n_pairs = draw(st.integers(0, len(names) // 2))
    symmetries = [(order[2 * k], order[2 * k + 1]) for k in range(n_pairs)]
    return Skeleton(names, edges, symmetries, name=draw(st.text(max_size=5)))


@given(skeletons())
def test_what_is_written_is_read(skeleton: Skeleton) -> None:
    graphs, nodes = encode_all([skeleton])
    for data, known in ((encode(skeleton), None), (graphs[0], nodes)):
        again = decode(json.loads(json.dumps(data)), known)
        assert again.matches(skeleton)
        assert again.name == skeleton.name


def test_a_kind_of_edge_may_be_an_object() -> None:
    for state in ({"_value_": 1}, {"py/state": {"py/tuple": [1]}}, {"value": 1}):
        form = {"py/object": "sleap.skeleton.EdgeType", **state}
        assert decode(replaced(INDEXED, BODY, form), NODES).matches(fly())


def test_numbers_of_nodes_may_be_texts() -> None:
    links = [
        {**link, "source": str(link["source"]), "target": str(link["target"])}
        for link in INDEXED["links"]
    ]
    nodes = [{"id": str(number)} for number in range(4)]
    assert decode(changed(INDEXED, links=links, nodes=nodes), NODES).matches(fly())
    digits = decode({"nodes": [{"id": "1"}, {"id": "0"}], "links": []}, [{"name": "1"}, "0"])
    assert digits.node_names == ["1", "0"]


def test_a_graph_may_name_its_nodes_itself() -> None:
    nodes = [{"id": number, "name": name} for number, name in enumerate(NAMES)]
    assert decode(changed(INDEXED, nodes=nodes)).matches(fly())


def test_the_numbers_of_sleap_io_are_read(tmp_path: Path) -> None:
    sleap_io = pytest.importorskip("sleap_io", reason="writes the file that is read")
    for skeleton in (
        fly(),
        Skeleton(["a", "b", "c", "d"], [("c", "b"), ("a", "d")]),
        Skeleton(["d", "a", "c", "b"], [("a", "b"), ("b", "c"), ("c", "d")], [("a", "d")]),
        Skeleton(["b", "a"], [("a", "b")]),
    ):
        theirs = sleap_io.Skeleton(
            nodes=list(skeleton.node_names),  # which it changes
            edges=skeleton.edge_names,
            symmetries=skeleton.symmetry_names,
            name="fly",
        )
        sleap_io.save_skeleton(theirs, str(tmp_path / "a.json"))
        assert decode(json.loads((tmp_path / "a.json").read_text())).matches(skeleton)
        # and theirs reads ours
        (tmp_path / "b.json").write_text(json.dumps(encode(skeleton)))
        again = sleap_io.load_skeleton(str(tmp_path / "b.json"))
        assert again.node_names == skeleton.node_names
        assert sorted(again.edge_inds) == sorted(skeleton.edges)
        assert {frozenset(p) for p in again.symmetry_inds} == set(
            map(frozenset, skeleton.symmetries)
        )


def test_numbers_start_again_for_every_skeleton() -> None:
    graphs, nodes = encode_all([fly(), fly()])
    for graph in graphs:
        assert [link["type"] for link in graph["links"]] == [
            link["type"] for link in INDEXED["links"]
        ]
        assert decode(graph, nodes).matches(fly())


@pytest.mark.parametrize(
    "data",
    [
        changed(INDEXED, nodes=[{"id": number} for number in range(20_000)]),
        changed(INDEXED, links=INDEXED["links"] * 5000),
        replaced(INDEXED, BODY, {"py/reduce": [{"py/type": "EdgeType"}, {"py/tuple": [1e999]}]}),
        replaced(INDEXED, BODY, {"py/reduce": [{"py/type": "EdgeType"}, {"a": 1}]}),
        replaced(INDEXED, BODY, {"py/reduce": 3}),
        replaced(INDEXED, BODY, {"py/object": "EdgeType", "py/state": "x"}),
        replaced(INDEXED, 0, {"py/object": "Node", "py/state": {"py/tuple": ["a", 10**400]}}),
        replaced(INDEXED, 0, {"py/tuple": 3}),
    ],
)
def test_hostile_graphs_are_refused(data: Any) -> None:
    with pytest.raises(FormatError):
        decode(data, NODES)


def test_a_graph_that_unfolds_to_an_absurd_size_is_refused_at_once() -> None:
    rounds: list[Any] = [["x"]]
    # Each list holds the one before it twice; the numbers count the outer list, too.
    rounds += [[{"py/id": 1 + n}, {"py/id": 1 + n}] for n in range(200)]
    last = {"py/id": 201}
    for graph in (
        {"a": rounds, "nodes": [{"id": last}]},
        {"a": rounds, "graph": {"name": last}, "nodes": [{"id": last}]},
        {"a": rounds, "nodes": [{"id": {"py/object": "Node", "py/state": {"py/tuple": [last]}}}]},
    ):
        with pytest.raises(FormatError):
            decode(graph)
    assert decode({"a": rounds, "graph": {"name": last}, "nodes": []}).name == "Skeleton-0"
    wrapped = {"a": rounds, "description": last, "nx_graph": {"nodes": []}}
    assert decode(wrapped).description is None
