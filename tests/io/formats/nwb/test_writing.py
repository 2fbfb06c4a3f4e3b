import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import sleap
from sleap.errors import FileError
from sleap.io.formats.nwb.writing import write

FLY = sleap.Skeleton(["head", "a/b", "skeleton"], [("head", "a/b")], name="head")
XY = np.array([[1.0, 2], [3, 4], [np.nan, np.nan]])


def found(value: float, track: sleap.Track | None = None) -> sleap.PredictedInstance:
    return sleap.PredictedInstance(
        FLY, XY + value, track, point_scores=[0.1, 0.2, 0], score=0.75, tracking_score=0.5
    )


def make(n_videos: int = 1) -> sleap.Labels:
    track = sleap.Track("mouse/1")
    frames = []
    for number in range(n_videos):
        video = sleap.Video(f"day{number}.mp4", shape=(6, 48, 64, 1))
        frames += [
            sleap.LabeledFrame(video, 1, [found(10 + number, track), found(20 + number)]),
            sleap.LabeledFrame(video, 4, [sleap.Instance(FLY, XY, track)]),
        ]
    return sleap.Labels(frames, provenance={"model": "m"})


def test_pynwb_reads_it(tmp_path: Path) -> None:
    pynwb = pytest.importorskip("pynwb", reason="NWB files are read back with pynwb")
    path = tmp_path / "x.nwb"
    write(make(), path, rate=20.0, session_start=datetime(2020, 1, 2, tzinfo=UTC), session="test")
    with pynwb.NWBHDF5IO(str(path), "r") as io:
        nwb = io.read()
        assert nwb.session_description == "test"
        assert nwb.session_start_time == datetime(2020, 1, 2, tzinfo=UTC)
        video = nwb.acquisition["video000"]
        assert video.external_file[:].tolist() == ["day0.mp4"]
        assert (video.rate, video.dimension[:].tolist()) == (20.0, [64, 48])
        behavior = nwb.processing["behavior"]
        (skeleton,) = behavior["Skeletons"].skeletons.values()
        assert skeleton.nodes[:].tolist() == ["head", "a/b", "skeleton"]
        assert skeleton.edges[:].tolist() == [[0, 1]]
        poses = behavior["mouse%2F1"]
        assert poses.skeleton is skeleton
        assert poses.source_video is video
        series = poses["a%2Fb"]
        assert (series.unit, series.rate, series.starting_time) == ("pixels", 20.0, 0.0)
        nan = [np.nan, np.nan]
        np.testing.assert_array_equal(series.data[:], [nan, [13, 14], nan, nan, [3, 4], nan])
        np.testing.assert_array_equal(series.confidence[:], [*nan, 0.2, *nan, *nan][1:])
        scores = behavior["mouse%2F1_scores"].data[:]
        np.testing.assert_array_equal(scores[1], [0.75, 0.5])
        assert np.isnan(scores[4]).all()
        other = behavior["untracked_0"]
        assert other.description == "Poses without a track"
        assert other["head"].data[:][1].tolist() == [21, 22]


def test_a_file_is_valid(tmp_path: Path) -> None:
    pynwb = pytest.importorskip("pynwb", reason="NWB files are checked with pynwb")
    write(make(2), tmp_path / "x.nwb")
    with pynwb.NWBHDF5IO(str(tmp_path / "x.nwb"), "r") as io:
        errors = pynwb.validate(io=io)
    assert [str(error) for error in errors] == []


def test_one_animal_is_called_as_programs_expect(tmp_path: Path) -> None:
    pynwb = pytest.importorskip("pynwb", reason="NWB files are read back with pynwb")
    video = sleap.Video("a.mp4", shape=(2, 8, 8, 1))
    write(sleap.Labels([sleap.LabeledFrame(video, 0, [found(1)])]), tmp_path / "x.nwb")
    with pynwb.NWBHDF5IO(str(tmp_path / "x.nwb"), "r") as io:
        assert "PoseEstimation" in io.read().processing["behavior"].data_interfaces


def test_videos_tell_their_speed(data_dir: Path, tmp_path: Path) -> None:
    pynwb = pytest.importorskip("pynwb", reason="NWB files are read back with pynwb")
    labels = sleap.load_file(data_dir / "two_flies" / "two_flies.tracks.slp")
    write(labels, tmp_path / "x.nwb")
    with sleap.video.open_video(data_dir / "two_flies" / "two_flies.mp4") as reader:
        fps = reader.fps
    with pynwb.NWBHDF5IO(str(tmp_path / "x.nwb"), "r") as io:
        assert io.read().acquisition["video000"].rate == fps


def test_without_the_library_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pynwb", None)
    with pytest.raises(FileError, match=r"pip install sleap\[nwb\]"):
        write(make(), tmp_path / "x.nwb")
    assert list(tmp_path.iterdir()) == []
