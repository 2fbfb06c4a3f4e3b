import threading

import numpy as np

from sleap.core.tables import POINTS, Table
from sleap.editing.shield import N_BLOCK, Shield, secure


def table_of(n_rows: int) -> Table:
    rows = np.zeros(n_rows, POINTS)
    rows["x"] = np.arange(n_rows)
    return Table(rows)


def test_a_copy_is_what_the_table_was() -> None:
    table = table_of(3 * N_BLOCK + 7)
    before = table.rows.copy()
    shield = Shield(table)
    for row in (0, N_BLOCK, 3 * N_BLOCK + 6):
        secure(table, np.array([row]))
        table.writable["x"][row] = -1
    table.append(np.ones(5, POINTS))
    secure(table, np.array([len(table) - 1]))
    table.writable["x"][0] = -2
    assert (shield.finish() == before).all()


def test_only_the_blocks_concerned_are_copied_before_a_write() -> None:
    table = table_of(4 * N_BLOCK)
    shield = Shield(table)
    secure(table, np.array([N_BLOCK + 1, N_BLOCK + 2]))
    assert shield._is_copied.tolist() == [False, True, False, False]
    secure(table)
    assert shield._is_copied.all()


def test_other_tables_do_not_matter() -> None:
    table, other = table_of(2 * N_BLOCK), table_of(2 * N_BLOCK)
    shield = Shield(table)
    secure(other, np.array([0]))
    assert not shield._is_copied.any()


def test_copying_in_a_thread_while_rows_change() -> None:
    table = table_of(40 * N_BLOCK)
    before = table.rows.copy()
    shield = Shield(table)
    worker = threading.Thread(target=shield.finish)
    worker.start()
    rng = np.random.default_rng(0)
    while worker.is_alive():
        row = rng.integers(0, len(table), 1)
        secure(table, row)
        table.writable["x"][row] = -1
    worker.join()
    assert (shield.finish() == before).all()
    secure(table)  # nobody copies any more


def test_empty_tables() -> None:
    assert len(Shield(table_of(0)).finish()) == 0
