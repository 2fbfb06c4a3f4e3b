from pathlib import Path

import h5py
import numpy as np
import pytest

import sleap
from sleap.errors import FileError, LabelsError, OptionError
from sleap.workflows.write_tracking import WriteTrackingOptions, write_tracking


def shape_of(path: Path) -> tuple[int, ...]:
    with h5py.File(path) as file:
        shape: tuple[int, ...] = file["tracks"].shape
        return shape


def make(n_videos: int) -> sleap.Labels:
    skeleton = sleap.Skeleton(["head"])
    frames = [
        sleap.LabeledFrame(
            sleap.Video(f"clips/day{number}.mp4", shape=(10, 8, 8, 1)),
            index,
            [sleap.PredictedInstance(skeleton, [[1.0, 2]])],
        )
        for number in range(n_videos)
        for index in (3,)
    ]
    return sleap.Labels(frames)


def test_a_real_project(data_dir: Path, tmp_path: Path) -> None:
    labels = sleap.load_file(data_dir / "centered_pair" / "predictions.slp")
    expected = labels.numpy()
    labels.remove_frame(labels[0])
    source = tmp_path / "preds.slp"
    labels.save(source)
    (path,) = write_tracking(WriteTrackingOptions(data_path=source))
    assert path == tmp_path / "preds.tracking.h5"
    with h5py.File(path) as file:
        assert set(file) == {"tracks", "track_occupancy", "track_names", "node_names"}
        assert file["track_occupancy"].shape == (1099, 27)
        np.testing.assert_array_equal(file["tracks"][()].T, expected[1:].transpose(0, 2, 3, 1))
    (path,) = write_tracking(WriteTrackingOptions(data_path=source, all_frames=True))
    assert shape_of(path) == (27, 2, 24, 1100)


def test_the_output_can_be_named(tmp_path: Path) -> None:
    make(1).save(tmp_path / "a.slp")
    options = WriteTrackingOptions(data_path=tmp_path / "a.slp", output=str(tmp_path / "b.h5"))
    assert write_tracking(options) == [tmp_path / "b.h5"]
    assert shape_of(tmp_path / "b.h5") == (1, 2, 1, 1)


def test_each_video_has_a_file(tmp_path: Path) -> None:
    labels = make(2)
    labels.videos.append(sleap.Video("unlabeled.mp4"))
    labels.save(tmp_path / "a.json.zip")
    source = tmp_path / "a.json.zip"
    paths = write_tracking(WriteTrackingOptions(data_path=source))
    assert [path.name for path in paths] == [
        "a.000_day0.tracking.h5",
        "a.001_day1.tracking.h5",
    ]
    (path,) = write_tracking(WriteTrackingOptions(data_path=source, video=1))
    assert path.name == "a.tracking.h5"


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    make(2).save(tmp_path / "a.slp")
    sleap.Labels().save(tmp_path / "empty.slp")
    with pytest.raises(OptionError, match=r"for 2 videos. Say which with --video"):
        write_tracking(WriteTrackingOptions(data_path=tmp_path / "a.slp", output="x.h5"))
    with pytest.raises(OptionError, match=r"video is 2; .* holds 2"):
        write_tracking(WriteTrackingOptions(data_path=tmp_path / "a.slp", video=2))
    with pytest.raises(LabelsError, match="no labeled frames"):
        write_tracking(WriteTrackingOptions(data_path=tmp_path / "empty.slp"))
    with pytest.raises(FileError, match=r"missing\.slp"):
        write_tracking(WriteTrackingOptions(data_path=tmp_path / "missing.slp"))
