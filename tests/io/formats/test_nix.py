import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

import sleap
from sleap.errors import FileError, FormatError, LabelsError
from sleap.io.formats import nix
from sleap.io.formats.nix import NIX, read, write

nixio = pytest.importorskip("nixio", reason="NIX files are written with nixio")

FLY = sleap.Skeleton(["head", "tail"], [("head", "tail")])
XY = np.array([[1.0, 2], [np.nan, np.nan]])


def found(value: float, track: sleap.Track | None = None) -> sleap.PredictedInstance:
    return sleap.PredictedInstance(
        FLY, XY + value, track, point_scores=[0.1, 0], score=0.75, tracking_score=0.5
    )


@pytest.fixture
def labels() -> sleap.Labels:
    a, b = sleap.Track("a"), sleap.Track("b")
    video = sleap.Video("day1.mp4", shape=(6, 8, 8, 1))
    return sleap.Labels(
        [
            sleap.LabeledFrame(video, 1, [found(10, a), found(20, b), found(30)]),
            sleap.LabeledFrame(video, 4, [sleap.Instance(FLY, XY, b)]),
        ],
        provenance={"model": "m"},
    )


def test_nixio_reads_it(labels: sleap.Labels, tmp_path: Path) -> None:
    write(labels, tmp_path / "x.analysis.nix", labels.video)
    file = nixio.File.open(str(tmp_path / "x.analysis.nix"), nixio.FileMode.ReadOnly)
    try:
        block = file.blocks["poses"]
        assert block.data_arrays["frame"][:].tolist() == [1, 1, 1, 4]
        assert block.data_arrays["track"][:].tolist() == [0, 1, -1, 1]
        assert block.data_arrays["user"][:].tolist() == [False, False, False, True]
        position = block.data_arrays["position"]
        assert position.unit == "px"
        assert position.dimensions[1].labels == ("head", "tail")
        np.testing.assert_array_equal(position[:][1], XY + 20)
        np.testing.assert_array_equal(block.data_arrays["score"][:], [0.75] * 3 + [np.nan])
        facts = block.metadata
        assert list(facts["track_names"]) == ["a", "b"]
        assert facts["video_path"] == "day1.mp4"
        assert facts["n_frames"] == 6
    finally:
        file.close()


def test_all_comes_back(
    labels: sleap.Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nix, "N_FRAMES", 2)
    write(labels, tmp_path / "x.analysis.nix", labels.video)
    back = read(tmp_path / "x.analysis.nix", ())
    assert [frame.frame_idx for frame in back] == [1, 4]
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
    assert back.video.filename == "day1.mp4"
    assert back.provenance == {"model": "m"}


def test_labels_without_an_instance(tmp_path: Path) -> None:
    video = sleap.Video("a.mp4")
    write(sleap.Labels(videos=[video], skeletons=[FLY]), tmp_path / "x.nix", video)
    back = sleap.load_file(tmp_path / "x.nix")
    assert len(back) == 0
    assert back.skeleton.matches(FLY)


def test_a_real_recording(data_dir: Path, tmp_path: Path) -> None:
    labels = sleap.load_file(data_dir / "flies_tutorial" / "sleap_predictions.slp")
    labels.save(tmp_path / "x.analysis.nix")
    back = sleap.load_file(tmp_path / "x.analysis.nix")
    np.testing.assert_array_equal(back.numpy(return_scores=True), labels.numpy(return_scores=True))


def test_it_is_told_by_its_content(labels: sleap.Labels, tmp_path: Path) -> None:
    write(labels, tmp_path / "x.h5", labels.video)
    assert NIX.recognizes(tmp_path / "x.h5", (tmp_path / "x.h5").read_bytes()[:64])
    labels.save(tmp_path / "y.h5")
    assert not NIX.recognizes(tmp_path / "y.h5", (tmp_path / "y.h5").read_bytes()[:64])
    assert not NIX.recognizes(tmp_path / "x.nix", b"text")


def test_what_is_wrong_is_said(labels: sleap.Labels, tmp_path: Path) -> None:
    path = tmp_path / "x.nix"
    with h5py.File(path, "w"):
        pass
    with pytest.raises(FormatError, match=r"x\.nix.*no block 'poses'"):
        sleap.load_file(path)
    for name, values, message in (
        ("position", np.zeros((4, 3, 2)), "'position' is float64 of shape"),
        ("track", np.full(4, 9), "no track of the 2"),
        ("score", None, "no array 'score'"),
    ):
        write(labels, path, labels.video)
        with h5py.File(path, "r+") as file:
            array = file[f"data/poses/data_arrays/{name}"]
            del array["data"]
            if values is not None:
                array["data"] = values
        with pytest.raises(FormatError, match=message):
            sleap.load_file(path)


def test_a_foreign_video_is_refused(labels: sleap.Labels, tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match="not a video of these labels"):
        write(labels, tmp_path / "x.nix", sleap.Video("other.mp4"))


def test_without_the_library_it_says_how_to_get_it(
    labels: sleap.Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nixio", None)
    with pytest.raises(FileError, match=r"pip install sleap\[nix\]"):
        write(labels, tmp_path / "x.nix", labels.video)
    assert list(tmp_path.iterdir()) == []


FULL_DISK = """
import resource, signal, sys
import nixio, numpy, sleap, sleap.io.formats
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
video = sleap.Video("a.mp4", shape=(2000, 8, 8, 1))
skeleton = sleap.Skeleton([f"n{i}" for i in range(20)])
noise = numpy.random.default_rng(0)
frames = [
    sleap.LabeledFrame(video, i, [sleap.Instance(skeleton, noise.random((20, 2)))])
    for i in range(2000)
]
labels = sleap.Labels(frames)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    labels.save(sys.argv[1])
except sleap.errors.FileError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be limited in size there")
def test_a_full_disk_is_an_error_and_no_crash(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path / "x.analysis.nix")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "larger than the system allows" in done.stdout
    assert list(tmp_path.iterdir()) == []
