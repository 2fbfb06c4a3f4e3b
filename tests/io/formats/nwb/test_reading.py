import warnings
from pathlib import Path

import h5py
import numpy as np
import pytest

import sleap
from sleap.errors import FileError, FormatError
from sleap.io.formats.nwb.reading import read
from sleap.io.formats.nwb.writing import write

pytest.importorskip("pynwb", reason="NWB files to read are written with pynwb")

FLY = sleap.Skeleton(["head", "a/b"], [("head", "a/b")])
WORM = sleap.Skeleton(["tip"], name="worm")
XY = np.array([[1.0, 2], [np.nan, np.nan]])


def make() -> sleap.Labels:
    """Two videos with skeletons of their own and a common track; an untracked, a user instance."""
    a, b = sleap.Track("a"), sleap.Track("b:2")
    videos = [sleap.Video("day1.mp4", shape=(6, 8, 8, 1)), sleap.Video("day2.mp4")]

    def found(value: float, track: sleap.Track | None) -> sleap.PredictedInstance:
        return sleap.PredictedInstance(
            FLY, XY + value, track, point_scores=[0.5, 0], score=0.75, tracking_score=0.25
        )

    return sleap.Labels(
        [
            sleap.LabeledFrame(videos[0], 1, [found(10, a), found(20, b), found(30, None)]),
            sleap.LabeledFrame(videos[0], 4, [sleap.Instance(FLY, XY, a)]),
            sleap.LabeledFrame(videos[1], 3, [sleap.Instance(WORM, XY[:1], a)]),
        ],
        provenance={"model": "m"},
    )


def test_all_comes_back(tmp_path: Path) -> None:
    labels = make()
    write(labels, tmp_path / "x.nwb")
    back = read(tmp_path / "x.nwb", ())
    assert [video.filename for video in back.videos] == ["day1.mp4", "day2.mp4"]
    assert [back.videos.index(frame.video) for frame in back] == [0, 0, 1]
    assert [frame.frame_idx for frame in back] == [1, 4, 3]
    for frame, other in zip(labels, back, strict=True):
        for one, two in zip(frame.instances, other.instances, strict=True):
            assert type(one) is type(two)
            np.testing.assert_array_equal(one.numpy(), two.numpy())
            assert (one.track and one.track.name) == (two.track and two.track.name)
            np.testing.assert_equal(one.score, two.score)
            np.testing.assert_equal(one.tracking_score, two.tracking_score)
            assert two.skeleton.node_names == one.skeleton.node_names
            if one.is_predicted:
                assert one.points["score"].tolist() == two.points["score"].tolist()
    assert {track.name for track in back.tracks} == {"a", "b:2"}
    assert sorted(skeleton.edge_names for skeleton in back.skeletons) == [[], [("head", "a/b")]]
    assert back.provenance == {"model": "m"}


def test_labels_without_an_instance(tmp_path: Path) -> None:
    labels = sleap.Labels(videos=[sleap.Video("a.mp4", shape=(3, 8, 8, 1))], skeletons=[FLY])
    write(labels, tmp_path / "x.nwb")
    back = read(tmp_path / "x.nwb", ())
    assert len(back) == 0
    assert back.video.filename == "a.mp4"
    assert back.skeleton.matches(FLY)


def test_a_real_recording(data_dir: Path, tmp_path: Path) -> None:
    labels = sleap.load_file(data_dir / "flies_tutorial" / "sleap_predictions.slp")
    labels.save(tmp_path / "x.nwb")
    back = sleap.load_file(tmp_path / "x.nwb")
    np.testing.assert_array_equal(back.numpy(return_scores=True), labels.numpy(return_scores=True))
    assert back.n_predicted_instances == 2700
    tables = [one.store.instances.rows for one in (labels, back)]
    scores = [rows["score"][np.lexsort((rows["track"], rows["frame_id"]))] for rows in tables]
    np.testing.assert_array_equal(*scores)


def test_a_file_of_sleap_io_is_read(data_dir: Path, tmp_path: Path) -> None:
    sleap_io = pytest.importorskip("sleap_io", reason="compares with sleap-io")
    source = data_dir / "flies_tutorial" / "sleap_predictions.slp"
    theirs = sleap_io.load_slp(str(source), open_videos=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, not ours
        sleap_io.save_nwb(theirs, str(tmp_path / "x.nwb"), nwb_format="predictions")
    labels, back = sleap.load_file(source), sleap.load_file(tmp_path / "x.nwb")
    np.testing.assert_array_equal(back.numpy(return_scores=True), labels.numpy(return_scores=True))
    assert [track.name for track in back.tracks] == ["track_0", "track_1"]
    assert back.skeleton.edge_names == [("thorax", "head"), ("thorax", "abdomen")]


def test_poses_that_begin_later_and_have_no_skeleton(tmp_path: Path) -> None:
    """Files of other programs: a starting time, no link to a skeleton, three dimensions."""
    with h5py.File(tmp_path / "x.nwb", "w") as file:
        module = file.create_group("processing/behavior")
        module.attrs["neurodata_type"] = "ProcessingModule"
        poses = module.create_group("PoseEstimation")
        poses.attrs["neurodata_type"] = "PoseEstimation"
        poses["original_videos"] = [b"cam.avi"]
        for name in ("nose", "tail"):
            series = poses.create_group(name)
            series.attrs["neurodata_type"] = "PoseEstimationSeries"
            series["data"] = np.arange(6.0).reshape(2, 3)
            series["starting_time"] = 0.5
            series["starting_time"].attrs["rate"] = 20.0
    back = read(tmp_path / "x.nwb", ())
    assert [frame.frame_idx for frame in back] == [10, 11]
    instance = back[1].instances[0]
    assert (instance.is_predicted, instance.track) == (True, None)
    np.testing.assert_array_equal(instance.numpy(), [[3, 4], [3, 4]])
    assert back.skeleton.node_names == ["nose", "tail"]
    assert back.video.filename == "cam.avi"


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.nwb"
    with pytest.raises(FileError, match="no such file"):
        sleap.load_file(path)
    path.write_text("hello")
    with pytest.raises(FormatError, match="not an HDF5 file"):
        sleap.load_file(path)
    with h5py.File(path, "w"):
        pass
    with pytest.raises(FormatError, match=r"x\.nwb.*no PoseEstimation"):
        sleap.load_file(path)


@pytest.mark.parametrize(
    ("place", "values", "message"),
    [
        ("a/head/data", np.zeros(6), r"expected|should be of shape"),
        ("a/head/data", np.zeros((5, 2)), "differ in length"),
        ("Skeletons/Skeleton-0/edges", np.array([[0, 7]]), "do not fit its nodes"),
    ],
)
def test_damage_is_named(
    tmp_path: Path, place: str, values: "np.typing.NDArray[np.generic]", message: str
) -> None:
    video = sleap.Video("a.mp4", shape=(6, 8, 8, 1))
    track = sleap.Track("a")
    write(
        sleap.Labels([sleap.LabeledFrame(video, 1, [sleap.Instance(FLY, XY, track)])]),
        tmp_path / "x.nwb",
    )
    with h5py.File(tmp_path / "x.nwb", "r+") as file:
        behavior = file["processing/behavior"]
        del behavior[place]
        behavior[place] = values
    with pytest.raises(FormatError, match=message):
        sleap.load_file(tmp_path / "x.nwb")
