from pathlib import Path

import h5py
import numpy as np
import pytest

import sleap
from sleap.errors import FileError, FormatError
from sleap.io.formats.analysis_hdf5 import ANALYSIS, write
from sleap.io.slp import hdf5

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
    (tmp_path / "f.h5").write_bytes(hdf5.SIGNATURE + b"junk" * 20)
    assert [recognizes(tmp_path / f"{name}.h5") for name in "abcdef"] == [True] * 2 + [False] * 4
    assert recognizes(data_dir / "flies_tutorial" / "sleap_predictions.analysis.h5")
    assert not recognizes(data_dir / "flies_tutorial" / "sleap_predictions.slp")


def test_by_content_whatever_the_name(labels: sleap.Labels, tmp_path: Path) -> None:
    write(labels, tmp_path / "anything.h5", labels.video)
    assert len(sleap.load_file(tmp_path / "anything.h5")) == 3


def test_a_file_that_is_no_analysis_file(tmp_path: Path) -> None:
    (tmp_path / "x.analysis.h5").write_bytes(b"nothing")
    with pytest.raises(FormatError, match="not an HDF5 file"):
        sleap.load_file(tmp_path / "x.analysis.h5")
    with pytest.raises(FileError, match="no such file"):
        sleap.load_file(tmp_path / "absent.analysis.h5")
