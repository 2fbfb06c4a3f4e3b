from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

import sleap
from sleap.errors import FileError, FormatError, LabelsError
from sleap.io.formats import analysis_hdf5
from sleap.io.formats.analysis_hdf5 import ANALYSIS, read, write

FLY = sleap.Skeleton(["head", "thorax", "tail"], [("thorax", "head"), ("thorax", "tail")])
XY = np.array([[1.0, 2], [3, 4], [np.nan, np.nan]])


def found(value: float, track: sleap.Track | None = None) -> sleap.PredictedInstance:
    return sleap.PredictedInstance(
        FLY, XY + value, track, point_scores=[0.1, 0.2, 0], score=0.75, tracking_score=0.5
    )


@pytest.fixture
def labels() -> sleap.Labels:
    """Five frames: two tracks with an untracked instance, a user instance, a gap."""
    a, b = sleap.Track("a"), sleap.Track("mouse β")
    video = sleap.Video("clips/day 1.mp4", shape=(5, 48, 64, 1))
    frames = {
        1: [found(10, a), found(20, b), found(30)],
        2: [found(11, b)],
        4: [sleap.Instance(FLY, XY + 0.125, a)],
    }
    return sleap.Labels(
        [sleap.LabeledFrame(video, index, instances) for index, instances in frames.items()],
        tracks=[a, b],
        provenance={"model_paths": ["m"], "n": 1},
    )


def contents(path: Path) -> dict[str, Any]:
    with h5py.File(path) as file:
        return {name: dataset[()] for name, dataset in file.items()}


def test_every_dataset_of_the_layout(labels: sleap.Labels, tmp_path: Path) -> None:
    path = tmp_path / "x.analysis.h5"
    write(labels, path, labels.video, labels_path="p/labels.slp")
    found = contents(path)
    nan = np.nan
    assert found["tracks"].shape == (3, 2, 3, 5)
    np.testing.assert_array_equal(
        found["tracks"][0, 0], [[nan, 11, nan, nan, 1.125], [nan, 13, nan, nan, 3.125], [nan] * 5]
    )
    np.testing.assert_array_equal(found["tracks"][1, 1, 0], [nan, 22, 13, nan, nan])
    assert found["track_occupancy"].tolist() == [[0] * 3, [1] * 3, [0, 1, 0], [0] * 3, [1, 0, 0]]
    assert found["track_occupancy"].dtype == np.uint8
    assert found["track_names"].tolist() == [b"a", "mouse β".encode(), b"untracked_0"]
    assert found["node_names"].tolist() == [b"head", b"thorax", b"tail"]
    assert found["edge_names"].tolist() == [[b"thorax", b"head"], [b"thorax", b"tail"]]
    assert found["edge_inds"].tolist() == [[1, 1], [0, 2]]
    np.testing.assert_array_equal(found["point_scores"][0, :, 1], [0.1, 0.2, 0])
    np.testing.assert_array_equal(found["instance_scores"][0], [nan, 0.75, nan, nan, nan])
    np.testing.assert_array_equal(found["tracking_scores"][1], [nan, 0.5, 0.5, nan, nan])
    assert found["labels_path"] == b"p/labels.slp"
    assert found["video_path"] == b"clips/day 1.mp4"
    assert found["video_ind"] == 0
    assert found["provenance"] == b'{"model_paths":["m"],"n":1}'


def test_all_comes_back(labels: sleap.Labels, tmp_path: Path) -> None:
    path = tmp_path / "x.analysis.h5"
    write(labels, path, labels.video)
    back = read(path, ())
    assert [frame.frame_idx for frame in back] == [1, 2, 4]
    for frame, other in zip(labels, back, strict=True):
        for one, two in zip(frame.instances, other.instances, strict=True):
            assert type(one) is type(two)
            np.testing.assert_array_equal(one.numpy(), two.numpy())
            assert (one.track and one.track.name) == (two.track and two.track.name)
            np.testing.assert_equal(one.score, two.score)
            np.testing.assert_equal(one.tracking_score, two.tracking_score)
            if one.is_predicted:
                assert one.points["score"].tolist() == two.points["score"].tolist()
    assert back.skeleton.matches(FLY)
    assert [(track.name, track.spawned_on) for track in back.tracks] == [("a", 1), ("mouse β", 1)]
    assert back.video.filename == "clips/day 1.mp4"
    assert back.provenance == labels.provenance


