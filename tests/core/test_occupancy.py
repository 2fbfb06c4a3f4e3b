import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.core import occupancy
from sleap.core.occupancy import Occupancy, frame_keys
from sleap.core.tables import FRAMES, Table

Keys = list[tuple[int, int]]


def make_rows(keys: Keys) -> np.ndarray:
    rows = np.zeros(len(keys), FRAMES)
    rows["video"], rows["frame_idx"] = [v for v, _ in keys], [f for _, f in keys]
    return rows


@given(
    before=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9)), max_size=15),
    after=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9)), max_size=15, unique=True),
    dead=st.sets(st.integers(0, 29)),
)
def test_the_first_living_row_is_found(before: Keys, after: Keys, dead: set[int]) -> None:
    after = [key for key in after if key not in before]
    frames, mask = Table(make_rows(before)), Table(np.zeros(len(before), bool))
    index = Occupancy(frames, mask)
    index.find(0, 0)
    frames.append(make_rows(after))
    mask.append(np.zeros(len(after), bool))
    index.add_many(len(before), len(frames))
    for row in dead:
        if row < len(frames):
            mask.writable[row] = True
    every = before + after
    for video in range(3):
        for frame_idx in range(10):
            rows = [r for r, k in enumerate(every) if k == (video, frame_idx) and r not in dead]
            assert index.find(video, frame_idx) == (rows[0] if rows else -1)


def test_impossible_indices_are_not_found() -> None:
    index = Occupancy(Table(make_rows([(0, 0)])), Table(np.zeros(1, bool)))
    assert index.find(0, -1) == index.find(0, 1 << 60) == -1


def test_large_batches_are_sorted_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occupancy, "N_FOLD", 3)
    frames, mask = Table(make_rows([(0, 5)])), Table(np.zeros(1, bool))
    index = Occupancy(frames, mask)
    assert index.find(0, 5) == 0
    frames.append(make_rows([(1, 1), (0, 3), (0, 9)]))
    mask.append(np.zeros(3, bool))
    index.add_many(1, 4)
    assert [index.find(*key) for key in [(0, 5), (1, 1), (0, 3), (0, 9)]] == [0, 1, 2, 3]


def test_keys_sort_by_video_then_time() -> None:
    keys = frame_keys(np.array([1, 0, 0], np.uint32), np.array([0, 1 << 39, 7], np.uint64))
    assert np.argsort(keys).tolist() == [2, 1, 0]
