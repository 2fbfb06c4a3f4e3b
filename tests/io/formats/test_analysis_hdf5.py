from pathlib import Path

import h5py
import pytest

import sleap
from sleap.errors import FileError, FormatError
from sleap.io.formats.analysis_hdf5 import ANALYSIS, write
from sleap.io.slp import hdf5


def test_it_is_told_from_other_hdf5(data_dir: Path, tracked: sleap.Labels, tmp_path: Path) -> None:
    def recognizes(path: Path) -> bool:
        return ANALYSIS.recognizes(path, path.read_bytes()[:64])

    write(tracked, tmp_path / "a.h5", tracked.video)
    write(tracked, tmp_path / "b.h5", tracked.video, classic=True)
    sleap.save_file(tracked, tmp_path / "c.h5")
    with h5py.File(tmp_path / "d.h5", "w") as file:  # DeepPoseKit
        file.create_group("x")
        file.update({"images": [1], "annotations": [1], "skeleton": [1], "annotated": [1]})
    with h5py.File(tmp_path / "e.h5", "w") as file:  # DeepLabCut, through pandas
        file.create_group("df_with_missing/table")
    (tmp_path / "f.h5").write_bytes(hdf5.SIGNATURE + b"junk" * 20)
    assert [recognizes(tmp_path / f"{name}.h5") for name in "abcdef"] == [True] * 2 + [False] * 4
    assert recognizes(data_dir / "flies_tutorial" / "sleap_predictions.analysis.h5")
    assert not recognizes(data_dir / "flies_tutorial" / "sleap_predictions.slp")


def test_by_content_whatever_the_name(tracked: sleap.Labels, tmp_path: Path) -> None:
    write(tracked, tmp_path / "anything.h5", tracked.video)
    assert len(sleap.load_file(tmp_path / "anything.h5")) == 3


def test_a_file_that_is_no_analysis_file(tmp_path: Path) -> None:
    (tmp_path / "x.analysis.h5").write_bytes(b"nothing")
    with pytest.raises(FormatError, match="not an HDF5 file"):
        sleap.load_file(tmp_path / "x.analysis.h5")
    with pytest.raises(FileError, match="no such file"):
        sleap.load_file(tmp_path / "absent.analysis.h5")
