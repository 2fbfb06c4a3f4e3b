"""What every task, present and future, must satisfy."""

import numpy as np
import pytest

from sleap.errors import ProfileError
from sleap.nn.config.output_type import OutputType
from sleap.nn.tasks import TASKS


def test_every_output_type_has_a_task():
    assert set(TASKS) == {kind.word for kind in OutputType}


@pytest.mark.parametrize("kind", OutputType)
def test_targets_have_the_shape_of_the_outputs(kind, task_of, points):
    task = task_of(int(kind))
    target = task.encode(points, 0, (48, 64))
    assert target.shape == (12, 16, task.n_outputs)
    assert target.dtype == np.float32
    assert target.any()


@pytest.mark.parametrize("kind", OutputType)
def test_nothing_is_drawn_for_missing_points(kind, task_of, points):
    assert not task_of(int(kind)).encode(points * np.nan, 0, (48, 64)).any()


@pytest.mark.parametrize("kind", OutputType)
def test_crops_are_the_profile_s_choice(kind, task_of):
    assert task_of(int(kind), instance_crop=True).is_cropped
    assert task_of(int(kind)).is_cropped == (kind is OutputType.TOPDOWN)


def test_unknown_centre_node_is_refused(task_of):
    assert task_of(3, instance_crop_use_ctr_node=True).centre_node == 0
    with pytest.raises(ProfileError, match="head, body, tail"):
        task_of(3, instance_crop_use_ctr_node=True, instance_crop_ctr_node_ind=3)