def test_the_classic_layout(labels: sleap.Labels, tmp_path: Path) -> None:
    path = tmp_path / "x.tracking.h5"
    write(labels, path, labels.video, classic=True, all_frames=False)
    assert set(contents(path)) == {"tracks", "track_occupancy", "track_names", "node_names"}
    assert contents(path)["tracks"].shape == (3, 2, 3, 4)  # frames 1 to 4
    back = read(path, ())
    assert [frame.frame_idx for frame in back] == [1, 2, 4]
    assert all(instance.is_predicted for frame in back for instance in frame.instances)


def test_one_animal_without_a_track_has_no_name(tmp_path: Path) -> None:
    video = sleap.Video("a.mp4", shape=(3, 8, 8, 1))
    labels = sleap.Labels([sleap.LabeledFrame(video, 1, [found(1)])])
    path = tmp_path / "x.analysis.h5"
    write(labels, path, video)
    names = contents(path)["track_names"]
    assert (names.shape, contents(path)["tracks"].shape) == ((0,), (1, 2, 3, 3))
    assert read(path, ())[0].instances[0].track is None


def test_a_track_may_be_called_untracked(tmp_path: Path) -> None:
    video = sleap.Video("a.mp4", shape=(3, 8, 8, 1))
    track = sleap.Track("untracked_0")
    labels = sleap.Labels([sleap.LabeledFrame(video, 1, [found(1, track), found(2)])])
    write(labels, tmp_path / "x.analysis.h5", video)
    back = read(tmp_path / "x.analysis.h5", ())[0].instances
    assert [one.track and one.track.name for one in back] == ["untracked_0", None]


@pytest.mark.parametrize("n_frames", [0, 4])
def test_labels_without_an_instance(n_frames: int, tmp_path: Path) -> None:
    video = sleap.Video("a.mp4", shape=(n_frames, 8, 8, 1))
    write(sleap.Labels(videos=[video], skeletons=[FLY]), tmp_path / "x.analysis.h5", video)
    assert contents(tmp_path / "x.analysis.h5")["tracks"].shape == (0, 2, 3, n_frames)
    back = read(tmp_path / "x.analysis.h5", ())
    assert len(back) == 0
    assert back.skeleton.matches(FLY)


