from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.errors import FormatError
from sleap.io.formats.labels_json.leap_dev import build, is_leap_dev
from sleap.io.json_text import reading

V1: dict[str, Any] = {
    "videos": [
        {"id": 1, "filepath": "C:\\a.mp4", "format": "media", "dataset": ""},
        {"id": 4, "filepath": "b.h5", "format": "channels_first", "dataset": "box"},
    ],
    "skeleton": {"nodeNames": ["head", "tail"], "edges": [[1, 2]]},
    "instances": [
        {"id": 1, "videoId": 4, "frameIdx": 3, "trackId": -1},
        {"id": 2, "videoId": 1, "frameIdx": 1, "trackId": -1},
    ],
    "points": [
        {"id": 1, "instanceId": 1, "frameIdx": 3, "node": 1, "x": 11, "y": 21.5, "visible": True},
        {"id": 2, "instanceId": 2, "frameIdx": 1, "node": 2, "x": 1, "y": 1, "visible": False},
    ],
    "predicted_instances": [{"id": 9, "videoId": 4, "frameIdx": 3, "trackId": 7}],
    "predicted_points": [
        {"instanceId": 9, "frameIdx": 3, "node": 2, "x": 5, "y": 6, "confidence": 0.5}
    ],
}


def changed(key: str, row: int, **entries: Any) -> dict[str, Any]:
    table = [dict(record) for record in V1[key]]
    table[row] |= entries
    return {**V1, key: table}


def check(labels: Labels) -> None:
    assert [video.filename for video in labels.videos] == ["C:\\a.mp4", "b.h5"]
    assert (labels.videos[1].dataset, labels.videos[1].input_format) == ("box", "channels_first")
    assert labels.skeleton.edge_names == [("head", "tail")]
    frames = {(labels.videos.index(frame.video), frame.frame_idx): frame for frame in labels}
    assert frames.keys() == {(0, 0), (1, 2)}
    np.testing.assert_array_equal(frames[0, 0][0].numpy(), [[np.nan, np.nan], [0, 0]])
    assert not frames[0, 0][0].points["visible"].any()
    made, found = frames[1, 2].instances
    np.testing.assert_array_equal(made.numpy(), [[10, 20.5], [np.nan, np.nan]])
    assert (made.is_predicted, found.is_predicted) == (False, True)
    np.testing.assert_array_equal(found.numpy(), [[np.nan, np.nan], [4, 5]])
    assert found.points["score"][1] == 0.5
    assert made.track is None
    assert found.track is not None
    assert (found.track.name, found.track.spawned_on) == ("7", 2)


def test_all_counts_from_one() -> None:
    assert is_leap_dev(V1)
    check(build(V1, Path("a.json")))


def test_tables_may_be_columns() -> None:
    def columns(table: list[dict[str, Any]]) -> dict[str, Any]:
        return {key: [record[key] for record in table] for key in table[0]}

    def by_row(table: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            key: {str(row): record[key] for row, record in enumerate(table)} for key in table[0]
        }

    tables = {key: value for key, value in V1.items() if key != "skeleton"}
    for turn in (columns, by_row):
        check(build({**V1, **{key: turn(table) for key, table in tables.items()}}, Path("a.json")))


def test_points_without_their_instances_are_read() -> None:
    data = {key: V1[key] for key in ("videos", "skeleton", "predicted_points")}
    points = [{**point, "videoId": 4, "trackId": 7} for point in V1["predicted_points"]]
    labels = build({**data, "predicted_points": points}, Path("a.json"))
    np.testing.assert_array_equal(labels[0][0].numpy(), [[np.nan, np.nan], [4, 5]])
    assert labels[0].video is labels.videos[1]


def test_edges_may_lie_on_their_side() -> None:
    skeleton = {"nodeNames": ["a", "b", "c", "d"], "edges": [[1, 2, 3], [2, 3, 4]]}
    labels = build({**V1, "skeleton": skeleton}, Path("a.json"))
    assert labels.skeleton.edges == [(0, 1), (1, 2), (2, 3)]


def test_other_json_is_not_of_this_version() -> None:
    assert not is_leap_dev({**V1, "version": "2.0.0"})
    assert not is_leap_dev({"skeleton": {}, "images": []})


@pytest.mark.parametrize(
    "data",
    [
        {**V1, "skeleton": None},
        {**V1, "skeleton": {"nodeNames": ["a", "a"]}},
        {**V1, "skeleton": {"nodeNames": ["a", "b"], "edges": [[1, 9]]}},
        {**V1, "skeleton": {"nodeNames": ["a", "b"], "edges": [["x", 1]]}},
        {**V1, "videos": [3]},
        {**V1, "videos": []},
        {**V1, "videos": [{"id": 1}]},
        {**V1, "points": 3},
        {**V1, "points": {"x": [1, 2], "y": [1]}},
        changed("points", 0, instanceId=77),
        changed("points", 0, node=3),
        changed("points", 0, node=0),
        changed("points", 0, node=1.5),
        changed("points", 0, x="NaN"),
        changed("points", 0, x=10**400),
        changed("points", 0, x=float("inf")),
        changed("instances", 0, frameIdx=0),
        changed("instances", 0, frameIdx=10**18),
        changed("instances", 0, videoId=2),
        changed("instances", 0, frameIdx="three"),
    ],
)
def test_what_makes_no_sense_is_refused(data: Any) -> None:
    with pytest.raises(FormatError), reading("a.json"):
        build(data, Path("a.json"))
