from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.io.files import save_file
from sleap.io.slp import damaged, spec
from sleap.io.slp.findings import Found, find_in_labels
from sleap.io.slp.pieces import Pieces


@pytest.fixture
def path(labels: Labels, tmp_path: Path) -> Path:
    save_file(labels, tmp_path / "a.slp")
    return tmp_path / "a.slp"


def find(path: Path) -> Found:
    with damaged.opened(path) as (data, file):
        return find_in_labels(Pieces(data, file, lambda name: None))


def test_a_whole_file_lacks_nothing(path: Path, labels: Labels) -> None:
    found = find(path)
    assert not found.notes
    assert not any(found.lost.values())
    assert [video.filename for video in found.videos] == ["a.mp4", "clips\\b.mp4"]
    assert [track.name for track in found.tracks] == ["first", "second"]
    assert [s.matches(t) for s, t in zip(found.skeletons, labels.skeletons, strict=True)] == [
        True,
        True,
    ]


def test_lost_metadata_give_nodes_without_names(path: Path) -> None:
    with h5py.File(path, "r+") as file:
        file["metadata"].attrs["json"] = np.bytes_(b"\xff" * 200)
    data = path.read_bytes().replace(b'"skeletons"', b"___________")
    path.write_bytes(data)
    found = find(path)
    assert [s.node_names for s in found.skeletons] == [
        ["node_1", "node_2", "node_3", "node_4"],
        ["node_1", "node_2"],
    ]
    assert found.lost["skeletons"] == 2
    assert found.lost["metadata"] == 1


def test_a_lost_skeleton_is_taken_from_a_backup(path: Path, labels: Labels) -> None:
    save_file(labels, path, backups=2)
    with h5py.File(path, "r+") as file:
        file["metadata"].attrs["json"] = np.bytes_(b"{")
    path.write_bytes(path.read_bytes().replace(b'"skeletons"', b"___________"))
    found = find(path)
    assert all(s.matches(t) for s, t in zip(found.skeletons, labels.skeletons, strict=True))
    assert any("was taken from" in note for note in found.notes)


def test_a_lost_skeleton_is_taken_from_the_file_the_labels_come_from(
    path: Path, labels: Labels
) -> None:
    save_file(labels, path.with_name("origin.slp"))
    with h5py.File(path, "r+") as file:
        text = b'{"provenance": {"merged from": "/elsewhere/origin.slp"}'
        file["metadata"].attrs["json"] = np.bytes_(text)
    path.write_bytes(path.read_bytes().replace(b'"skeletons"', b"___________"))
    assert find(path).skeletons[0].matches(labels.skeletons[0])


def test_broken_entries_of_lists_become_placeholders(path: Path) -> None:
    with h5py.File(path, "r+") as file:
        for name, place in ((spec.VIDEOS, 0), (spec.TRACKS, 1), (spec.SUGGESTIONS, 0)):
            file[name][place] = b"\xfe{oh"
    found = find(path)
    assert [video.filename for video in found.videos] == ["unknown_video_0.mp4", "clips\\b.mp4"]
    assert [track.name for track in found.tracks] == ["first", "track_1"]
    assert len(found.suggestions) == 1
    assert {what: n for what, n in found.lost.items() if n} == {
        "videos": 1,
        "tracks": 1,
        "suggestions": 1,
    }


def test_lost_lists_are_made_up_from_the_tables(path: Path) -> None:
    with h5py.File(path, "r+") as file:
        del file[spec.VIDEOS], file[spec.TRACKS]
    data = (
        path.read_bytes().replace(b'"backend"', b"_________").replace(b'"filename"', b"__________")
    )
    path.write_bytes(data)
    found = find(path)
    assert [video.filename for video in found.videos] == [
        "unknown_video_0.mp4",
        "unknown_video_1.mp4",
    ]
    assert [track.name for track in found.tracks] == ["track_0", "track_1"]


def test_a_missing_table_is_searched_in_the_file(path: Path) -> None:
    with h5py.File(path, "r+") as file:
        del file["points"]
    found = find(path)
    assert any("'points'" in note for note in found.notes)
    assert len(found.parts.points.rows) in (0, 6)
