import numpy as np

from sleap.core.skeleton import Skeleton
from sleap.inference.batches import Frame
from sleap.inference.centroids import GivenCentroids
from sleap.inference.predictors.centroid import CentroidPredictor
from sleap.inference.timings import BusyClock


def test_centroids_are_animals_of_one_point() -> None:
    points = np.array([[3.0, 4.0], [5.0, 6.0]])
    finder = GivenCentroids(None, {7: points})  # type: ignore[arg-type]
    predictor = CentroidPredictor(finder, BusyClock(), 1)  # type: ignore[arg-type]
    frames = [Frame(index, np.zeros((8, 8, 1), np.uint8)) for index in (6, 7)]
    (_, none), (frame, poses) = predictor.poses(iter(frames))
    assert len(none) == 0
    assert frame.frame_idx == poses.frame_idx == 7
    np.testing.assert_array_equal(poses.points, points[:1, None])
    assert isinstance(predictor.skeleton, Skeleton)
    assert predictor.skeleton.node_names == ["centroid"]
