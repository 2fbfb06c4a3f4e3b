"""The JSON of the first years: ``.json``, and ``.json.zip`` with images of labeled frames."""

from collections.abc import Sequence
from pathlib import Path

from sleap.core.labels import Labels
from sleap.io.atomic import replacing
from sleap.io.format import FACETS, FORMATS, Format
from sleap.io.formats.labels_json import archive
from sleap.io.formats.labels_json import read as reader
from sleap.io.formats.labels_json import write as writer
from sleap.io.json_text import first_keys, reading
from sleap.io.slp import videos
from sleap.io.slp.write import all_videos

_OURS = {
    "skeletons",
    "labels",
    "negative_anchors",
    "tracks",
    "suggestions",
    "predicted_instances",
    "predicted_points",
    "points",
    "instances",
}
_OF_OTHERS = {
    "images",
    "annotations",
    "categories",
    "info",
    "licenses",
    "directed",
    "multigraph",
    "graph",
    "nx_graph",
    "links",
    "data",
    "model",
}


def _decide(key: str) -> bool | None:
    return True if key in _OURS else False if key in _OF_OTHERS else None


def _recognizes(path: Path, head: bytes) -> bool:
    if head.startswith(archive.SIGNATURES):
        return archive.holds_labels(path)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and first_keys(path, _decide)


def _read(path: Path, search: Sequence[Path]) -> Labels:
    with reading(path), path.open("rb") as file:
        if file.read(4) in archive.SIGNATURES:
            return archive.read(path, search)
        file.seek(0)
        return reader.read(file, path, search)


def _write(labels: Labels, path: Path) -> None:
    if path.suffix.lower() == ".zip":
        archive.write(labels, path)
        return
    with replacing(path) as temporary, temporary.open("wb") as file:
        entries = [videos.encode(video) for video in all_videos(labels)]
        writer.write(labels, file, entries)


JSON = FORMATS.register("json")(
    Format(
        "SLEAP labels as JSON",
        (".json", ".json.zip"),
        _recognizes,
        _read,
        _write,
        holds=frozenset(FACETS),
    )
)
