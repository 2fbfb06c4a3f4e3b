from pathlib import Path

import pytest

import sleap
from sleap.io.formats.nwb import NWB
from sleap.io.slp import hdf5


def test_it_is_told_by_its_name_and_hdf5(tmp_path: Path) -> None:
    assert NWB.recognizes(tmp_path / "x.NWB", hdf5.SIGNATURE)
    assert not NWB.recognizes(tmp_path / "x.h5", hdf5.SIGNATURE)
    assert not NWB.recognizes(tmp_path / "x.nwb", b"text")


def test_labels_are_saved_and_loaded_by_name(tmp_path: Path) -> None:
    pytest.importorskip("pynwb", reason="NWB files are written with pynwb")
    video = sleap.Video("a.mp4", shape=(3, 8, 8, 1))
    skeleton = sleap.Skeleton(["head"])
    instance = sleap.Instance(skeleton, [[1.0, 2]], sleap.Track("a"))
    sleap.Labels([sleap.LabeledFrame(video, 2, [instance])]).save(tmp_path / "x.nwb")
    assert sleap.load_file(tmp_path / "x.nwb")[0].instances[0]["head"] == (1, 2)
