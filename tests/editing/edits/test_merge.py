from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.merge import MergeRules, plan_merge
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.editing.edits.merge import add_predictions, merge_labels
from sleap.errors import LabelsError

Run = Callable[..., Any]


@pytest.fixture
def new() -> Labels:
    """A project of the first video and a third, with one node more and a second skeleton."""
    skeleton = Skeleton(["thorax", "head", "tail"], [("thorax", "tail")])
    other = Skeleton(["a", "b"], name="other")
    videos = [Video("day3.mp4"), Video("day1.mp4", shape=(100, 480, 640, 1))]
    tracks = [Track("2", 3), Track("queen")]
    found = PredictedInstance(skeleton, np.full((3, 2), 8.0), tracks[0], score=0.5)
    made = Instance(skeleton, np.full((3, 2), 9.0), tracks[1], from_predicted=found)
    return Labels(
        [
            LabeledFrame(videos[0], 1, [Instance(other, np.ones((2, 2)))]),
            LabeledFrame(videos[1], 12, [made, found]),
            LabeledFrame(videos[1], 11, [PredictedInstance(skeleton, np.ones((3, 2)), score=1)]),
        ],
        videos=videos,
        suggestions=[SuggestionFrame(videos[1], 10), SuggestionFrame(videos[0], 10)],
        negative_anchors={1: [(10, 6.0, 6.0)], 0: [(1, 2.0, 3.0)]},
        provenance={"source": "elsewhere"},
    )


@pytest.mark.parametrize("resolve", ["both", "base", "new", "neither"])
def test_a_merge_is_one_step(run: Run, labels: Labels, new: Labels, resolve: str) -> None:
    plan = plan_merge(labels, new)
    assert plan.n_conflicts == 2
    result = run(merge_labels, plan, resolve)
    assert result.skeletons_before.keys() == {0}
    assert labels.skeleton.node_names == ["head", "thorax", "left", "right", "tail"]
    assert [video.name for video in labels.videos] == ["day1.mp4", "day2.mp4", "day3.mp4"]
    assert [track.name for track in labels.tracks] == ["1", "2", "3", "queen"]
    assert labels.tracks[1].spawned_on == 3
    assert [one.frame_idx for one in labels.suggestions] == [10, 7, 10]
    assert labels.negative_anchors[0] == [(10, 5.0, 5.0), (10, 6.0, 6.0)]
    assert labels.provenance["merged"] == [{"source": "elsewhere"}]
    n_users = {"both": 3, "base": 2, "new": 1, "neither": 0}[resolve]
    frame = labels.find(labels.video, 12)
    assert frame is not None
    assert len(frame.user_instances) == n_users


def test_a_merge_into_a_merge(run: Run, document: Document, new: Labels) -> None:
    labels = document.labels
    run(merge_labels, plan_merge(labels, new))
    again = Labels(
        [LabeledFrame(Video("day4.mp4"), 1, [Instance(Skeleton(["b", "a", "c"], name="other"))])],
        negative_anchors={0: [(1, 1.0, 1.0)]},
        provenance={"source": "third"},
    )
    run(merge_labels, plan_merge(labels, again, MergeRules(skeletons={0: 1})))
    assert labels.skeletons[1].node_names == ["a", "b", "c"]
    assert labels.provenance["merged"] == [{"source": "elsewhere"}, {"source": "third"}]
    document.undo()
    document.undo()
    assert labels.skeleton.node_names == ["head", "thorax", "left", "right"]
    document.redo()
    document.redo()
    assert [skeleton.n_nodes for skeleton in labels.skeletons] == [5, 3]


def test_two_skeletons_may_get_nodes_at_once(run: Run, labels: Labels) -> None:
    labels.skeletons.append(second := Skeleton(["a", "b"], name="second"))
    labels[1].append(Instance(second, np.arange(4.0).reshape(2, 2)))
    skeletons = [Skeleton(["x", "a"]), Skeleton(["head", "y"])]
    frame = LabeledFrame(
        Video("day5.mp4"), 3, [Instance(one, np.ones((2, 2))) for one in skeletons]
    )
    plan = plan_merge(labels, Labels([frame]), MergeRules(skeletons={0: 1, 1: 0}))
    result = run(merge_labels, plan)
    assert result.skeletons_before.keys() == {0, 1}
    assert labels.skeletons[0].node_names == ["head", "thorax", "left", "right", "y"]
    assert second.node_names == ["a", "b", "x"]
    np.testing.assert_array_equal(labels[1].instances[2].numpy()[:2], [(0, 1), (2, 3)])


def test_edges_alone_may_be_new(run: Run, labels: Labels) -> None:
    skeleton = Skeleton(labels.skeleton.node_names, [(2, 3)])
    run(merge_labels, plan_merge(labels, Labels(skeletons=[skeleton])))
    assert labels.skeleton.edges == [(1, 0), (1, 2), (1, 3), (2, 3)]


def test_nothing_new_is_no_step(run: Run, document: Document, labels: Labels) -> None:
    labels.provenance.clear()
    run(merge_labels, plan_merge(labels, labels.copy()))
    assert document.undo_title is None


def test_an_old_plan_is_refused(run: Run, labels: Labels, new: Labels) -> None:
    plan = plan_merge(labels, new)
    labels.remove_instances([0])
    with pytest.raises(LabelsError, match="plan it again"):
        run(merge_labels, plan)


def test_links_that_come_with_a_merge(run: Run, labels: Labels) -> None:
    made = labels[0].instances[2]
    theirs = labels.copy()
    made.from_predicted = None
    result = run(merge_labels, plan_merge(labels, theirs))
    assert len(result.linked) == 1
    assert made.from_predicted is labels[0].instances[0]


def test_new_predictions_replace_old_ones(run: Run, labels: Labels, new: Labels) -> None:
    run(add_predictions, new)
    assert len(labels[labels.video, 11].predicted_instances) == 1
    assert len(labels[labels.video, 12].user_instances) == 3
    assert len(labels[labels.video, 10]) == 3  # not predicted anew
