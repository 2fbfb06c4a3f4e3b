from itertools import pairwise

import pytest

from sleap.gui.timeline.lanes import GRAPH, N_ROWS, Lanes


@pytest.mark.parametrize("n_tracks", [0, 1, 2, 20, 21, 27, 40, 41, 200, 5000])
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_rows_fit_or_scroll(n_tracks: int, ratio: float) -> None:
    lanes = Lanes.arrange(n_tracks, has_graph=True, has_suggestions=True, ratio=ratio)
    assert lanes.graph.height == GRAPH
    assert lanes.tracks.height <= N_ROWS * 4
    assert lanes.height < 170
    assert lanes.tracks.height == pytest.approx(lanes.n_visible * lanes.pitch)
    assert lanes.scrolls == (n_tracks > 40)
    if n_tracks:
        assert lanes.row >= 2 - 1 / ratio
        assert lanes.pitch * ratio == pytest.approx(round(lanes.pitch * ratio))


def test_lanes_do_not_overlap() -> None:
    lanes = Lanes.arrange(3, has_graph=True, has_suggestions=True, has_untracked=True)
    order = [lanes.graph, lanes.labels, lanes.suggestions, lanes.tracks, lanes.untracked]
    order.append(lanes.ruler)
    for above, below in pairwise(order):
        assert above.bottom < below.y
    assert order[-1].bottom <= lanes.height
    assert lanes.row == 3


def test_what_is_not_there_takes_no_room() -> None:
    lanes = Lanes.arrange(0)
    for lane in (lanes.graph, lanes.suggestions, lanes.tracks, lanes.untracked):
        assert lane.height == 0
        assert not lane.holds(lane.y)
    assert lanes.labels.holds(lanes.labels.y)
