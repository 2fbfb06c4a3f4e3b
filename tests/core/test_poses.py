import numpy as np
import pytest

from sleap.core.poses import Poses


def test_defaults_and_types() -> None:
    poses = Poses(3, [[[1, 2], [3, 4]]], [[0.5, 0.6]], [0.7])
    assert len(poses) == 1 and poses.n_nodes == 2
    assert (poses.points.dtype, poses.scores.dtype, poses.tracks.dtype) == ("f8", "f4", "i4")
    assert poses.tracks.tolist() == [-1] and np.isnan(poses.tracking_scores).all()


def test_no_poses() -> None:
    poses = Poses.empty(4, 5)
    assert len(poses) == 0 and poses.n_nodes == 5 and len(poses.select([])) == 0


def test_select_by_mask_and_by_order() -> None:
    poses = Poses(0, np.arange(12.0).reshape(3, 2, 2), np.zeros((3, 2)), [1, 2, 3], [4, 5, 6])
    assert poses.select(np.array([True, False, True])).scores.tolist() == [1, 3]
    assert poses.select([2, 0]).tracks.tolist() == [6, 4]
    chosen = poses.select([1])
    chosen.points[:] = 0
    assert poses.points[1, 0, 0] == 4


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"points": np.zeros((2, 2))}, "points"),
        ({"point_scores": np.zeros((2, 3))}, "point_scores"),
        ({"scores": np.zeros(3)}, "scores"),
        ({"tracks": [1]}, "tracks"),
    ],
)
def test_shapes_must_fit(change: dict[str, object], match: str) -> None:
    good: dict[str, object] = {
        "frame_idx": 0,
        "points": np.zeros((2, 2, 2)),
        "point_scores": np.zeros((2, 2)),
        "scores": np.zeros(2),
    }
    with pytest.raises(ValueError, match=match):
        Poses(**{**good, **change})  # type: ignore[arg-type]
