import numpy as np
import pytest

from sleap.core.skeleton import Skeleton
from sleap.nn.config.profile import Profile
from sleap.nn.tasks import make_task

NAN = np.nan


@pytest.fixture
def skeleton():
    return Skeleton(["head", "body", "tail"], edges=[("head", "body"), ("body", "tail")])


@pytest.fixture
def points():
    """Two instances on a grid of stride 4; the second lacks its body."""
    return np.array([[[8, 8], [16, 8], [24, 8]], [[8, 32], [NAN, NAN], [24, 40]]], dtype=np.float32)


@pytest.fixture
def task_of(skeleton):
    def make(output_type, **trainer):
        profile = Profile.from_dict({"model": {"output_type": output_type}, "trainer": trainer})
        return make_task(profile, skeleton, stride=4)

    return make
