import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.io.formats.deeplabcut.hdf5_table import is_hdf5, read_hdf5

Save = Callable[..., Path]
ROWS = [("labeled-data", "v", f"img{number}.png") for number in (2, 0, 1)]
VALUES = [[1, 2, np.nan, np.nan], [np.nan, np.nan, 7.25, 8], [3, 4, 5, 6]]


def test_paths_in_three_levels(tmp_path: Path, save: Save) -> None:
    found = read_hdf5(save(tmp_path / "a.h5", ROWS, VALUES))
    assert found.index == ["/".join(row) for row in ROWS]
    assert found.bodyparts == ["nose", "tail base"]
    np.testing.assert_array_equal(found.points.reshape(3, 4), VALUES)


@pytest.mark.parametrize("layout", ["fixed", "table"])
def test_paths_in_one_level(tmp_path: Path, save: Save, layout: str) -> None:
    index = ["/".join(row) for row in ROWS]
    found = read_hdf5(save(tmp_path / "a.h5", index, VALUES, layout=layout))
    assert found.index == index
    assert found.scorer == "me"
    np.testing.assert_array_equal(found.points.reshape(3, 4), VALUES)


@pytest.mark.parametrize("layout", ["fixed", "table"])
def test_several_animals(tmp_path: Path, save: Save, layout: str) -> None:
    values = np.arange(36.0).reshape(4, 9)
    animals = {"a": ["nose"], "b": ["nose"], "single": ["corner"]}
    path = save(
        tmp_path / "a.h5",
        [0, 1, 2, 7],
        values,
        individuals=animals,
        coords=("x", "y", "likelihood"),
        layout=layout,
    )
    found = read_hdf5(path)
    assert isinstance(found.index, np.ndarray)
    assert found.index.tolist() == [0, 1, 2, 7]
    assert found.individuals == ["a", "b", "single"]
    np.testing.assert_array_equal(found.points[:, 2, 1], values[:, 6:8])
    assert found.likelihoods is not None
    np.testing.assert_array_equal(found.likelihoods[:, 1, 0], values[:, 5])


