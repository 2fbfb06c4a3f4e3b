from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.editing.edits.instances.copying import copy_instance, paste_instance
from sleap.errors import LabelsError

Run = Callable[..., Any]


def test_a_copy_is_pasted_more_than_once(run: Run, labels: Labels) -> None:
    made = labels[0].instances[2]
    made.points["visible"][0] = False
    copied = copy_instance(made)
    points = made.numpy()
    made.set_points(np.zeros((4, 2)))
    first = run(paste_instance, labels.videos[1], 30, copied)
    second = run(paste_instance, labels.videos[1], 30, copied, at=(200, 300))
    np.testing.assert_array_equal(first.numpy(), points)
    np.testing.assert_allclose(second.numpy() - points, [np.array((200, 300)) - (111, 101)] * 4)
    assert first.points["visible"].tolist() == [False, True, True, True]
    assert (first.track, second.track) == (labels.tracks[0], None)
    assert first.from_predicted is None
    assert not copied.is_attached


def test_of_equal_skeletons_that_of_the_same_name_is_taken(run: Run, labels: Labels) -> None:
    labels.skeletons.append(twin := Skeleton(labels.skeleton.node_names, name="twin"))
    assert run(paste_instance, labels.video, 30, Instance(twin.copy())).skeleton is twin
    copied = copy_instance(labels[0].instances[2])
    assert run(paste_instance, labels.video, 30, copied).skeleton is labels.skeleton


def test_points_go_to_nodes_of_their_names(run: Run, labels: Labels) -> None:
    made = labels[0].instances[2]
    copied = copy_instance(made)
    labels.reorder_nodes(["right", "left", "thorax", "head"])
    labels.add_node("tail")
    new = run(paste_instance, labels.video, 30, copied)
    np.testing.assert_array_equal(new.numpy(), made.numpy())
    assert new.skeleton is labels.skeleton
    strange = Instance(Skeleton(["thorax", "nose"]), {"thorax": (1, 2)}, Track("x"))
    new = run(paste_instance, labels.video, 31, strange)
    assert new["thorax"] == (1, 2)
    assert new.n_visible == 1
    assert new.track is None
    with pytest.raises(LabelsError, match="no skeleton of this project has a node of its names"):
        run(paste_instance, labels.video, 31, Instance(Skeleton(["nose"])))
