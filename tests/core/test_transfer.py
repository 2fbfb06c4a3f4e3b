import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.tables import PRED_POINTS
from sleap.core.transfer import transfer_points


@given(
    st.integers(0, 4).flatmap(
        lambda n: st.tuples(
            st.just(n), st.lists(st.integers(-1, n - 1) if n else st.just(-1), max_size=5)
        )
    ),
    st.permutations(range(4)),
    st.booleans(),
)
def test_equals_copying_point_by_point(
    nodes: tuple[int, list[int]], order: list[int], packed: bool
) -> None:
    n, sources = nodes
    source = np.zeros(4 * n, PRED_POINTS)
    source["x"], source["visible"] = np.arange(4 * n), True
    places = list(range(4)) if packed else order
    starts = np.array(places) * n
    target = np.zeros(5 * len(sources), PRED_POINTS)
    target_starts = (np.array(places)[::-1] if not packed else np.arange(4) + 1) * len(sources)
    transfer_points(source, starts, n, target, target_starts, np.array(sources, np.int64))
    expected = np.zeros(len(target), PRED_POINTS)
    for old, new in zip(starts, target_starts, strict=True):
        for place, index in enumerate(sources):
            if index >= 0:
                expected[new + place] = source[old + index]
            else:
                expected["x"][new + place] = expected["y"][new + place] = np.nan
    assert target.tobytes() == expected.tobytes()


@pytest.mark.parametrize("sources", [[0, 1], [1, 0, -1]])
def test_more_than_a_block_is_copied(sources: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sleap.core.transfer.N_BLOCK", 3)
    source = np.zeros(20, PRED_POINTS)
    source["x"] = np.arange(20)
    target = np.zeros(10 * len(sources), PRED_POINTS)
    n_new = len(sources)
    transfer_points(source, np.arange(10) * 2, 2, target, np.arange(10) * n_new, np.array(sources))
    assert target["x"].reshape(10, -1)[:, sources.index(1)].tolist() == list(range(1, 20, 2))
