from typing import Any

import numpy as np
import pytest

from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.editing.edits.instances.sources import (
    N_NEAR,
    N_SAMPLE,
    Origin,
    Source,
    find_source,
    is_on_frame,
    prior_frame,
    sample_poses,
)

# Instance rows: 0, 1 predictions and 2 user (made from 0) on frame 10 of the first video; 3, 4
# predictions on 11; 5 (track 1) and 6 (none) users on 12; 7 on 20; 8 on 5 of the second video.


@pytest.mark.parametrize(
    ("frame_idx", "method", "more", "row", "origin"),
    [
        (12, "best", {"selected": 5}, 5, Origin.SELECTED),
        (11, "best", {"selected": 4}, 4, Origin.PREDICTION),
        (10, "best", {"selected": 0}, 0, Origin.SELECTED),  # used already: a mere copy
        (10, "best", {}, 1, Origin.PREDICTION),
        (11, "best", {}, 3, Origin.PREDICTION),
        (11, "best", {"at": (320, 100)}, 4, Origin.PREDICTION),
        (13, "best", {}, 5, Origin.PRIOR),
        (13, "best", {"at": (300, 100)}, 6, Origin.PRIOR),
        (11, "copy_prior_frame", {}, 2, Origin.PRIOR),  # two on both: the last
        (12, "copy_prior_frame", {"at": (310, 100)}, 4, Origin.PRIOR),
        (11, "copy_predictions", {"selected": 4}, 3, Origin.PREDICTION),
        (12, "copy_predictions", {}, None, None),
        (13, "force_directed", {"selected": 5}, None, None),
        (10, "average", {}, None, None),
        (10, "random", {}, None, None),
        (9, "best", {}, None, None),
    ],
)
def test_what_is_copied(
    labels: Labels, frame_idx: int, method: str, more: Any, row: int | None, origin: Any
) -> None:
    source = find_source(labels.store, 0, frame_idx, method, **more)
    assert source == (None if row is None else Source(row, origin))


def test_the_nth_of_the_frame_before_when_there_are_n(labels: Labels) -> None:
    frame = labels.add_frame(labels.video, 13)
    rows = []
    for track in (labels.tracks[0], None, None):
        source = find_source(labels.store, 0, 13, "best")
        assert source is not None
        rows.append((source.row, source.origin))
        frame.append(Instance(labels.skeleton, track=track))
    assert rows == [(5, Origin.PRIOR), (6, Origin.PRIOR), (10, Origin.NEIGHBOR)]


def test_an_animal_that_is_here_is_passed_over(labels: Labels) -> None:
    labels[2].instances[1].track = labels.tracks[1]
    frame = labels.add_frame(labels.video, 13)
    frame.append(Instance(labels.skeleton, track=labels.tracks[1]))  # the second one was first
    source = find_source(labels.store, 0, 13, "best")
    assert source == Source(5, Origin.PRIOR)


def test_only_the_wanted_skeleton_is_copied(labels: Labels) -> None:
    other = Skeleton(["a"])
    labels[1].append(PredictedInstance(other))
    assert find_source(labels.store, 0, 11, "best", skeleton=1) == Source(9, Origin.PREDICTION)
    assert find_source(labels.store, 0, 12, "best", skeleton=1) == Source(9, Origin.PRIOR)
    assert find_source(labels.store, 0, 12, "best", skeleton=1, selected=5) == Source(
        9, Origin.PRIOR
    )
    assert find_source(labels.store, 0, 20, "best", skeleton=1) is None


@pytest.mark.parametrize("gap", [1, N_NEAR + 5])
def test_the_frame_before_is_the_last_with_instances(labels: Labels, gap: int) -> None:
    labels.add_frame(labels.video, 21)
    labels.add_frame(labels.videos[1], 20 + gap)
    assert prior_frame(labels.store, 0, 21 + gap) == 3
    assert prior_frame(labels.store, 0, 20) == 2
    assert prior_frame(labels.store, 0, 10) == -1
    assert prior_frame(labels.store, 1, 20 + gap) == 4
    labels.remove_frame(labels[3])
    assert prior_frame(labels.store, 0, 21 + gap) == 2


def test_typical_poses_are_those_of_users_if_there_are_any(labels: Labels) -> None:
    assert len(sample_poses(labels.store, 0, 4)) == 3
    labels[2].append(Instance(labels.skeleton))  # all missing
    assert len(sample_poses(labels.store, 0, 4)) == 3
    labels.remove_instances(labels.instance_rows(kind="user"))
    assert len(sample_poses(labels.store, 0, 4)) == 6
    assert len(sample_poses(labels.store, 1, 4)) == 0


def test_a_sample_of_many_poses_is_spread(labels: Labels) -> None:
    poses = [
        Poses(index, np.full((2, 4, 2), index), np.ones((2, 4)), np.ones(2)) for index in range(300)
    ]
    labels.remove_instances(labels.instance_rows())
    labels.add_poses(labels.video, poses)
    sample = sample_poses(labels.store, 0, 4)
    assert len(sample) == N_SAMPLE
    assert (sample.min(), sample.max()) == (0, 299)


def test_where_a_row_lies(labels: Labels) -> None:
    assert is_on_frame(labels.store, 8, 1, 5)
    assert not is_on_frame(labels.store, 8, 0, 5)
