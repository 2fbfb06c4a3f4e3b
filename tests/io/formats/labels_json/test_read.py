import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.errors import FormatError
from sleap.io.formats.labels_json.read import read
from sleap.io.slp.videos import search_folders

BODY = {"py/reduce": [{"py/type": "sleap.skeleton.EdgeType"}, {"py/tuple": [1]}, None, None, None]}

MINIMAL: dict[str, Any] = {
    "version": "2.0.0",
    "skeletons": [
        {
            "directed": True,
            "graph": {"name": "Skeleton-0", "num_edges_inserted": 1},
            "links": [{"edge_insert_idx": 0, "key": 0, "source": 0, "target": 1, "type": BODY}],
            "multigraph": True,
            "nodes": [{"id": 0}, {"id": 1}],
        }
    ],
    "nodes": [{"name": "A", "weight": 1.0}, {"name": "B", "weight": 1.0}],
    "videos": [{"backend": {"filename": "tests\\data\\low.mp4", "grayscale": True}}],
    "tracks": [[0, "one"]],
    "suggestions": {"0": [5]},
    "negative_anchors": {"0": [[1, 2, 3]]},
    "labels": [
        {
            "video": 0,
            "frame_idx": 0,
            "_instances": [
                {
                    "skeleton": "0",
                    "track": "0",
                    "from_predicted": None,
                    "_points": {
                        "0": {"x": 92.65, "y": 202.72, "visible": True, "complete": True},
                        "1": {"x": 152.25, "y": 158.42, "visible": True, "complete": True},
                    },
                }
            ],
        }
    ],
}


def read_text(data: Any, path: Path = Path("a.json")) -> Labels:
    return read(io.BytesIO(json.dumps(data).encode()), path)


def test_a_minimal_file_is_read_without_any_shift() -> None:
    labels = read_text(MINIMAL)
    np.testing.assert_array_equal(labels[0][0].numpy(), [[92.65, 202.72], [152.25, 158.42]])
    assert labels[0][0].points["complete"].all()
    assert labels.skeleton.edge_names == [("A", "B")]
    assert labels.video.filename == "tests\\data\\low.mp4"
    assert labels.video.grayscale is True
    assert labels[0][0].track is labels.tracks[0]
    assert [(s.video, s.frame_idx) for s in labels.suggestions] == [(labels.video, 5)]
    assert labels.negative_anchors == {0: [(1, 2.0, 3.0)]}
    assert labels.metadata == {}


def test_labels_may_come_before_what_they_refer_to() -> None:
    turned = dict(reversed(MINIMAL.items()))
    np.testing.assert_array_equal(read_text(turned)[0].numpy(), read_text(MINIMAL)[0].numpy())


@pytest.mark.parametrize("format_id", [None, 1, 1.1])
def test_the_format_id_of_json_moves_nothing(format_id: Any) -> None:
    labels = read_text({**MINIMAL, "format_id": format_id})
    np.testing.assert_array_equal(labels[0].numpy(), read_text(MINIMAL)[0].numpy())


def test_what_is_not_known_is_kept() -> None:
    labels = read_text({**MINIMAL, "sessions": [{"a": 1}], "mine": "x", "provenance": {"b": 2}})
    assert labels.metadata["json"] == {"sessions": [{"a": 1}], "mine": "x"}
    assert labels.provenance == {"b": 2}


def test_videos_are_searched_beside_the_file(tmp_path: Path) -> None:
    data = io.BytesIO(json.dumps(MINIMAL).encode())
    labels = read(data, tmp_path / "a.json", [tmp_path / "more"])
    assert search_folders(labels.video) == [tmp_path, tmp_path / "more"]


def test_a_project_without_labels_is_read() -> None:
    bare = {key: MINIMAL[key] for key in ("version", "skeletons", "nodes")}
    labels = read_text(bare)
    assert (len(labels), len(labels.videos), len(labels.skeletons)) == (0, 0, 1)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"version": "2.0.0"},
        {"directed": True, "nodes": []},
        {**MINIMAL, "videos": {"a": 1}},
        {**MINIMAL, "tracks": 3},
        {**MINIMAL, "nodes": "ab"},
        {**MINIMAL, "skeletons": [3]},
        {**MINIMAL, "videos": []},
        {**MINIMAL, "videos": [{}]},
        {**MINIMAL, "skeletons": []},
    ],
)
def test_what_holds_no_labels_is_refused(data: Any) -> None:
    with pytest.raises(FormatError):
        read_text(data)
