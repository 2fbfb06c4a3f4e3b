"""Who goes with whom: pairs of rows and columns of a matrix of costs."""

from collections.abc import Callable

import numpy as np

from sleap.core.tables import FloatArray, IntArray
from sleap.registry import Registry

Pairs = tuple[IntArray, IntArray]
Matcher = Callable[[FloatArray], Pairs]

MATCHER_REGISTRY: Registry[Matcher] = Registry("match")


@MATCHER_REGISTRY.register("greedy")
def match_greedily(cost: FloatArray) -> Pairs:
    """Take the cheapest pair, then the cheapest of what is left, and so on.

    Args:
        cost: (n, m), less is better; inf or NaN for pairs that must not be.

    Returns:
        Rows (k,) and columns (k,) of the pairs, the cheapest first.
    """
    n, m = cost.shape
    flat = cost.ravel()
    n_allowed = int(np.isfinite(flat).sum())
    rows: list[int] = []
    columns: list[int] = []
    is_free_row, is_free_column = [True] * n, [True] * m
    for place in np.argsort(np.where(np.isfinite(flat), flat, np.inf), kind="stable").tolist()[
        :n_allowed
    ]:
        row, column = divmod(place, m)
        if is_free_row[row] and is_free_column[column]:
            is_free_row[row] = is_free_column[column] = False
            rows.append(row)
            columns.append(column)
            if len(rows) == min(n, m):
                break
    return np.array(rows, np.int64), np.array(columns, np.int64)


@MATCHER_REGISTRY.register("hungarian")
def match_optimally(cost: FloatArray) -> Pairs:
    """Take as many pairs as may be, and of all such choices the one of the least total cost.

    Args:
        cost: (n, m), less is better; inf or NaN for pairs that must not be.

    Returns:
        Rows (k,), ascending, and columns (k,) of the pairs.
    """
    from scipy.optimize import linear_sum_assignment  # late: takes a quarter of a second

    allowed = np.isfinite(cost)
    if not allowed.any():
        return np.empty(0, np.int64), np.empty(0, np.int64)
    values = cost[allowed]
    span = float(values.max() - values.min()) + 1.0
    forbidden = float(values.max()) + span * (min(cost.shape) + 1)
    rows, columns = linear_sum_assignment(np.where(allowed, cost, forbidden))
    kept = allowed[rows, columns]
    return rows[kept].astype(np.int64), columns[kept].astype(np.int64)


def are_first_choices(cost: FloatArray, rows: IntArray, columns: IntArray) -> bool:
    """Tell whether every matched row got the column that is cheapest for it.

    Args:
        cost: (n, m) as given to a matcher.
        rows: (k,) of the pairs.
        columns: (k,) of the pairs.
    """
    if len(rows) == 0:
        return True
    allowed = np.where(np.isfinite(cost), cost, np.inf)
    return bool((allowed[rows, columns] <= allowed[rows].min(axis=1)).all())
