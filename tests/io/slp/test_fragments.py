import json

import pytest

from sleap.core.skeleton import Skeleton
from sleap.io import skeleton_json
from sleap.io.slp import fragments

FLY = Skeleton(["head", "tail", "wing"], [("head", "tail")], name="fly")


@pytest.fixture
def text() -> str:
    graphs, nodes = skeleton_json.encode_all([FLY])
    return json.dumps(
        {
            "version": "2.0.0",
            "skeletons": graphs,
            "nodes": nodes,
            "videos": [],
            "provenance": {"a": 1},
        }
    )


def test_whole_metadata_are_read_whole(text: str) -> None:
    header, is_whole = fragments.parse_header(text.encode() + b"\0\0")
    assert is_whole
    assert header == json.loads(text)


def test_every_cut_leaves_what_stands_before_it(text: str) -> None:
    end_of_graph = text.index('"nodes": [{"name"')
    for end in range(len(text)):
        header, is_whole = fragments.parse_header(text[:end])
        assert not is_whole
        if end > end_of_graph:
            (graph,) = header["skeletons"]
            assert graph == json.loads(text)["skeletons"][0]


def test_a_broken_graph_leaves_the_names_of_the_nodes(text: str) -> None:
    broken = text.replace('"directed": true', '"directed": \x01\x02')
    header, is_whole = fragments.parse_header(broken)
    assert not is_whole
    (skeleton,) = fragments.build_skeletons(header)
    assert skeleton is not None
    assert skeleton.node_names == FLY.node_names


def test_whole_metadata_give_the_whole_skeleton(text: str) -> None:
    (skeleton,) = fragments.build_skeletons(json.loads(text))
    assert skeleton is not None
    assert skeleton.matches(FLY)


def test_metadata_and_videos_are_found_in_the_bytes_of_a_file(text: str) -> None:
    videos = [
        {"backend": {"filename": "a.mp4", "grayscale": True}},
        {"filename": "b.mp4", "backend": {"filename": "b.mp4"}},
    ]
    raw = b"\x00\x93" + text.encode() + bytes(9)
    raw += b"\0".join(json.dumps(video, separators=(",", ":")).encode() for video in videos)
    raw += bytes(3) + b'{"backend":{"filen'
    (header,) = fragments.find_headers(raw)
    assert header == json.loads(text)
    assert fragments.find_videos(raw) == videos


@pytest.mark.parametrize("data", [None, 1.0, b"\xff\xfe", '{"a"', b""])
def test_a_broken_item_is_nothing(data: object) -> None:
    assert fragments.parse_item(data) is None


@pytest.mark.parametrize("header", [{}, {"skeletons": 3}, {"skeletons": [7], "nodes": "x"}])
def test_nothing_makes_no_skeleton(header: dict[str, object]) -> None:
    assert not any(fragments.build_skeletons(header))