def test_columns_of_several_types(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("tables")
    levels = ["scorer", "bodyparts", "coords"]
    columns = pandas.MultiIndex.from_product([["me"], ["a", "b"], ["x", "y"]], names=levels)
    frame = pandas.DataFrame(np.arange(8.0).reshape(2, 4), columns=columns)
    frame[("me", "a", "y")] = np.array([10, 20], np.int64)
    for layout in ("fixed", "table"):
        frame.to_hdf(tmp_path / "a.h5", key="df_with_missing", mode="w", format=layout)
        points = read_hdf5(tmp_path / "a.h5").points
        assert points.reshape(2, 4).tolist() == [[0, 10, 2, 3], [4, 20, 6, 7]]


def test_pickled_names_of_rows(tmp_path: Path, save: Save) -> None:
    """Older programs stored names of mixed types as a pickled array."""
    path = save(tmp_path / "a.h5", ["a.png", "b.png", "c.png"], VALUES)
    with h5py.File(path, "a") as file:
        del file["df_with_missing/axis1"]
        data = np.frombuffer(pickle.dumps(np.array(["x.png", "y.png", 3], object)), np.uint8)
        axis = file.create_dataset("df_with_missing/axis1", (1,), h5py.vlen_dtype(np.uint8))
        axis[0] = data
        axis.attrs["PSEUDOATOM"] = np.bytes_(b"object")
    assert read_hdf5(path).index == ["x.png", "y.png", "3"]


def test_what_it_is(tmp_path: Path, save: Save) -> None:
    path = save(tmp_path / "a.h5", ROWS, VALUES)
    assert is_hdf5(path, path.read_bytes()[:64])
    assert not is_hdf5(path, b"scorer,")
    with h5py.File(path, "w") as file:
        file.create_group("metadata")
    assert not is_hdf5(path, path.read_bytes()[:64])
    with pytest.raises(FormatError, match="no data frame"):
        read_hdf5(path)
    path.write_bytes(b"\x89HDF\r\n\x1a\n")
    assert not is_hdf5(path, path.read_bytes()[:64])


class Runs:
    def __reduce__(self) -> Any:
        return os.mkdir, ("ran",)


def test_pickles_do_not_run(tmp_path: Path, save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = save(tmp_path / "a.h5", [0, 1, 2], VALUES, layout="table")
    with h5py.File(path, "a") as file:
        file["df_with_missing"].attrs["non_index_axes"] = np.bytes_(pickle.dumps(Runs(), 0))
    with pytest.raises(FormatError, match=r"a\.h5.*mkdir.*no code run"):
        read_hdf5(path)
    assert not (tmp_path / "ran").exists()


def damage(path: Path, change: Callable[[h5py.Group], None]) -> None:
    with h5py.File(path, "a") as file:
        change(file["df_with_missing"])


def replace(name: str, value: Any) -> Callable[[h5py.Group], None]:
    def change(group: h5py.Group) -> None:
        del group[name]
        group[name] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (replace("axis1_label0", np.array([0, 0, 9])), "not there"),
        (replace("axis1_label0", np.array([0, 0, -2])), "not there"),
        (replace("axis1_label0", np.array([0, 0])), "."),
        (replace("axis1_label0", np.array(["a"], "S1")), "list of numbers"),
        (replace("block0_values", np.zeros((3, 5))), "shape"),
        (replace("block0_values", np.zeros((3, 4), "S2")), "expected numbers"),
        (replace("block0_items_level1", np.array([b"nose", b"ear"])), "unknown column"),
        (replace("axis0_level2", np.array([b"x", b"z"])), "."),
        (lambda group: group.pop("block0_values"), "no dataset"),
        (lambda group: group.attrs.__setitem__("nblocks", 0), "do not hold the 4 columns"),
        (lambda group: group.attrs.__setitem__("nblocks", 10**9), "claims to hold"),
        (lambda group: group.attrs.__setitem__("pandas_type", b"series"), "series"),
    ],
)
def test_damage_of_the_fixed_layout(
    tmp_path: Path, save: Save, change: Callable[[h5py.Group], None], message: str
) -> None:
    path = save(tmp_path / "a.h5", ROWS, VALUES)
    damage(path, change)
    with pytest.raises(FormatError, match=rf"a\.h5.*{message}"):
        read_hdf5(path)


def _set(name: str, value: Any) -> Callable[[h5py.Group], None]:
    return lambda group: group.attrs.__setitem__(name, np.bytes_(pickle.dumps(value, 0)))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("non_index_axes", [(1, [("me", "a", "x")])]), "not those that it names"),
        (_set("non_index_axes", [1]), "."),
        (_set("non_index_axes", None), "does not name"),
        (_set("non_index_axes", [(1, ["a"])]), "several levels"),
        (lambda group: group.attrs.pop("non_index_axes"), "should be a pickle"),
        (replace("table", np.zeros(3, [("a", "i8")])), "no index"),
    ],
)
def test_damage_of_the_table_layout(
    tmp_path: Path, save: Save, change: Callable[[h5py.Group], None], message: str
) -> None:
    path = save(tmp_path / "a.h5", [0, 1, 2], VALUES, layout="table")
    damage(path, change)
    with pytest.raises(FormatError, match=rf"a\.h5.*{message}"):
        read_hdf5(path)


def test_frames_before_the_first(tmp_path: Path, save: Save) -> None:
    with pytest.raises(FormatError, match="frame -1"):
        read_hdf5(save(tmp_path / "a.h5", [-1, 0, 1], VALUES))


@pytest.mark.parametrize("name", ["axis0_label0", "axis1_label1", "axis1_level2"])
def test_lists_that_claim_to_be_long(tmp_path: Path, save: Save, name: str) -> None:
    path = save(tmp_path / "a.h5", ROWS, VALUES)
    with h5py.File(path, "a") as file:
        group = file["df_with_missing"]
        dtype = group[name].dtype
        del group[name]
        group.create_dataset(name, (1 << 20,), dtype, chunks=(1 << 16,))  # nothing is stored
    with pytest.raises(FormatError, match="claims 1048576 entries"):
        read_hdf5(path)
