import itertools
from typing import Any

import pytest

from sleap.workflows.inspection.text import render, size_of


def skeleton(nodes: str, edges: list[str], **more: Any) -> dict[str, Any]:
    facts = {"name": "s", "nodes": list(nodes), "edges": [list(pair) for pair in edges]}
    return {**facts, "symmetries": [], "description": None, **more}


def lines_of(**facts: Any) -> list[str]:
    return render({"path": "p", "size": 5, "kind": "skeleton", "skeletons": [], **facts})


@pytest.mark.parametrize(
    ("nodes", "edges", "drawn"),
    [
        ("abc", ["ab", "ac"], ["  a", "    b", "    c"]),
        ("abc", ["cb"], ["  a", "  c", "    b"]),
        ("ab", ["ab", "ba"], ["  a", "    b", "      a (see above)"]),
        ("abcd", ["ab", "ac", "bd", "cd"], ["  a", "    b", "      d", "    c", "      d"]),
        ("", [], []),
    ],
)
def test_a_skeleton_is_drawn_as_a_tree(nodes: str, edges: list[str], drawn: list[str]) -> None:
    lines = lines_of(skeletons=[skeleton(nodes, edges)])
    assert lines[2:] == drawn


def test_a_long_chain_is_drawn() -> None:
    nodes = [str(number) for number in range(3000)]
    edges = [[a, b] for a, b in itertools.pairwise(nodes)]
    facts = {**skeleton("", []), "nodes": nodes, "edges": edges}
    assert len(lines_of(skeletons=[facts])) == 3002


def test_symmetric_nodes_are_named() -> None:
    facts = skeleton("ab", [], symmetries=[["a", "b"]])
    assert lines_of(skeletons=[facts])[-1] == "  symmetric: a | b"


@pytest.mark.parametrize(
    ("n_bytes", "text"), [(5, "5 bytes"), (1500, "1.5 kB"), (2e6, "2.0 MB"), (3e12, "3000.0 GB")]
)
def test_sizes_are_for_people(n_bytes: int, text: str) -> None:
    assert size_of(n_bytes) == text


def labels(**facts: Any) -> dict[str, Any]:
    totals = dict.fromkeys(
        ("frames", "user_frames", "predicted_frames", "empty_frames", "user_instances"), 0
    )
    totals |= dict.fromkeys(("predicted_instances", "tracked_instances", "max_instances"), 0)
    return {
        "path": "p",
        "size": 5,
        "kind": "labels",
        "format_title": "SLEAP labels",
        "format_version": 1.2,
        "totals": totals,
        "videos": [],
        "skeletons": [],
        "tracks": [],
        "suggestions": [],
        "labeled_suggestions": 0,
        "negative_anchors": 0,
        "provenance": {},
        "unknown": [],
        **facts,
    }


def test_long_lists_are_cut_unless_asked_for() -> None:
    tracks = [{"name": str(n), "instances": 1, "first": 0, "last": 9} for n in range(12)]
    suggestions = [{"video": 0, "frame": 3}, {"video": 0, "frame": 8}]
    facts = labels(tracks=tracks, suggestions=suggestions, provenance={"by": "me"}, unknown=["x"])
    short = render(facts)
    assert short[0] == "p: labels (SLEAP labels, version 1.2), 5 bytes"
    assert "  ... and 2 more (--verbose shows all)" in short
    assert "  11: 1 instances, frames 0 to 9" not in short
    assert "Kept, not known to this program: x" in short
    full = render(facts, verbose=True)
    assert "  11: 1 instances, frames 0 to 9" in full
    assert "  video 0: 3, 8" in full
    assert full[-2] == "  by: me"


def test_missing_videos_catch_the_eye() -> None:
    video = {
        "number": 0,
        "filename": "a/1.png",
        "files": 3,
        "found": False,
        "path": None,
        "shape": [3, 10, 20, 3],
        "dataset": None,
        "embedded_images": None,
        "source": None,
        "frames": 0,
    }
    lines = render(labels(videos=[video]))
    assert "Videos: 1, 1 missing" in lines
    assert "  0: a/1.png and 2 more images  MISSING" in lines
    assert "     3 frames, 20 x 10 color" in lines
