from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.errors import FileError, FormatError
from sleap.io.files import load_file
from sleap.io.formats.leap_matlab.read import find_skeleton, read
from sleap.video.opening import open_video

Save = Callable[[Path, dict[str, Any]], Path]


def test_labels_count_from_zero_and_lack_what_was_not_set(
    tmp_path: Path, save_mat: Save, leap: dict[str, Any]
) -> None:
    labels = load_file(save_mat(tmp_path / "fly.labels.mat", leap))
    assert labels.skeleton.node_names == ["head", "thorax", "tail"]
    assert labels.skeleton.edge_names == [("thorax", "head"), ("thorax", "tail")]
    assert [frame.frame_idx for frame in labels] == [0, 2, 3]
    expected = leap["positions"].transpose(2, 0, 1) - 1
    np.testing.assert_array_equal(labels[1][0].numpy(), expected[2])
    np.testing.assert_array_equal(labels[2][0].numpy()[0], expected[3, 0])
    assert np.isnan(labels[2][0].numpy()[1:]).all()
    assert not labels[0][0].is_predicted
    video = labels.video
    assert (video.filename, video.dataset) == ("C:\\data\\box.h5", "box")
    assert video.input_format == "channels_first"


def test_the_pixels_are_those_of_the_box_beside_the_labels(
    tmp_path: Path, save_mat: Save, leap: dict[str, Any]
) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (4, 1, 7, 5), np.uint8)
    with h5py.File(tmp_path / "box.h5", "w") as file:
        file["box"] = pixels
    labels = load_file(save_mat(tmp_path / "fly.labels.mat", leap))
    with open_video(labels.video) as reader:
        assert reader.shape == (4, 5, 7, 1)
        np.testing.assert_array_equal(reader.read(2)[..., 0], pixels[2, 0].T)


def test_without_a_path_the_box_bears_the_name_of_the_labels(
    tmp_path: Path, save_mat: Save, leap: dict[str, Any]
) -> None:
    del leap["boxPath"]
    assert read(save_mat(tmp_path / "fly.LABELS.mat", leap)).video.filename == "fly.h5"
    assert read(save_mat(tmp_path / "fly.mat", leap)).video.filename == "fly.h5"


def test_one_frame_is_read_though_matlab_drops_its_axis(
    tmp_path: Path, save_mat: Save, leap: dict[str, Any]
) -> None:
    leap |= {"positions": leap["positions"][..., 0], "initialized": np.ones((3, 1))}
    labels = read(save_mat(tmp_path / "a.mat", leap))
    assert [frame.frame_idx for frame in labels] == [0]


def test_nan_is_missing_where_nothing_says_what_was_set(
    tmp_path: Path, save_mat: Save, leap: dict[str, Any]
) -> None:
    del leap["initialized"], leap["skeleton"]
    leap["positions"][:, :, 1] = np.nan
    labels = read(save_mat(tmp_path / "a.mat", leap))
    assert [frame.frame_idx for frame in labels] == [0, 2, 3]
    assert labels.skeleton.node_names == ["node1", "node2", "node3"]


@pytest.mark.parametrize(
    "change",
    [
        {"positions": "text"},
        {"positions": np.zeros((3, 3, 4))},
        {"positions": np.zeros((2, 2, 4))},
        {"positions": np.full((3, 2, 4), np.inf)},
        {"initialized": np.ones((4, 3))},
        {"initialized": "yes"},
        {"skeleton": {"nodes": np.zeros((3, 1)), "edges": np.zeros((0, 0))}},
        {"skeleton": {"nodes": ["a", "a", "b"], "edges": np.zeros((0, 0))}},
        {"skeleton": {"nodes": ["a", "b", "c"], "edges": np.array([[0.0, 1.0]])}},
        {"skeleton": {"nodes": ["a", "b", "c"], "edges": np.array([[1.0, 9.0]])}},
        {"skeleton": {"nodes": ["a", "b", "c"], "edges": np.array([[1.5, 2.0]])}},
        {"skeleton": {"nodes": ["a", "b", "c"], "edges": np.array([[np.nan, 2.0]])}},
        {"skeleton": {"nodes": ["a", "b", "c"], "edges": np.zeros((3, 3))}},
    ],
)
def test_what_makes_no_sense_is_refused(
    tmp_path: Path, save_mat: Save, leap: dict[str, Any], change: dict[str, Any]
) -> None:
    with pytest.raises(FormatError, match=r"odd\.mat"):
        read(save_mat(tmp_path / "odd.mat", {**leap, **change}))


def test_files_of_other_kinds_are_refused(tmp_path: Path, save_mat: Save) -> None:
    with pytest.raises(FormatError, match="positions"):
        load_file(save_mat(tmp_path / "odd.mat", {"x": np.zeros((2, 2))}))
    with pytest.raises(FileError, match="no such file"):
        load_file(tmp_path / "gone.mat")
    (tmp_path / "odd.mat").write_text("hello")
    with pytest.raises(FormatError, match=r"odd\.mat"):
        load_file(tmp_path / "odd.mat")


def test_skeletons_may_lie_at_the_top() -> None:
    skeleton = find_skeleton({"nodes": ["a", "b", "c"], "edges": np.array([[1, 2, 1], [2, 3, 3]])})
    assert skeleton.edge_names == [("a", "b"), ("b", "c"), ("a", "c")]
    assert find_skeleton({"skeleton": {"nodes": "one", "edges": np.zeros((0, 2))}}).n_nodes == 1
