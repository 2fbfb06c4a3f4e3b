import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS, Table, conform
from sleap.errors import LabelsError


def test_the_types_are_packed_as_in_the_format() -> None:
    assert [dtype.itemsize for dtype in (FRAMES, INSTANCES, POINTS, PRED_POINTS)] == [
        36,
        57,
        18,
        26,
    ]
    assert INSTANCES.names is not None and INSTANCES.names[-1] == "tracking_score"


@given(st.lists(st.lists(st.integers(-9, 9), max_size=40), max_size=12))
def test_a_table_holds_what_was_appended(batches: list[list[int]]) -> None:
    table, expected = Table(np.empty(0, np.int64)), []
    for batch in batches:
        assert table.append(np.array(batch, np.int64)) == len(expected)
        expected += batch
        assert table.rows.tolist() == expected and len(table) == len(expected)


def test_the_given_array_is_the_table_until_it_grows() -> None:
    given_rows = np.arange(5)
    table = Table(given_rows)
    assert table.rows is given_rows and table.writable is given_rows
    table.append(np.array([5]))
    table.writable[0] = 9
    assert given_rows[0] == 0 and table.rows.tolist() == [9, 1, 2, 3, 4, 5]


def test_a_read_only_array_is_copied_at_the_first_write() -> None:
    given_rows = np.arange(5)
    given_rows.flags.writeable = False
    table = Table(given_rows)
    assert table.rows is given_rows
    table.writable[2] = 7
    assert given_rows[2] == 2 and table.rows[2] == 7
    copied = table.writable
    assert table.writable is copied


def test_a_memory_mapped_file_stays_as_it_is(tmp_path: object) -> None:
    path = f"{tmp_path}/points.bin"
    rows = np.zeros(3, POINTS)
    rows.tofile(path)
    table = Table(np.memmap(path, POINTS, "r"))
    table.writable["x"][1] = 4
    table.append(rows)
    assert table.rows["x"].tolist() == [0, 4, 0, 0, 0, 0]
    assert np.fromfile(path, POINTS)["x"].tolist() == [0, 0, 0]


def test_growing_copies_rarely() -> None:
    table = Table(np.empty(0, np.int64))
    buffers = set()
    for value in range(10_000):
        table.append(np.array([value]))
        buffers.add(table.rows.__array_interface__["data"][0])
    assert len(buffers) <= 12


def test_an_array_of_the_right_type_is_returned_itself() -> None:
    rows = np.zeros(2, FRAMES)
    assert conform(rows, FRAMES) is rows


def test_old_instances_get_an_unknown_tracking_score() -> None:
    old = np.zeros(2, [(name, INSTANCES[name]) for name in (INSTANCES.names or ())[:-1]])
    old["score"] = 0.5
    new = conform(old, INSTANCES)
    assert np.isnan(new["tracking_score"]).all() and (new["score"] == 0.5).all()


def test_plain_columns_are_taken_in_order() -> None:
    rows = conform(np.array([[1.0, 2.0, 1.0, 0.0]]), POINTS)
    assert rows.tolist() == [(1.0, 2.0, True, False)]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(LabelsError, match="no column 'complete'"):
        conform(np.zeros((3, 3)), POINTS)