def test_small_blocks_make_the_same_file(
    labels: sleap.Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(labels, tmp_path / "one.analysis.h5", labels.video)
    monkeypatch.setattr(analysis_hdf5, "CHUNK_BYTES", 2 * 16 * 3)  # two frames
    monkeypatch.setattr(analysis_hdf5, "READ_BYTES", 1)
    write(labels, tmp_path / "many.analysis.h5", labels.video)
    one, many = contents(tmp_path / "one.analysis.h5"), contents(tmp_path / "many.analysis.h5")
    for name in one:
        np.testing.assert_array_equal(one[name], many[name])
    with h5py.File(tmp_path / "many.analysis.h5") as file:
        assert file["tracks"].chunks == (1, 2, 3, 2)
    back = read(tmp_path / "many.analysis.h5", ())
    assert [len(frame.instances) for frame in back] == [3, 1, 1]


def test_what_is_empty_is_not_stored(tmp_path: Path) -> None:
    video = sleap.Video("a.mp4")
    frames = [sleap.LabeledFrame(video, index, [found(1)]) for index in (3, 20_000_000)]
    path = tmp_path / "x.analysis.h5"
    write(sleap.Labels(frames), path, video)
    assert path.stat().st_size < 2_000_000
    assert [frame.frame_idx for frame in read(path, ())] == [3, 20_000_000]


def test_our_export_is_that_of_the_original(data_dir: Path, tmp_path: Path) -> None:
    folder = data_dir / "flies_tutorial"
    labels = sleap.load_file(folder / "sleap_predictions.slp")
    write(labels, tmp_path / "x.analysis.h5", labels.video)
    ours, theirs = (
        contents(tmp_path / "x.analysis.h5"),
        contents(folder / "sleap_predictions.analysis.h5"),
    )
    assert set(theirs) <= set(ours)
    for name, values in theirs.items():
        np.testing.assert_array_equal(ours[name], values)
        assert ours[name].dtype.kind == values.dtype.kind


def test_a_file_of_the_original_is_read(data_dir: Path) -> None:
    folder = data_dir / "flies_tutorial"
    labels = sleap.load_file(folder / "sleap_predictions.slp")
    back = sleap.load_file(folder / "sleap_predictions.analysis.h5")
    np.testing.assert_array_equal(back.numpy(return_scores=True), labels.numpy(return_scores=True))
    assert [track.name for track in back.tracks] == ["track_0", "track_1"]
    assert back.skeleton.node_names == labels.skeleton.node_names
    assert back.n_predicted_instances == labels.n_predicted_instances == 2700


def test_frames_of_a_real_project(data_dir: Path, tmp_path: Path) -> None:
    labels = sleap.load_file(data_dir / "centered_pair" / "predictions.slp")
    write(labels, tmp_path / "x.analysis.h5", labels.video)
    assert contents(tmp_path / "x.analysis.h5")["tracks"].shape == (27, 2, 24, 1100)
    labels.remove_frame(labels[0])
    for all_frames, n_frames in ((False, 1099), (True, 1100)):
        write(labels, tmp_path / "x.tracking.h5", labels.video, classic=True, all_frames=all_frames)
        assert contents(tmp_path / "x.tracking.h5")["tracks"].shape == (27, 2, 24, n_frames)
        back = read(tmp_path / "x.tracking.h5", ())
        assert [frame.frame_idx for frame in back] == [frame.frame_idx for frame in labels]


def test_sleap_io_reads_what_we_write(labels: sleap.Labels, tmp_path: Path) -> None:
    sleap_io = pytest.importorskip("sleap_io", reason="compares with sleap-io")
    path = tmp_path / "x.analysis.h5"
    write(labels, path, labels.video)
    theirs = sleap_io.load_analysis_h5(str(path))
    assert [frame.frame_idx for frame in theirs] == [1, 2, 4]
    assert [len(frame.instances) for frame in theirs] == [3, 1, 1]
    np.testing.assert_array_equal(theirs[0].instances[1].numpy(), XY + 20)
    assert theirs.skeleton.edge_inds == [(1, 0), (1, 2)]


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


def test_it_is_told_from_other_hdf5(data_dir: Path, labels: sleap.Labels, tmp_path: Path) -> None:
    def recognizes(path: Path) -> bool:
        return ANALYSIS.recognizes(path, path.read_bytes()[:64])

    write(labels, tmp_path / "a.h5", labels.video)
    write(labels, tmp_path / "b.h5", labels.video, classic=True)
    sleap.save_file(labels, tmp_path / "c.h5")
    with h5py.File(tmp_path / "d.h5", "w") as file:  # DeepPoseKit
        file.create_group("x")
        file.update({"images": [1], "annotations": [1], "skeleton": [1], "annotated": [1]})
    with h5py.File(tmp_path / "e.h5", "w") as file:  # DeepLabCut, through pandas
        file.create_group("df_with_missing/table")
    (tmp_path / "f.h5").write_bytes(analysis_hdf5.hdf5.SIGNATURE + b"junk" * 20)
    assert [recognizes(tmp_path / f"{name}.h5") for name in "abcdef"] == [True] * 2 + [False] * 4
    assert recognizes(data_dir / "flies_tutorial" / "sleap_predictions.analysis.h5")
    assert not recognizes(data_dir / "flies_tutorial" / "sleap_predictions.slp")


def test_by_content_whatever_the_name(labels: sleap.Labels, tmp_path: Path) -> None:
    write(labels, tmp_path / "anything.h5", labels.video)
    assert len(sleap.load_file(tmp_path / "anything.h5")) == 3


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
    labels: sleap.Labels, tmp_path: Path, name: str, values: Any, message: str
) -> None:
    path = tmp_path / "x.analysis.h5"
    write(labels, path, labels.video)
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


def test_a_file_that_is_no_analysis_file(tmp_path: Path) -> None:
    (tmp_path / "x.analysis.h5").write_bytes(b"nothing")
    with pytest.raises(FormatError, match="not an HDF5 file"):
        sleap.load_file(tmp_path / "x.analysis.h5")
    with pytest.raises(FileError, match="no such file"):
        sleap.load_file(tmp_path / "absent.analysis.h5")


def test_a_foreign_video_is_refused(labels: sleap.Labels, tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match="not a video of these labels"):
        write(labels, tmp_path / "x.analysis.h5", sleap.Video("other.mp4"))
    assert list(tmp_path.iterdir()) == []
