import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.swap import transpose_tracks
from sleap.core.track import Track
from sleap.core.video import Video

tracks = st.integers(-1, 2)


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5), tracks), max_size=12),
    *(tracks, tracks, st.integers(0, 5), st.none() | st.integers(0, 5)),
)
def test_equals_the_exchange_one_by_one(
    places: list[tuple[int, int, int]], a: int, b: int, first: int, last: int | None
) -> None:
    videos, skeleton = [Video("a.mp4"), Video("b.mp4")], Skeleton(["n"])
    known = [Track("0"), Track("1"), Track("2")]
    labels = Labels(videos=videos, tracks=known)
    for video, index, track in places:
        one = Instance(skeleton, track=known[track] if track >= 0 else None)
        labels.append(LabeledFrame(videos[video], index, [one]))
    before = labels.store.instances.rows["track"].copy()
    expected = before.copy()
    swaps = {a: b, b: a}
    for row, (video, index, track) in enumerate(places):
        if video == 1 and index >= first and (last is None or index <= last) and track in swaps:
            expected[row] = swaps[track]
    changed = transpose_tracks(labels.store, a, b, 1, first, last)
    np.testing.assert_array_equal(labels.store.instances.rows["track"], expected)
    assert set(np.flatnonzero(before != expected)) <= set(changed.tolist())
    transpose_tracks(labels.store, a, b, 1, first, last)
    np.testing.assert_array_equal(labels.store.instances.rows["track"], before)
