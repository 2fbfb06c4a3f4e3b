from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

import sleap
from sleap.errors import LabelsError
from sleap.io.formats.analysis_hdf5 import read, reading, write, writing


def test_every_dataset_of_the_layout(tracked: sleap.Labels, tmp_path: Path, contents: Any) -> None:
    path = tmp_path / "x.analysis.h5"
    write(tracked, path, tracked.video, labels_path="p/tracked.slp")
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
    assert found["labels_path"] == b"p/tracked.slp"
    assert found["video_path"] == b"clips/day 1.mp4"
    assert found["video_ind"] == 0
    assert found["provenance"] == b'{"model_paths":["m"],"n":1}'


def test_the_classic_layout(tracked: sleap.Labels, tmp_path: Path, contents: Any) -> None:
    path = tmp_path / "x.tracking.h5"
    write(tracked, path, tracked.video, classic=True, all_frames=False)
    assert set(contents(path)) == {"tracks", "track_occupancy", "track_names", "node_names"}
    assert contents(path)["tracks"].shape == (3, 2, 3, 4)  # frames 1 to 4
    back = read(path, ())
    assert [frame.frame_idx for frame in back] == [1, 2, 4]
    assert all(instance.is_predicted for frame in back for instance in frame.instances)


def test_one_animal_without_a_track_has_no_name(tmp_path: Path, found: Any, contents: Any) -> None:
    video = sleap.Video("a.mp4", shape=(3, 8, 8, 1))
    labels = sleap.Labels([sleap.LabeledFrame(video, 1, [found(1)])])
    path = tmp_path / "x.analysis.h5"
    write(labels, path, video)
    names = contents(path)["track_names"]
    assert (names.shape, contents(path)["tracks"].shape) == ((0,), (1, 2, 3, 3))
    assert read(path, ())[0].instances[0].track is None


@pytest.mark.parametrize("n_frames", [0, 4])
def test_labels_without_an_instance(
    n_frames: int, tmp_path: Path, contents: Any, tracked: sleap.Labels
) -> None:
    video = sleap.Video("a.mp4", shape=(n_frames, 8, 8, 1))
    write(
        sleap.Labels(videos=[video], skeletons=[tracked.skeleton]),
        tmp_path / "x.analysis.h5",
        video,
    )
    assert contents(tmp_path / "x.analysis.h5")["tracks"].shape == (0, 2, 3, n_frames)
    back = read(tmp_path / "x.analysis.h5", ())
    assert len(back) == 0
    assert back.skeleton.matches(tracked.skeleton)


def test_small_blocks_make_the_same_file(
    tracked: sleap.Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contents: Any
) -> None:
    write(tracked, tmp_path / "one.analysis.h5", tracked.video)
    monkeypatch.setattr(writing, "CHUNK_BYTES", 2 * 16 * 3)  # two frames
    monkeypatch.setattr(reading, "READ_BYTES", 1)
    write(tracked, tmp_path / "many.analysis.h5", tracked.video)
    one, many = contents(tmp_path / "one.analysis.h5"), contents(tmp_path / "many.analysis.h5")
    for name in one:
        np.testing.assert_array_equal(one[name], many[name])
    with h5py.File(tmp_path / "many.analysis.h5") as file:
        assert file["tracks"].chunks == (1, 2, 3, 2)
    back = read(tmp_path / "many.analysis.h5", ())
    assert [len(frame.instances) for frame in back] == [3, 1, 1]


def test_what_is_empty_is_not_stored(tmp_path: Path, found: Any) -> None:
    video = sleap.Video("a.mp4")
    frames = [sleap.LabeledFrame(video, index, [found(1)]) for index in (3, 20_000_000)]
    path = tmp_path / "x.analysis.h5"
    write(sleap.Labels(frames), path, video)
    assert path.stat().st_size < 2_000_000
    assert [frame.frame_idx for frame in read(path, ())] == [3, 20_000_000]


def test_our_export_is_that_of_the_original(data_dir: Path, tmp_path: Path, contents: Any) -> None:
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


def test_frames_of_a_real_project(data_dir: Path, tmp_path: Path, contents: Any) -> None:
    labels = sleap.load_file(data_dir / "centered_pair" / "predictions.slp")
    write(labels, tmp_path / "x.analysis.h5", labels.video)
    assert contents(tmp_path / "x.analysis.h5")["tracks"].shape == (27, 2, 24, 1100)
    labels.remove_frame(labels[0])
    for all_frames, n_frames in ((False, 1099), (True, 1100)):
        write(labels, tmp_path / "x.tracking.h5", labels.video, classic=True, all_frames=all_frames)
        assert contents(tmp_path / "x.tracking.h5")["tracks"].shape == (27, 2, 24, n_frames)
        back = read(tmp_path / "x.tracking.h5", ())
        assert [frame.frame_idx for frame in back] == [frame.frame_idx for frame in labels]


def test_sleap_io_reads_what_we_write(tracked: sleap.Labels, tmp_path: Path) -> None:
    sleap_io = pytest.importorskip("sleap_io", reason="compares with sleap-io")
    path = tmp_path / "x.analysis.h5"
    write(tracked, path, tracked.video)
    theirs = sleap_io.load_analysis_h5(str(path))
    assert [frame.frame_idx for frame in theirs] == [1, 2, 4]
    assert [len(frame.instances) for frame in theirs] == [3, 1, 1]
    np.testing.assert_array_equal(theirs[0].instances[1].numpy(), tracked[0].instances[1].numpy())
    assert theirs.skeleton.edge_inds == [(1, 0), (1, 2)]


def test_a_foreign_video_is_refused(tracked: sleap.Labels, tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match="not a video of these labels"):
        write(tracked, tmp_path / "x.analysis.h5", sleap.Video("other.mp4"))
    assert list(tmp_path.iterdir()) == []
