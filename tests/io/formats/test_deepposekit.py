from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.errors import FormatError
from sleap.io.files import load_file, save_file
from sleap.io.formats.deepposekit import read
from sleap.video.opening import open_video

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 255, (3, 8, 12, 1), np.uint8)
POINTS = RNG.random((3, 4, 2)) * 8


def parts() -> dict[str, Any]:
    return {
        "images": IMAGES,
        "annotations": POINTS,
        "annotated": np.array([[1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 1, 1]], bool),
        "skeleton": np.array([[-1, -1], [0, -1], [1, 3], [1, 2]], np.int32),
        "skeleton_names": np.array([b"head", b"thorax", b"wingL", b"wingR"]),
    }


def saved(path: Path, contents: dict[str, Any]) -> Path:
    with h5py.File(path, "w") as file:
        for name, value in contents.items():
            if value is not None:
                file[name] = value
    return path


def test_annotations_are_read(tmp_path: Path) -> None:
    labels = load_file(saved(tmp_path / "a.h5", parts()))
    assert [frame.frame_idx for frame in labels] == [0, 2]
    np.testing.assert_array_equal(labels[0][0].numpy(), POINTS[0])
    np.testing.assert_array_equal(labels[1][0].numpy()[[0, 2, 3]], POINTS[2][[0, 2, 3]])
    assert np.isnan(labels[1][0].numpy()[1]).all()
    assert not labels[0][0].is_predicted
    skeleton = labels.skeleton
    assert skeleton.node_names == ["head", "thorax", "wingL", "wingR"]
    assert skeleton.edge_names == [("head", "thorax"), ("thorax", "wingL"), ("thorax", "wingR")]
    assert skeleton.symmetry_names == [("wingL", "wingR")]


def test_the_images_of_the_file_are_the_video(tmp_path: Path) -> None:
    labels = load_file(saved(tmp_path / "a.h5", parts()))
    with open_video(labels.video) as reader:
        np.testing.assert_array_equal(reader.read(2), IMAGES[2])


def test_labels_read_from_it_go_into_a_project(
    tmp_path: Path, assert_same: Callable[[Labels, Labels], None]
) -> None:
    labels = load_file(saved(tmp_path / "a.h5", parts()))
    save_file(labels, tmp_path / "b.slp")
    assert_same(load_file(tmp_path / "b.slp"), labels)


def test_images_may_be_annotated_whole_and_nodes_lack_names(tmp_path: Path) -> None:
    contents = {**parts(), "annotated": np.array([0, 1, 0]), "skeleton_names": None}
    labels = read(saved(tmp_path / "a.h5", {**contents, "skeleton": np.zeros((0, 2))}))
    assert [frame.frame_idx for frame in labels] == [1]
    assert labels.skeleton.node_names == ["node1", "node2", "node3", "node4"]
    assert labels.skeleton.edges == []


def test_hdf5_of_other_kinds_is_not_recognized(labels: Labels, tmp_path: Path) -> None:
    save_file(labels, tmp_path / "a.h5")
    assert len(load_file(tmp_path / "a.h5")) == len(labels)
    with pytest.raises(FormatError, match="no group 'metadata'"):
        load_file(saved(tmp_path / "b.h5", {"images": IMAGES}))


@pytest.mark.parametrize(
    "change",
    [
        {"annotations": None},
        {"annotations": np.zeros((3, 4))},
        {"annotations": np.zeros((2, 4, 2))},
        {"annotations": np.full((3, 4, 2), np.inf)},
        {"annotations": np.array([b"x"])},
        {"annotated": np.ones((3, 3))},
        {"annotated": np.ones((2, 4))},
        {"annotated": np.ones((1, 1, 1))},
        {"skeleton": np.zeros((3, 2))},
        {"skeleton": np.array([[9, -1]] * 4)},
        {"skeleton": np.array([[np.nan, -1]] * 4)},
        {"skeleton_names": np.array([b"a"] * 4)},
        {"skeleton_names": np.array([b"a"])},
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(FormatError, match=r"odd\.h5"):
        read(saved(tmp_path / "odd.h5", {**parts(), **change}))
