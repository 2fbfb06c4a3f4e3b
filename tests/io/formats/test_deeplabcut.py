import warnings
from pathlib import Path

import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.io.files import load_file, save_file
from sleap.io.formats.deeplabcut import DEEPLABCUT
from sleap.video.encode import encode_image

pandas = pytest.importorskip("pandas", reason="pandas writes the tables of DeepLabCut")

NETWORK = "DLC_resnet50_reachJan1shuffle1_1000"


def make(path: Path) -> Path:
    """Write an analyzed video of two animals."""
    columns = pandas.MultiIndex.from_product(
        [[NETWORK], ["a", "b"], ["nose", "tail"], ["x", "y", "likelihood"]],
        names=["scorer", "individuals", "bodyparts", "coords"],
    )
    values = np.arange(36.0).reshape(3, 12)
    values[:, 2::3] = 0.5
    values[1, 6:] = np.nan
    frame = pandas.DataFrame(values, columns=columns)
    if path.suffix == ".csv":
        frame.to_csv(path)
    else:
        pytest.importorskip("tables")
        frame.to_hdf(path, key="df_with_missing", mode="w", format="table")
    return path


@pytest.mark.parametrize("suffix", [".h5", ".csv"])
def test_an_analyzed_video(tmp_path: Path, suffix: str) -> None:
    labels = load_file(make(tmp_path / f"day1{NETWORK}_el{suffix}"))
    assert labels.videos[0].filename == "day1.mp4"
    assert [len(frame.instances) for frame in labels] == [2, 1, 2]
    assert [track.name for track in labels.tracks] == ["a", "b"]
    instance = labels[2].instances[1]
    assert instance.is_predicted
    assert instance.score == 0.5
    assert instance.numpy().tolist() == [[30, 31], [33, 34]]
    assert labels.provenance["scorer"] == NETWORK


def test_what_is_recognized(tmp_path: Path) -> None:
    for suffix in (".h5", ".csv"):
        path = make(tmp_path / f"a{suffix}")
        assert DEEPLABCUT.recognizes(path, path.read_bytes()[:64])
    assert DEEPLABCUT.recognizes(tmp_path, b"") is False
    (tmp_path / "CollectedData_me.csv").touch()
    assert DEEPLABCUT.recognizes(tmp_path, b"")
    path = tmp_path / "a.csv"
    path.write_text("track,frame_idx\n")
    assert not DEEPLABCUT.recognizes(path, path.read_bytes())


def test_a_project_by_its_configuration(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("Task: x\nscorer: me\nvideo_sets:\nbodyparts: [nose]\n")
    folder = tmp_path / "labeled-data" / "v"
    folder.mkdir(parents=True)
    (folder / "CollectedData_me.csv").write_text(
        "scorer,,,me,me\nbodyparts,,,nose,nose\ncoords,,,x,y\nlabeled-data,v,img1.png,1,2\n"
    )
    assert DEEPLABCUT.read is not None
    for path in (tmp_path / "config.yaml", tmp_path):
        labels = DEEPLABCUT.read(path, ())
        assert labels[0].instances[0].numpy().tolist() == [[1, 2]]
    assert len(load_file(tmp_path / "config.yaml")) == 1


def test_cells_that_are_no_numbers_are_one_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("scorer,me,me\nbodyparts,nose,nose\ncoords,x,y\n0,1,two\n")
    with pytest.raises(FormatError, match=r"a\.csv.*two"):
        load_file(path)


def test_the_other_program_of_the_field_reads_the_same(tmp_path: Path) -> None:
    sleap_io = pytest.importorskip("sleap_io", reason="it is what we compare with")
    folder = tmp_path / "labeled-data" / "v"
    folder.mkdir(parents=True)
    columns = pandas.MultiIndex.from_product(
        [["me"], ["nose", "tail"], ["x", "y"]], names=["scorer", "bodyparts", "coords"]
    )
    names = ["img3.png", "img10.png", "img20.png"]
    rows = pandas.MultiIndex.from_tuples([("labeled-data", "v", name) for name in names])
    values = np.arange(12.0).reshape(3, 4)
    values[1, :2] = np.nan
    path = folder / "CollectedData_me.csv"
    pandas.DataFrame(values, columns=columns, index=rows).to_csv(path)
    for name in names:
        (folder / name).write_bytes(encode_image(np.zeros((4, 6, 1), np.uint8)))
    labels = load_file(path)
    ours = {labels.videos[0].filename[f.frame_idx]: f.instances[0].numpy() for f in labels}
    written = folder / "CollectedData_ours.csv"
    save_file(labels, written, format="deeplabcut")
    for one in (path, written):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = sleap_io.load_dlc(str(one))
        assert len(theirs) == 3
        for frame in theirs:
            name = frame.video.filename[frame.frame_idx]
            np.testing.assert_array_equal(frame.instances[0].numpy(), ours[name])
