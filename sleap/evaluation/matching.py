"""Which prediction is meant to be which true pose."""

import numpy as np

from sleap.core.tables import FloatArray, IntArray

Pairs = tuple[IntArray, IntArray]


def match_by_score(similarity: FloatArray, scores: FloatArray) -> Pairs:
    """Let each prediction, the most confident first, take the most similar true pose that is left.

    Args:
        similarity: (n, m) of n true poses to m predictions; pairs of 0 are never taken.
        scores: (m,) confidence of the predictions; NaN is least. Of equally confident ones the
            most similar goes first.

    Returns:
        True poses (k,) and predictions (k,) of the pairs, by descending confidence.
    """
    n, m = similarity.shape
    descending = np.where(np.isnan(scores), np.inf, -scores)
    order = np.lexsort((-similarity.ravel(), np.broadcast_to(descending, (n, m)).ravel()))
    is_free_row, is_free_column = [True] * n, [True] * m
    rows: list[int] = []
    columns: list[int] = []
    for place in order[similarity.ravel()[order] > 0].tolist():
        row, column = divmod(place, m)
        if is_free_row[row] and is_free_column[column]:
            is_free_row[row] = is_free_column[column] = False
            rows.append(row)
            columns.append(column)
    return np.array(rows, np.int64), np.array(columns, np.int64)


def match_best(similarity: FloatArray) -> Pairs:
    """Pair so that the sum of the similarities is largest.

    Args:
        similarity: (n, m), at least 0; pairs of 0 are left out.

    Returns:
        Rows (k,), ascending, and columns (k,) of the pairs.
    """
    from scipy.optimize import linear_sum_assignment  # late: takes a quarter of a second

    rows, columns = linear_sum_assignment(similarity, maximize=True)
    kept = similarity[rows, columns] > 0
    return rows[kept].astype(np.int64), columns[kept].astype(np.int64)
