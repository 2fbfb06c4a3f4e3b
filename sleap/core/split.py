"""Labels divided at random into sets, to learn from and to be judged by."""

from collections.abc import Sequence

import numpy as np

from sleap.core.labels import Labels
from sleap.core.tables import FloatArray, IntArray
from sleap.errors import LabelsError


def split(
    labels: Labels,
    fractions: Sequence[float],
    *,
    seed: int = 0,
    kind: str = "all",
    by_video: bool = False,
) -> list[Labels]:
    """Divide the frames of labels into two or more sets, each as labels of its own.

    Args:
        labels: What to divide; stays as it is.
        fractions: Share of each set, summing to 1: ``(0.8, 0.2)``, ``(0.7, 0.15, 0.15)``.
        seed: The same seed divides the same labels the same way.
        kind: Frames to divide: "all", or those with an instance that is "user" or "predicted".
        by_video: Whether whole videos are dealt out, so that no set knows a video of another;
            then the shares are of the frames, as near as the videos allow.

    Returns:
        The sets, frames by video and time. No set is empty as long as there are frames (or
        videos) enough.

    Raises:
        LabelsError: If the fractions are not positive or do not sum to 1.
    """
    shares = np.asarray(fractions, np.float64)
    if len(shares) < 2 or not (shares > 0).all() or abs(shares.sum() - 1) > 1e-6:
        raise LabelsError(
            f"Cannot split labels into {list(fractions)}: expected two or more fractions above 0 "
            "that sum to 1, such as 0.8, 0.2."
        )
    rows = labels.frame_rows(kind=kind)
    generator = np.random.default_rng(seed)
    if by_video:
        videos = labels.store.frames.rows["video"][rows].astype(np.int64)
        sets = _deal_videos(videos, shares, generator)
    else:
        sets = np.empty(len(rows), np.int64)
        numbers = np.repeat(np.arange(len(shares)), _sizes(len(rows), shares))
        sets[generator.permutation(len(rows))] = numbers
    return [labels.extract(rows[sets == number]) for number in range(len(shares))]


def _sizes(n: int, shares: FloatArray) -> IntArray:
    """Return how many of ``n`` each set gets: what is left over goes to the largest remainders."""
    exact = shares * n
    sizes = np.floor(exact + 1e-9).astype(np.int64)
    order = np.argsort(sizes - exact, kind="stable")
    sizes[order[: n - sizes.sum()]] += 1
    while n >= len(sizes) and (sizes == 0).any():
        sizes[np.argmax(sizes)] -= 1
        sizes[np.argmin(sizes)] += 1
    return sizes


def _deal_videos(
    videos: IntArray,
    shares: FloatArray,
    generator: np.random.Generator,
) -> IntArray:
    """Return the set of each frame: each video in turn to the set that lacks most frames.

    A set without a video comes first when there are just enough videos left for such sets.
    """
    numbers, counts = np.unique(videos, return_counts=True)
    lacking = shares * len(videos)
    n_videos = np.zeros(len(shares), np.int64)
    set_of = np.zeros(int(numbers.max(initial=-1)) + 1, np.int64)
    order = generator.permutation(len(numbers))
    for n_left, index in zip(range(len(order), 0, -1), order.tolist(), strict=True):
        without = n_videos == 0
        urgent = without.any() and n_left <= np.count_nonzero(without)
        chosen = int(np.argmax(np.where(without | ~urgent, lacking, -np.inf)))
        set_of[numbers[index]] = chosen
        lacking[chosen] -= counts[index]
        n_videos[chosen] += 1
    result: IntArray = set_of[videos]
    return result
