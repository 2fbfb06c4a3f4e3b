from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.io.formats.deeplabcut.csv_table import N_BLOCK, is_csv, read_csv

HEADER = "scorer,me,me\nbodyparts,nose,nose\ncoords,x,y\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_in_three_columns_and_in_one(tmp_path: Path, save: Callable[..., Path]) -> None:
    values = [[1, 2, np.nan, np.nan], [np.nan, np.nan, 7.25, 8]]
    rows = [("labeled-data", "v,1", "img1.png"), ("labeled-data", "v,1", "img2.png")]
    for index in (rows, ["/".join(row) for row in rows], ["\\".join(row) for row in rows]):
        found = read_csv(save(tmp_path / "a.csv", index, values))
        assert [name.replace("\\", "/") for name in found.index] == ["/".join(row) for row in rows]
        np.testing.assert_array_equal(found.points.reshape(2, 4), values)
        assert found.likelihoods is None


def test_numbers_of_frames_in_many_blocks(tmp_path: Path, save: Callable[..., Path]) -> None:
    n = 2 * N_BLOCK + 3
    values = np.arange(12.0 * n).reshape(n, 12)
    values[::3, :3] = np.nan
    animals = {"a": ["nose"], "b": ["nose", "tail"], "single": ["corner"]}
    coords = ("x", "y", "likelihood")
    path = save(tmp_path / "a.csv", range(n), values, individuals=animals, coords=coords)
    found = read_csv(path)
    assert isinstance(found.index, np.ndarray)
    assert found.index.tolist() == list(range(n))
    assert found.individuals == ["a", "b", "single"]
    assert found.bodyparts == ["nose", "tail", "corner"]
    np.testing.assert_array_equal(found.points[:, 1, 1], values[:, 6:8])
    assert found.likelihoods is not None
    np.testing.assert_array_equal(found.likelihoods[:, 0, 0], values[:, 2])


def test_what_it_begins_with(tmp_path: Path) -> None:
    assert is_csv(b"scorer,me")
    assert is_csv(b"\xef\xbb\xbfscorer,me")
    assert not is_csv(b"track,frame_idx")


def test_lines_without_values(tmp_path: Path) -> None:
    found = read_csv(write(tmp_path / "a.csv", "\ufeff" + HEADER + "a.png,,\r\n\nb.png,1,\n"))
    assert found.index == ["a.png", "b.png"]
    assert np.isnan(found.points).all()
    assert len(read_csv(write(tmp_path / "a.csv", HEADER))) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "first lines"),
        ("scorer,me\n", "first lines"),
        ("scorer,me\nbodyparts,a\ncoords\n", "first lines"),
        ("scorer,me,me\nbodyparts,a\ncoords,x,y\n", "first lines"),
        (HEADER + "a.png\n", "breaks off"),
        (HEADER + "a.png,1,2,3\n", "3 values"),
    ],
)
def test_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read_csv(write(tmp_path / "a.csv", text))


def test_cells_that_are_no_numbers(tmp_path: Path) -> None:
    for cells in ("x,2", "1,2\nb,1"):
        with pytest.raises(ValueError, match=r"."):
            read_csv(write(tmp_path / "a.csv", HEADER + f"a.png,{cells}\n"))
