from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

import sleap
from sleap.errors import FormatError
from sleap.io.formats.analysis_hdf5 import read, write


def test_all_comes_back(tracked: sleap.Labels, tmp_path: Path) -> None:
    path = tmp_path / "x.analysis.h5"
    write(tracked, path, tracked.video)
    back = read(path, ())
    assert [frame.frame_idx for frame in back] == [1, 2, 4]
    for frame, other in zip(tracked, back, strict=True):
        for one, two in zip(frame.instances, other.instances, strict=True):
            assert type(one) is type(two)
            np.testing.assert_array_equal(one.numpy(), two.numpy())
            assert (one.track and one.track.name) == (two.track and two.track.name)
            np.testing.assert_equal(one.score, two.score)
            np.testing.assert_equal(one.tracking_score, two.tracking_score)
            if one.is_predicted:
                assert one.points["score"].tolist() == two.points["score"].tolist()
    assert back.skeleton.matches(tracked.skeleton)
    assert [(track.name, track.spawned_on) for track in back.tracks] == [("a", 1), ("mouse β", 1)]
    assert back.video.filename == "clips/day 1.mp4"
    assert back.provenance == tracked.provenance


def test_a_track_may_be_called_untracked(tmp_path: Path, found: Any) -> None:
    video = sleap.Video("a.mp4", shape=(3, 8, 8, 1))
    track = sleap.Track("untracked_0")
    labels = sleap.Labels([sleap.LabeledFrame(video, 1, [found(1, track), found(2)])])
    write(labels, tmp_path / "x.analysis.h5", video)
    back = read(tmp_path / "x.analysis.h5", ())[0].instances
    assert [one.track and one.track.name for one in back] == ["untracked_0", None]


def test_a_file_of_the_original_is_read(data_dir: Path) -> None:
    folder = data_dir / "flies_tutorial"
    labels = sleap.load_file(folder / "sleap_predictions.slp")
    back = sleap.load_file(folder / "sleap_predictions.analysis.h5")
    np.testing.assert_array_equal(back.numpy(return_scores=True), labels.numpy(return_scores=True))
    assert [track.name for track in back.tracks] == ["track_0", "track_1"]
    assert back.skeleton.node_names == labels.skeleton.node_names
    assert back.n_predicted_instances == labels.n_predicted_instances == 2700


@pytest.mark.parametrize("preset", ["matlab", "standard"])
def test_what_sleap_io_writes_is_read(data_dir: Path, tmp_path: Path, preset: str) -> None:
    sleap_io = pytest.importorskip("sleap_io", reason="compares with sleap-io")
    source = data_dir / "flies_tutorial" / "sleap_predictions.slp"
    theirs = sleap_io.load_slp(str(source), open_videos=False)
    sleap_io.save_analysis_h5(theirs, str(tmp_path / "x.analysis.h5"), preset=preset)
    back = read(tmp_path / "x.analysis.h5", ())
    np.testing.assert_array_equal(back.numpy(), sleap.load_file(source).numpy())
    assert back.skeleton.edge_names == [("thorax", "head"), ("thorax", "abdomen")]


def test_names_are_optional(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file["tracks"] = np.arange(8.0).reshape(2, 2, 2, 1)
        file["track_occupancy"] = np.ones((1, 2), "u1")
    back = read(tmp_path / "x.h5", ())
    assert back.skeleton.node_names == ["node_0", "node_1"]
    assert [instance.track for instance in back[0].instances] == [None, None]
    np.testing.assert_array_equal(back[0].instances[1].numpy(), [[4, 6], [5, 7]])


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("tracks", np.zeros((2, 3, 3, 5)), "expected .tracks, 2, nodes, frames."),
        ("tracks", np.zeros((2, 2)), "axes track, xy, node, frame"),
        ("tracks", np.zeros((3, 2, 3, 5), "S3"), "hold numbers"),
        ("track_occupancy", np.zeros((2, 2), "u1"), "'track_occupancy' is of shape"),
        ("node_names", np.array([b"a", b"a", b"b"]), "names a node twice"),
        ("node_names", np.zeros(3), "should hold names"),
        ("provenance", np.bytes_(b"{"), "provenance"),
    ],
)
def test_what_is_wrong_is_said(
    tracked: sleap.Labels, tmp_path: Path, name: str, values: Any, message: str
) -> None:
    path = tmp_path / "x.analysis.h5"
    write(tracked, path, tracked.video)
    with h5py.File(path, "r+") as file:
        del file[name]
        file[name] = values
    with pytest.raises(FormatError, match=message) as error:
        sleap.load_file(path)
    assert "x.analysis.h5" in str(error.value)


def test_absurd_sizes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.analysis.h5"
    for shape, chunks in (
        ((1 << 14, 2, 1 << 14, 1), (1, 2, 16, 1)),
        ((1, 2, 1, 1 << 40), (1, 2, 1, 1 << 26)),
        ((1, 2, 1, 1 << 40), None),
    ):
        with h5py.File(path, "w") as file:
            file.create_dataset("tracks", shape, chunks=chunks)
        with pytest.raises(FormatError, match="tracks"):
            read(path, ())


def test_without_occupancy_the_points_tell(tracked: sleap.Labels, tmp_path: Path) -> None:
    path = tmp_path / "x.analysis.h5"
    write(tracked, path, tracked.video)
    with h5py.File(path, "r+") as file:
        del file["track_occupancy"]
    assert [len(frame.instances) for frame in read(path, ())] == [3, 1, 1]


def test_of_many_tracks_only_the_used_ones_are_read(tmp_path: Path, found: Any) -> None:
    video = sleap.Video("a.mp4", shape=(40, 8, 8, 1))
    tracks = [sleap.Track(f"t{number}") for number in range(30)]
    frames = [
        sleap.LabeledFrame(video, index, [found(index, tracks[one]) for one in chosen])
        for index, chosen in ((2, (0, 1, 7)), (3, (29,)), (39, (7, 11, 12)))
    ]
    write(sleap.Labels(frames, tracks=tracks), tmp_path / "x.analysis.h5", video)
    back = read(tmp_path / "x.analysis.h5", ())
    for frame, other in zip(frames, back, strict=True):
        for one, two in zip(frame.instances, other.instances, strict=True):
            assert one.track is not None and two.track is not None
            assert one.track.name == two.track.name
            np.testing.assert_array_equal(one.numpy(), two.numpy())
