"""What can still be read of damaged JSON: whole members of broken lists and objects."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sleap.core.skeleton import Skeleton
from sleap.errors import SleapError
from sleap.io import skeleton_json

MAX_TEXT = 1 << 24
"""Bytes of metadata that are looked at, at most."""

KEYS = ("skeletons", "nodes", "provenance", "negative_anchors", "videos", "tracks", "suggestions")

_GAP = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)


def parse_header(data: bytes | str) -> tuple[dict[str, Any], bool]:
    """Read the JSON of the metadata; of a damaged one what is whole.

    Args:
        data: The text.

    Returns:
        The object and True; or those of ``KEYS`` that could be read, lists as far as they go, and
        False.
    """
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    text = text.rstrip("\0")
    try:
        whole = _DECODER.decode(text)
        if isinstance(whole, dict):
            return whole, True
    except (ValueError, RecursionError):
        pass
    header: dict[str, Any] = {}
    for key in KEYS:
        for found in re.finditer(rf'"{key}"\s*:\s*', text):
            value = _decode_at(text, found.end())
            if isinstance(value, list | dict) and len(value) >= len(header.get(key, ())):
                header[key] = value
    return header, False


def find_headers(raw: Any) -> Iterator[dict[str, Any]]:
    """Yield what can be read of each text in the bytes of a file that looks like metadata."""
    place = raw.find(b'"skeletons"')
    while place >= 0:
        start = raw.rfind(b"{", max(place - 4096, 0), place)
        end = raw.find(b"\0", place)
        end = min(end if end >= 0 else len(raw), place + MAX_TEXT)
        header, _ = parse_header(bytes(raw[max(start, 0) : end]))
        if header:
            yield header
        place = raw.find(b'"skeletons"', end)


def find_videos(raw: Any) -> list[Any]:
    """Return the entries of videos found in the bytes of a file, each once."""
    found: dict[str, Any] = {}
    place = 0
    for start in (match.start() for match in re.finditer(rb'\{"(?:backend|filename)":', raw)):
        if start < place:
            continue  # inside of the one before
        text = bytes(raw[start : start + (1 << 20)]).split(b"\0", 1)[0].decode("utf-8", "replace")
        try:
            value, length = _DECODER.raw_decode(text)
        except (ValueError, RecursionError):
            continue
        place = start + length
        if isinstance(value, dict) and isinstance(value.get("backend"), dict):
            found.setdefault(json.dumps(value, sort_keys=True), value)
    # In a package the others are the recordings that its own images come from.
    own = [value for value in found.values() if value["backend"].get("filename") == "."]
    return own or list(found.values())


def parse_item(data: Any) -> Any:
    """Read one text of a list; None if it is damaged."""
    if not isinstance(data, str | bytes):
        return None
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    try:
        return _DECODER.decode(text.rstrip("\0"))
    except (ValueError, RecursionError):
        return None


def build_skeletons(header: dict[str, Any]) -> list[Skeleton | None]:
    """Build the skeletons of what is left of the metadata; None for one that cannot be.

    Where only the names of the nodes are left they become a skeleton without edges.
    """
    graphs, nodes = header.get("skeletons"), header.get("nodes")
    nodes = nodes if isinstance(nodes, list) else []
    built = [
        _build(graph, nodes, f"Skeleton-{number}")
        for number, graph in enumerate(graphs if isinstance(graphs, list) else [])
    ]
    if not any(built) and len(built) <= 1:
        names = _names(nodes)
        return [Skeleton(names)] if names else list(built)
    return built


def _build(graph: Any, nodes: Sequence[Any], name: str) -> Skeleton | None:
    try:
        return skeleton_json.decode(graph, nodes, name=name)
    except SleapError:
        return None


def _names(nodes: Sequence[Any]) -> list[str]:
    names = [node.get("name") if isinstance(node, dict) else node for node in nodes]
    return list(dict.fromkeys(name for name in names if isinstance(name, str)))


def _decode_at(text: str, place: int) -> Any:
    try:
        return _DECODER.raw_decode(text, place)[0]
    except (ValueError, RecursionError):
        pass
    if text[place : place + 1] != "[":
        return None
    items: list[Any] = []
    place += 1
    while True:
        gap = _GAP.match(text, place)
        try:
            item, place = _DECODER.raw_decode(text, gap.end() if gap else place)
        except (ValueError, RecursionError):
            return items
        items.append(item)
