from typing import Any

import numpy as np
import pytest

from sleap.inference.peaks import PeakFinder
from sleap.inference.predictors.single_instance import SingleInstancePredictor, single_pose
from sleap.inference.timings import BusyClock


@pytest.mark.parametrize("stride", [1, 2, 4])
@pytest.mark.parametrize("scale", [0.25, 0.5, 1.0])
def test_points_are_exact_at_every_scale_and_stride(
    skeleton: Any, make_world: Any, make_stage: Any, check_poses: Any, scale: float, stride: int
) -> None:
    world = make_world(1, n_frames=3)
    stage = make_stage("confmaps", scale=scale, stride=stride)
    predictor = SingleInstancePredictor(skeleton, stage, PeakFinder(0.3), BusyClock())
    check_poses(predictor.predict(world.reader), world)


def test_a_frame_without_peaks_has_no_pose(skeleton: Any, make_world: Any, make_stage: Any) -> None:
    world = make_world(1, n_frames=3)
    world.reader.images[1] = 0
    predictor = SingleInstancePredictor(
        skeleton, make_stage("confmaps"), PeakFinder(0.3), BusyClock()
    )
    assert [len(poses) for poses in predictor.predict(world.reader)] == [1, 0, 1]


def test_the_score_counts_missing_nodes_as_zero() -> None:
    points = np.array([[1.0, 2.0], [np.nan, np.nan]])
    poses = single_pose(7, points, np.array([0.8, 0.2]))
    assert poses.frame_idx == 7
    assert poses.scores[0] == pytest.approx(0.4)
    np.testing.assert_allclose(poses.point_scores, [[0.8, 0.0]])
