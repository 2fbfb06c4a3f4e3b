import numpy as np


def test_all_instances_are_drawn(task_of, points):
    target = task_of(0).encode(points, None, (48, 64))
    assert target[2, 2, 0] == target[8, 2, 0] == 1
    assert target[2, 4, 1] == 1
    assert np.argwhere(target == 1).tolist() == [
        [2, 2, 0], [2, 4, 1], [2, 6, 2], [8, 2, 0], [10, 6, 2],
    ]  # fmt: skip
