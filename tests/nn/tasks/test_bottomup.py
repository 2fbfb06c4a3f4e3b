import numpy as np
import pytest

from sleap.core.skeleton import Skeleton
from sleap.errors import LabelsError
from sleap.nn.config.profile import Profile
from sleap.nn.tasks import make_task


def test_edges_point_from_source_to_destination(task_of, points):
    target = task_of(1, sigma=3).encode(points[:1], None, (48, 64))
    np.testing.assert_allclose(target[2, 3], [1, 0, 0, 0], atol=1e-6)
    np.testing.assert_allclose(target[2, 5], [0, 0, 1, 0], atol=1e-6)


def test_edges_with_a_missing_end_are_left_out(task_of, points):
    assert not task_of(1).encode(points[1:], None, (48, 64)).any()


def test_a_skeleton_without_edges_is_refused():
    profile = Profile.from_dict({"model": {"output_type": 1}})
    with pytest.raises(LabelsError, match="no edges"):
        make_task(profile, Skeleton(["nose"]), stride=4)
