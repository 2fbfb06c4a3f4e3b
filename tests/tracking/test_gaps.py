from pathlib import Path

import numpy as np

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.files import load_file
from sleap.tracking.gaps import fill_gaps, fill_gaps_of

SKELETON = Skeleton(["head", "tail"])


def predict(x: float, track: Track | None, skeleton: Skeleton = SKELETON) -> PredictedInstance:
    points = [[x + 10 * node, 5.0] for node in range(skeleton.n_nodes)]
    return PredictedInstance(skeleton, points, score=0.9, track=track)


def test_nodes_go_straight_and_evenly() -> None:
    frames, tracks = np.array([9, 0, 4, 5, 3]), np.array([0, 0, 0, 1, -1])
    points = np.zeros((5, 2, 2))
    points[2] = np.array([[4, 8], [np.nan, np.nan]])
    filling = fill_gaps(frames, tracks, points, 3)
    assert filling.frames.tolist() == [1, 2, 3]
    assert filling.befores.tolist() == [1, 1, 1]
    np.testing.assert_allclose(filling.points[:, 0], [[1, 2], [2, 4], [3, 6]])
    assert np.isnan(filling.points[:, 1]).all()
    assert len(fill_gaps(frames, tracks, points, 2).frames) == 0
    assert fill_gaps(frames, tracks, points, 4).frames.tolist() == [1, 2, 3, 5, 6, 7, 8]
    assert fill_gaps(frames, tracks, points, 3, np.array([0, 0, 1, 0, 0])).frames.tolist() == []


def test_gaps_without_common_nodes_stay() -> None:
    points = np.array([[[1.0, 1], [np.nan] * 2], [[np.nan] * 2, [1, 1]]])
    assert len(fill_gaps(np.array([0, 2]), np.zeros(2, int), points, 5).frames) == 0
    assert len(fill_gaps(np.empty(0, int), np.empty(0, int), points[:0], 5).frames) == 0


def test_of_labels() -> None:
    a, b = Track("a"), Track("b")
    video, other = Video("v.mp4"), Video("other.mp4")
    user = Instance(SKELETON, [[30.0, 5.0], [40.0, 5.0]], track=a)
    frames = [
        LabeledFrame(video, 5, [user]),
        LabeledFrame(video, 2, [predict(0, a), predict(90, b)]),
        LabeledFrame(video, 3, [predict(91, b)]),
        LabeledFrame(other, 4, [predict(50, a)]),
    ]
    labels = Labels(frames)
    rows = fill_gaps_of(labels, video, 2)
    assert len(rows) == 2
    assert [frame.frame_idx for frame in labels[video]] == [2, 3, 4, 5]
    for index, x in ((3, 10), (4, 20)):
        new = labels[(video, index)].instances[-1]
        assert isinstance(new, PredictedInstance)
        assert new.track is a
        assert (new.score, len(labels[(video, index)].instances)) == (0, 5 - index)
        np.testing.assert_allclose(new.numpy(), [[x, 5], [x + 10, 5]])
    assert len(fill_gaps_of(labels, video, 2)) == 0
    assert len(fill_gaps_of(Labels([LabeledFrame(video, 0, [])]), video, 2)) == 0


def test_skeletons_are_not_mixed() -> None:
    a, b, small = Track("a"), Track("b"), Skeleton(["x"])
    video = Video("v.mp4")
    frames = [
        LabeledFrame(video, 0, [predict(0, a), predict(0, b, small)]),
        LabeledFrame(video, 2, [predict(2, a), predict(2, b, small)]),
        LabeledFrame(video, 4, [predict(4, a, small)]),
    ]
    labels = Labels(frames)
    assert len(fill_gaps_of(labels, video, 5)) == 2
    new = {i.track: i for i in labels[(video, 1)].instances}
    assert [new[track].skeleton for track in (a, b)] == [SKELETON, small]
    np.testing.assert_allclose(new[b].numpy(), [[1, 5]])


def test_real_flies(data_dir: Path) -> None:
    labels = load_file(data_dir / "two_flies" / "two_flies.tracks.slp")
    video = labels.videos[0]
    truth = labels.numpy()
    hidden = labels.choose_instances(video, "all", frame_range=(60, 63))
    labels.remove_instances(hidden)
    assert len(hidden) == len(fill_gaps_of(labels, video, 4)) == 8
    error = np.linalg.norm(labels.numpy() - truth, axis=-1)[60:64]
    assert np.nanmedian(error) < 5
    np.testing.assert_array_equal(labels.numpy()[:60], truth[:60])
