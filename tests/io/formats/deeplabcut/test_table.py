import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.io.formats.deeplabcut import table as module
from sleap.io.formats.deeplabcut.table import make_table

COLUMNS = [("me", "nose", "x"), ("me", "nose", "y"), ("me", "tail", "x"), ("me", "tail", "y")]


def test_columns_come_in_any_order() -> None:
    values = np.array([[1.0, 2, 3, 4], [5, np.nan, 7, 8]])
    found = make_table([COLUMNS[place] for place in (3, 0, 1, 2)], ["a", "b"], values)
    assert found.bodyparts == ["tail", "nose"]
    assert found.points[0, 0].tolist() == [[4, 1], [2, 3]]
    np.testing.assert_array_equal(found.points[1, 0], [[8, 5], [np.nan, np.nan]])
    assert found.likelihoods is None
    assert len(found) == 2


def test_individuals_have_parts_of_their_own() -> None:
    names = [("me", "a", "nose"), ("me", "single", "corner")]
    columns = [(*name, coord) for name in names for coord in ("x", "y", "likelihood")]
    found = make_table(columns, np.array([3]), np.arange(6.0)[None])
    assert found.individuals == ["a", "single"]
    assert found.has.tolist() == [[True, False], [False, True]]
    np.testing.assert_array_equal(found.likelihoods, [[[2, np.nan], [np.nan, 5]]])


def test_the_first_of_several_scorers() -> None:
    other = [("you", *name[1:]) for name in COLUMNS]
    found = make_table([*COLUMNS, *other], ["a"], np.arange(8.0)[None])
    assert found.scorer == "me"
    assert found.points.ravel().tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ([], "by 0 names"),
        ([("a", "b")], "by 2 names"),
        ([("a", "b", "x"), ("a", "b", "c", "x")], "by 3 names"),
        ([("a", "b", "x"), ("a", "b", "x")], "same name"),
        ([("a", "b", "z")], "points in space"),
        ([("a", "b", "score")], "expected x, y, likelihood"),
    ],
)
def test_other_names_of_columns(columns: list[tuple[str, ...]], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        make_table(columns, ["r"], np.zeros((1, len(columns))))


def test_sizes_that_do_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FormatError, match="1 rows and 4 columns"):
        make_table(COLUMNS, ["a"], np.zeros((2, 4)))
    monkeypatch.setattr(module, "FREE_CELLS", 0)
    monkeypatch.setattr(module, "MAX_RATIO", 1)
    apart = [("me", f"animal{n}", f"part{n}", c) for n in range(9) for c in "xy"]
    with pytest.raises(FormatError, match="hardly a body part in common"):
        make_table(apart, ["a"], np.zeros((1, 18)))
    monkeypatch.setattr(module, "MAX_NAMES", 8)
    with pytest.raises(FormatError, match="at most 8"):
        make_table(apart, ["a"], np.zeros((1, 18)))
