import pytest


def test_only_the_centred_instance_is_drawn(task_of, points):
    target = task_of(3).encode(points, 1, (48, 64))
    assert target[8, 2, 0] == target[10, 6, 2] == 1
    assert not target[..., 1].any()
    assert target[2, 2, 0] < 0.01


def test_whole_frames_are_refused(task_of, points):
    with pytest.raises(ValueError, match="crops only"):
        task_of(3).encode(points, None, (48, 64))
