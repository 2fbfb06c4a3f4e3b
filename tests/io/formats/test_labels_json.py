import json
from pathlib import Path

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.errors import FormatError
from sleap.io import skeleton_json
from sleap.io.files import load_file, save_file
from sleap.io.format import FORMATS
from sleap.video.opening import open_video

SAMPLES = Path(__file__).parents[2] / "fixtures" / "formats" / "json"


def recognizes(path: Path) -> bool:
    return FORMATS.get("json").recognizes(path, path.read_bytes()[:64])


@pytest.mark.parametrize("name", ["a.json", "a.json.zip", "A.JSON"])
def test_its_own_files_are_recognized(labels: Labels, tmp_path: Path, name: str) -> None:
    save_file(labels, tmp_path / name, format="json")
    assert recognizes(tmp_path / name)
    (tmp_path / name).rename(tmp_path / "download")
    assert len(load_file(tmp_path / "download")) == len(labels)


def test_samples_of_both_versions_are_read() -> None:
    old, new = (load_file(SAMPLES / f"v{version}.json") for version in (1, 2))
    assert all(recognizes(SAMPLES / f"v{version}.json") for version in (1, 2))
    np.testing.assert_array_equal(old[0][0].numpy(), [[10, 20.5], [0, 0]])
    assert (old[0].frame_idx, old.video.filename, old.skeleton.edges) == (2, "C:\\a.mp4", [(0, 1)])
    np.testing.assert_array_equal(new[0][0].numpy(), [[92.65, 202.73], [152.34, 158.42]])
    assert new[0][0].track is new.tracks[0]
    assert [suggestion.frame_idx for suggestion in new.suggestions] == [5, 7]


def test_json_of_other_kinds_is_not(labels: Labels, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    others = [
        {"info": {}, "images": [], "annotations": [], "categories": [{"skeleton": []}]},
        {"images": [{"tracks": 1}], "annotations": []},
        [{"filename": "a.png", "class": "image", "annotations": []}],
        skeleton_json.encode(labels.skeleton),
        {"nx_graph": {}, "description": None},
        {"data": {"labels": {"skeletons": []}}, "model": {}},
        {},
        3,
    ]
    for other in others:
        path.write_text(json.dumps(other))
        assert not recognizes(path), other
    for text in ("", "{", "\x89PNG"):
        path.write_text(text)
        assert not recognizes(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"labels": [',
        '{"labels": [{"video": 0',
        '{"labels": ' + "[" * 100_000,
        '{"skeletons": [' + '{"nodes":' * 10_000,
        '{"skeletons": [], "labels": [], "tracks": [[1' + "0" * 10_000 + ', "a"]]}',
        '{"skeletons": [], "labels": [{"video": 0, "frame_idx": 1e999}]}',
        '{"skeletons": [], "labels": 3}',
        '{"skeletons": [], "labels": null}',
        '{"skeletons": [], "labels": [], "negative_anchors": {"0": [[1]]}}',
        '{"skeletons": [], "labels": [], "suggestions": {"0": 3}}',
        "\x00\x01",
    ],
)
def test_hostile_files_are_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(FormatError, match=r"odd\.json"):
        FORMATS.get("json").read(path, [])
    path.write_bytes(b'{"skeletons": [], "labels": "\xff"}')
    with pytest.raises(FormatError, match=r"odd\.json"):
        FORMATS.get("json").read(path, [])


def test_a_failed_save_leaves_the_old_file(labels: Labels, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save_file(labels, path)
    old = path.read_bytes()
    labels.provenance["x"] = {1: {2}, (3, 4): 5}
    with pytest.raises(TypeError):
        save_file(labels, path)
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "name",
    [
        "flies_tutorial/labels.v000.slp",
        "flies_tutorial/sleap_predictions.slp",
        "two_flies/two_flies.tracks.slp",
        "mouse_openfield/val.pkg.slp",
    ],
)
def test_real_projects_come_back(data_dir: Path, tmp_path: Path, name: str) -> None:
    labels = load_file(data_dir / name)
    save_file(labels, tmp_path / "a.json")
    again = load_file(tmp_path / "a.json")
    for one, other in zip(labels.to_tables(), again.to_tables(), strict=True):
        # What a missing point says beside its NaN is not kept, nor the score of a user instance.
        there = np.ones(len(one), bool)
        if "x" in one.dtype.names:
            there = ~np.isnan(one["x"])
        for column in one.dtype.names:
            if column == "score" and "instance_type" in one.dtype.names:
                there = one["instance_type"] == 1
            np.testing.assert_array_equal(one[column][there], other[column][there])
            if column in "xy":
                np.testing.assert_array_equal(one[column], other[column])
    assert [track.name for track in again.tracks] == [track.name for track in labels.tracks]
    assert all(a.matches(b) for a, b in zip(again.skeletons, labels.skeletons, strict=True))
    assert all(a.matches(b) for a, b in zip(again.videos, labels.videos, strict=True))
    frame = again[0]
    with open_video(frame.video, search=[(data_dir / name).parent]) as reader:
        assert reader.read(frame.frame_idx).size
