import numpy as np

from sleap.gui.tables.order import by_group, by_value, natural


def test_equal_keys_stay_in_their_order_both_ways() -> None:
    keys = np.array([2, 1, 2, 1])
    assert by_value(keys).tolist() == [1, 3, 0, 2]
    assert by_value(keys, descending=True).tolist() == [0, 2, 1, 3]


def test_nan_comes_last_both_ways() -> None:
    keys = np.array([np.nan, 3.0, 1.0])
    assert by_value(keys).tolist() == [2, 1, 0]
    assert by_value(keys, descending=True).tolist() == [1, 2, 0]


def test_groups_descending_take_turns() -> None:
    groups = np.array([0, 0, 0, 1, np.nan, 1, 2])
    assert by_group(groups).tolist() == [0, 1, 2, 3, 5, 6, 4]
    assert by_group(groups, descending=True).tolist() == [0, 3, 6, 1, 5, 2, 4]


def test_no_rows_have_an_order() -> None:
    assert by_group(np.empty(0), descending=True).tolist() == []
    assert by_value(np.empty(0), descending=True).tolist() == []


def test_texts_sort_by_their_numbers() -> None:
    keys = natural(["track_10", "track_2", "Track_2", "a", ""])
    assert by_value(keys).tolist() == [4, 3, 1, 2, 0]
