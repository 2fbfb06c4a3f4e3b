import time
from pathlib import Path

import attrs
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.format import FACETS, Format
from sleap.io.formats.slp import SLP
from sleap.io.slp.kept import Kept, Part
from sleap.workflows.losses import describe_losses, find_losses


@pytest.fixture
def labels() -> Labels:
    videos = [Video("a.mp4"), Video("b.mp4")]
    body, other = Skeleton("abc", [(0, 1)], [(1, 2)]), Skeleton(["x"])
    track = Track("t")
    hidden = Instance(body, np.ones((3, 2)), track=track)
    found = PredictedInstance(body, np.ones((3, 2)), score=0.5)
    labels = Labels(
        [
            LabeledFrame(videos[0], 1, [hidden, found]),
            LabeledFrame(videos[0], 2),
            LabeledFrame(videos[1], 3, [Instance(other, [[1, 2]])]),
        ],
        videos=videos,
        suggestions=[SuggestionFrame(videos[0], 4), SuggestionFrame(videos[1], 5)],
        provenance={"by": "me"},
        negative_anchors={0: [(1, 2.0, 3.0)], 1: [(1, 2.0, 3.0), (2, 2.0, 3.0)]},
        metadata={"hdf5": Kept({"masks": Part(values=1)})},
    )
    labels.store.points.writable["visible"][1] = False
    return labels


def poor(*holds: str) -> Format:
    return Format("Poor", (".poor",), lambda path, head: False, holds=frozenset(holds))


def test_every_facet_is_counted(labels: Labels) -> None:
    losses = {loss.facet: loss for loss in find_losses(labels, poor())}
    assert losses.keys() == {*FACETS, "negative anchors", "unknown"}
    assert {facet: loss.count for facet, loss in losses.items()} == {
        **dict.fromkeys(FACETS, 1),
        "suggestions": 2,
        "negative anchors": 3,
        "unknown": 1,
    }


@pytest.mark.parametrize("facet", FACETS)
def test_what_a_format_holds_is_not_told(labels: Labels, facet: str) -> None:
    assert facet not in {loss.facet for loss in find_losses(labels, poor(facet))}


def test_of_one_video_only_its_own_is_told(labels: Labels) -> None:
    losses = {loss.facet: loss.count for loss in find_losses(labels, poor(), labels.videos[1])}
    assert losses == {
        "edges": 1,
        "symmetries": 1,
        "suggestions": 1,
        "provenance": 1,
        "negative anchors": 2,
        "unknown": 1,
    }


def test_our_own_format_loses_nothing(labels: Labels) -> None:
    assert find_losses(labels, SLP) == []
    assert describe_losses([], SLP) == ""
    full = attrs.evolve(poor(*FACETS))
    assert [loss.facet for loss in find_losses(labels, full)] == ["unknown"]


def test_it_is_said_in_one_sentence(labels: Labels) -> None:
    format = poor(*(set(FACETS) - {"suggestions", "visibility", "symmetries"}))
    assert describe_losses(find_losses(labels, format), format) == (
        "Not kept by Poor: 1 symmetry of the skeleton, that 1 point is hidden, 2 suggestions, "
        "3 negative anchors, what the file holds beyond poses (masks)."
    )


def test_a_hundred_thousand_instances_are_counted_at_once(tmp_path: Path) -> None:
    none: IntArray = np.full(5, -1)
    poses = [
        Poses(index, np.ones((5, 9, 2)), np.ones((5, 9)), np.ones(5), none, np.ones(5))
        for index in range(20_000)
    ]
    labels = Labels(videos=[Video("a.mp4")], skeletons=[Skeleton("abcdefghi")])
    labels.add_poses(labels.video, poses)
    start = time.process_time()
    losses = {loss.facet: loss.count for loss in find_losses(labels, poor())}
    assert losses["scores"] == losses["user"] == 100_000
    assert time.process_time() - start < 0.5
