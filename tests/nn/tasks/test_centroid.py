def test_middles_of_the_bounding_boxes(task_of, points):
    target = task_of(2).encode(points, None, (48, 64))
    assert target[2, 4, 0] == target[9, 4, 0] == 1
    assert (target == 1).sum() == 2


def test_chosen_node_where_visible(task_of, points):
    task = task_of(2, instance_crop_use_ctr_node=True, instance_crop_ctr_node_ind=0)
    target = task.encode(points, None, (48, 64))
    assert target[2, 2, 0] == target[8, 2, 0] == 1
