import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.merge import MergeRules, plan_merge
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError


def make(path: str, x: float, track: str) -> Labels:
    one = Instance(Skeleton("ab"), {"a": (x, 0)}, Track(track))
    return Labels([LabeledFrame(Video(path), 3, [one])])


def test_a_plan_says_what_is_the_same() -> None:
    base, new = make("x/a.mp4", 1, "t"), make("y/a.mp4", 2, "t")
    plan = plan_merge(base, new)
    assert plan.n_conflicts == 1 and plan.video_numbers.tolist() == [0]
    assert plan.tracks.numbers.tolist() == [0, -1] and plan.new is new
    (row,) = plan.rows()
    assert (row.video, row.frame_idx, row.base, row.new) == ("a.mp4", 3, (1, 0), (1, 0))
    assert plan.rows([]) == []
    assert any("1 in conflict" in line for line in plan.lines())


def test_rules_are_followed() -> None:
    base, new = make("x/a.mp4", 1, "t"), make("y/a.mp4", 2, "t")
    rules = MergeRules(videos={0: None}, tracks={0: None}, skeletons={0: 0})
    plan = plan_merge(base, new, rules)
    assert plan.n_conflicts == 0 and plan.video_numbers.tolist() == [1]
    assert plan.tracks.added == (0,) and plan.rules is rules


def test_labels_are_not_merged_into_themselves() -> None:
    labels = make("a.mp4", 1, "t")
    with pytest.raises(LabelsError, match="merge a copy"):
        plan_merge(labels, labels)


def test_a_plan_knows_what_it_was_made_for() -> None:
    base, new = make("a.mp4", 1, "t"), make("a.mp4", 2, "t")
    plan = plan_merge(base, new)
    plan.check_states(base)
    with pytest.raises(LabelsError, match="changed since"):
        plan.check_states(base.copy())
    new.add_node("c")
    with pytest.raises(LabelsError, match="changed since"):
        plan.check_states(base)
