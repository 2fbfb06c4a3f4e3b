from collections.abc import Callable

import numpy as np
import pytest

import sleap
from sleap.core.series import compute


def make_golden() -> sleap.Labels:
    """Two frames, tracks a and b, two nodes: the example that older programs were tested with."""
    skeleton, video = sleap.Skeleton(["a", "b"]), sleap.Video("a.mp4")
    a, b = sleap.Track("a"), sleap.Track("b")

    def make(
        track: sleap.Track, points: list[list[float]], point_score: float, score: float
    ) -> sleap.PredictedInstance:
        return sleap.PredictedInstance(
            skeleton, points, track, point_scores=[point_score] * 2, score=score
        )

    return sleap.Labels(
        [
            sleap.LabeledFrame(
                video, 0, [make(a, [[1, 1], [1, 1]], 0.5, 2), make(b, [[1, 1], [1, 1]], 0.7, 5)]
            ),
            sleap.LabeledFrame(
                video, 1, [make(a, [[1, 1], [1, 19]], 1.0, 3), make(b, [[1, 1], [1, 1]], 1.6, 6)]
            ),
        ]
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("point_count", [4, 4]),
        ("point_score_sum", [2.4, 5.2]),
        ("point_score_min", [0.5, 1.0]),
        ("instance_score_sum", [7, 9]),
        ("instance_score_min", [2, 3]),
        ("point_displacement_mean", [0, 9]),
        ("point_displacement_max", [0, 18]),
        ("point_displacement_sum", [0, 18]),
    ],
)
def test_the_two_frame_example(name: str, expected: list[float]) -> None:
    np.testing.assert_allclose(compute(make_golden().store, 0, name), expected)


def test_tracking_scores() -> None:
    skeleton = sleap.Skeleton(["a"])
    made = [
        sleap.PredictedInstance(skeleton, [[1.0, 1]], tracking_score=score)
        for score in (0.25, 0.75, np.nan)
    ]
    user = sleap.Instance(skeleton, [[5.0, 5]])
    labels = sleap.Labels([sleap.LabeledFrame(sleap.Video("a.mp4"), 1, [*made, user])])
    np.testing.assert_allclose(compute(labels.store, 0, "tracking_score_mean"), [np.nan, 0.5])
    np.testing.assert_allclose(compute(labels.store, 0, "tracking_score_min"), [np.nan, 0.25])


@pytest.mark.parametrize("seed", range(4))
def test_sums_made_one_by_one(seed: int, random_labels: Callable[..., sleap.Labels]) -> None:
    labels = random_labels(seed)
    video = labels.videos[1]
    names = ("point_count", "point_score_sum", "point_score_min", "instance_score_sum")
    found = {name: compute(labels.store, 1, name) for name in names}
    for frame in labels[video]:
        hidden = {one.from_predicted.row for one in frame.instances if one.from_predicted}
        shown = [one for one in frame.instances if one.row not in hidden]
        predicted = [one for one in shown if isinstance(one, sleap.PredictedInstance)]
        points = [one.point_scores[one.is_visible] for one in predicted]
        index = frame.frame_idx
        assert found["point_count"][index] == sum(one.n_visible for one in shown)
        if not predicted:
            assert np.isnan([found[name][index] for name in names[1:]]).all()
            continue
        every = np.concatenate(points)
        assert found["point_score_sum"][index] == pytest.approx(every.sum())
        lowest = every.min() if len(every) else np.nan
        assert found["point_score_min"][index] == pytest.approx(lowest, nan_ok=True)
        total = sum(one.score for one in predicted)
        assert found["instance_score_sum"][index] == pytest.approx(total)
