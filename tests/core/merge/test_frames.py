import numpy as np

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.merge import MergeRules, plan_merge
from sleap.core.merge.frames import find_conflicts
from sleap.core.skeleton import Skeleton
from sleap.core.tables import PREDICTED, USER
from sleap.core.video import Video

SKELETON = Skeleton("a")
VIDEO = Video("a.mp4")


def make(**frames: str) -> Labels:
    """Make labels of frames such as ``f3="uup"``; capitals have other points."""
    labels = Labels(videos=[VIDEO], skeletons=[SKELETON])
    for name, kinds in frames.items():
        made = [
            (Instance if kind in "uU" else PredictedInstance)(
                SKELETON, {"a": (float(kind.isupper()), 0)}
            )
            for kind in kinds
        ]
        labels.append(LabeledFrame(VIDEO, int(name[1:]), made))
    return labels


def test_frames_are_compared_by_video_and_index() -> None:
    base = make(f5="u", f2="uup", f9="u")
    new = make(f2="uUp", f7="uP", f5="", f9="UP")
    plan = plan_merge(base, new)
    frames = plan.frames
    assert frames["frame_idx"].tolist() == [2, 7, 5, 9]
    assert frames["base_row"].tolist() == [1, -1, 0, 2]
    assert frames["same"].tolist() == [[1, 1], [0, 0], [0, 0], [0, 0]]
    assert frames["base_only"].tolist() == [[1, 0], [0, 0], [1, 0], [1, 0]]
    assert frames["new_only"].tolist() == [[1, 0], [1, 1], [0, 0], [1, 1]]
    assert plan.conflicts.tolist() == [(0, USER), (3, USER)]
    assert not frames["replaces"].any()


def test_predictions_in_conflict_may_be_replaced() -> None:
    base, new = make(f1="upP", f2="p", f3="p"), make(f1="p", f2="P", f3="u")
    assert plan_merge(base, new).conflicts.tolist() == [(1, PREDICTED)]
    plan = plan_merge(base, new, MergeRules(replace_predictions=True))
    assert plan.frames["replaces"].tolist() == [True, True, False] and not plan.n_conflicts


def test_frames_given_twice_count_as_one() -> None:
    base, new = make(f1="u", f2="U"), make(f3="U", f2="p", f1="uU")
    base.store.frames.writable["frame_idx"] = 1
    new.store.frames.writable["frame_idx"] = [1, 0, 1]
    plan = plan_merge(base, new)
    assert plan.frames["frame_idx"].tolist() == [1, 0]
    assert plan.frames["same"][0].tolist() == [2, 0] and plan.frames["new_only"][0][0] == 1
    assert plan.frames["base_row"].tolist() == [0, -1]


def test_no_frames_at_all() -> None:
    plan = plan_merge(make(), Labels())
    assert len(plan.frames) == 0 and len(find_conflicts(plan.frames)) == 0
    assert len(plan_merge(Labels(), make(f0="u")).frames) == 1


def test_removed_rows_do_not_count() -> None:
    base, new = make(f1="u", f2="u"), make(f1="u", f2="uU")
    base.remove_frame(base[1])
    new.remove_instances([1])
    plan = plan_merge(base, new)
    np.testing.assert_array_equal(plan.frames["base_row"], [0, -1])
    np.testing.assert_array_equal(plan.frames["new_only"], [[0, 0], [1, 0]])
