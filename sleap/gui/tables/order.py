"""Orders of rows, computed on whole columns."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt

DIGITS = frozenset("0123456789")

Order = npt.NDArray[np.int64]


def by_value(keys: npt.NDArray[Any], *, descending: bool = False) -> Order:
    """Return the rows by ascending or descending key; equal ones stay in their order.

    Args:
        keys: (n,) numbers or text; NaN comes last either way.
        descending: Whether the largest comes first.

    Returns:
        (n,) row of the source at each place.
    """
    if keys.dtype.kind == "b":
        keys = keys.astype(np.int8)
    if not descending:
        return np.argsort(keys, kind="stable")
    if keys.dtype.kind in "if":
        return np.argsort(-keys, kind="stable")
    _, ranks = np.unique(keys, return_inverse=True)
    return np.argsort(-ranks, kind="stable")


def by_group(groups: npt.NDArray[Any], *, descending: bool = False) -> Order:
    """Return the rows by group; descending: in turns, the first of every group and so on.

    Labeling the first so many of them shows then some of every group.

    Args:
        groups: (n,) numbers of groups; NaN for none, which comes last.
        descending: Whether to take turns.

    Returns:
        (n,) row of the source at each place.
    """
    order = by_value(groups)
    if not descending:
        return order
    ordered = groups[order]
    n_grouped = int(np.count_nonzero(~np.isnan(ordered.astype(float))))
    ordered = ordered[:n_grouped]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][:n_grouped])
    sizes = np.diff(np.r_[starts, n_grouped])
    turns = np.arange(n_grouped) - np.repeat(starts, sizes)
    taken = np.lexsort((ordered, turns))
    return np.concatenate((order[:n_grouped][taken], order[n_grouped:]))


def renumbered(order: Order, start: int, shift: int) -> Order:
    """Return an order whose rows from ``start`` on have numbers larger by ``shift``."""
    return np.where(order >= start, order + shift, order)


def runs(places: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the first and last of each run of adjacent places; these ascend."""
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > 1)
    firsts, lasts = places[np.r_[0, breaks + 1]], places[np.r_[breaks, len(places) - 1]]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def natural(texts: list[str]) -> npt.NDArray[np.int64]:
    """Return (n,) keys that sort texts as people do: "2" before "10", "a" beside "A"."""
    parts = [_split(text) for text in texts]
    ranks = {part: rank for rank, part in enumerate(sorted(set(parts)))}
    return np.array([ranks[part] for part in parts], np.int64)


def _split(text: str) -> tuple[tuple[int, int, str], ...]:
    """Split a text into its numbers and what is between."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text.casefold())
    return tuple((0, int(part), "") if part[0] in DIGITS else (1, 0, part) for part in parts)
