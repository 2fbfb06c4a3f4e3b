import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.evaluation.pairing import choose_kind, pair_frames, pair_nodes, pair_videos


def test_videos_are_the_same_by_name() -> None:
    a, b, c = Video("x/a.mp4"), Video("x/b.mp4"), Video("x/c.mp4")
    other_b, other_a = Video("y\\b.mp4"), Video("y/a.mp4")
    pairs = pair_videos(Labels(videos=[a, b, c]), Labels(videos=[other_b, other_a]))
    assert pairs == [other_a, other_b, None]


def test_single_videos_are_the_same() -> None:
    a, b = Video("a.mp4"), Video("b.mp4")
    assert pair_videos(Labels(videos=[a]), Labels(videos=[b])) == [b]


def test_embedded_images_are_what_they_were_taken_from() -> None:
    original, other = Video("a.mp4"), Video("b.mp4")
    embedded = Video(
        "package.slp", dataset="video0/video", is_embedded=True, source=Video("else/a.mp4")
    )
    assert pair_videos(Labels(videos=[embedded]), Labels(videos=[other, original])) == [original]
    assert pair_videos(Labels(videos=[other, original]), Labels(videos=[embedded])) == [
        None,
        embedded,
    ]


def test_other_videos_are_refused() -> None:
    with pytest.raises(LabelsError, match=r"a\.mp4; b\.mp4.*c\.mp4"):
        pair_videos(
            Labels(videos=[Video("a.mp4"), Video("b.mp4")]), Labels(videos=[Video("c.mp4")])
        )


def test_nodes_are_the_same_by_name() -> None:
    truth = Labels(skeletons=[Skeleton(["a", "b", "c"])])
    assert pair_nodes(truth, Labels(skeletons=[Skeleton(["c", "x", "a"])])).tolist() == [2, -1, 0]
    with pytest.raises(LabelsError, match="no node in common"):
        pair_nodes(truth, Labels(skeletons=[Skeleton(["x"])]))


def test_frames_side_by_side(make) -> None:
    truth = make(n_frames=3, leave_out=((1, 0), (1, 1)))
    predicted = make(user=False, n_frames=2, nodes=["tail", "head"], leave_out=((0, 1),))
    first, last = pair_frames(truth, predicted)
    assert (first.truth.frame_idx, last.truth.frame_idx) == (0, 2)
    assert len(first.truth) == 2
    np.testing.assert_array_equal(first.predicted.points[0, [0, 2]], first.truth.points[0, [0, 2]])
    assert np.isnan(first.predicted.points[0, 1]).all()
    assert len(last.predicted) == 0


def test_what_counts(make) -> None:
    assert choose_kind(make(user=True), "user") == "user"
    assert choose_kind(make(user=False), "user") == "all"
    assert choose_kind(make(user=True), "predicted") == "all"


def test_predictions_without_anything(make) -> None:
    truth = make()
    pairs = list(pair_frames(truth, Labels(videos=[truth.video])))
    assert [len(pair.predicted) for pair in pairs] == [0, 0, 0]
