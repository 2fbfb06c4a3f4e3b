import numpy as np

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.merge import MergeRules, plan_merge, report
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video


def make(path: str, nodes: str, *frames: tuple[int, list[float], list[float]]) -> Labels:
    skeleton, video = Skeleton(nodes, [(0, 1)], [(0, 1)]), Video(path)
    track = Track(path[0])
    return Labels(
        [
            LabeledFrame(
                video,
                index,
                [Instance(skeleton, {"a": (x, 0)}, track) for x in users]
                + [PredictedInstance(skeleton, {"a": (x, 0)}) for x in predictions],
            )
            for index, users, predictions in frames
        ],
        tracks=[track],
    )


def test_a_plan_in_words() -> None:
    base = make("fly.mp4", "abc", (1, [1], [1]), (2, [], [1]), (3, [1], []), (8, [], [1]))
    new = make("fly.mp4", "cba", (1, [2, 3], [1, 2]), (2, [5], [2]), (3, [1], []), (4, [1], [2, 3]))
    assert plan_merge(base, new).lines() == [
        "Skeleton 'Skeleton-0' is 'Skeleton-0' of the base; it gets the edges c -> b; its "
        "symmetries stay, against c | b; its order of nodes stays.",
        "Videos: 1 in both, 0 added.",
        "Tracks: 1 in both, 0 added.",
        "Frames: 1 added, 0 get more instances, 1 stay as they are, 2 in conflict (1 in user "
        "instances, 1 in predictions).",
        "Instances, user/predicted:",
        "  video    frame  merged  conflict: base  new",
        "  fly.mp4  1      0/1     1/0             2/0",
        "  fly.mp4  2      1/0     0/1             0/1",
        "  fly.mp4  4      1/2     -               -",
    ]


def test_replaced_predictions_in_words() -> None:
    base, new = make("a.mp4", "ab", (1, [], [1, 2])), make("a.mp4", "ab", (1, [], [2, 3, 4]))
    plan = plan_merge(base, new, MergeRules(replace_predictions=True))
    lines = plan.lines()
    assert "Predictions of the base that are replaced: 1." in lines
    assert lines[-1] == "  a.mp4  1      0/2 for 1  -               -"
    assert plan.rows()[0].replaced == 1 and plan.rows()[0].same == (0, 1)


def test_what_is_added_or_in_doubt_in_words() -> None:
    base, new = make("x/a.mp4", "ab"), make("z/a.mp4", "xyz")
    base.skeletons.append(Skeleton("ab"))
    new.skeletons.append(Skeleton("xyz"))
    base.videos.extend([Video("x/a.mp4"), Video("y/a.mp4")])
    new.videos.extend([Video("z/a.mp4"), Video("b.mp4")])
    assert plan_merge(base, new).lines()[:3] == [
        "Skeleton 'Skeleton-0' (3 nodes) is added.",
        "Videos: 0 in both, 2 added.",
        "  Video 0 (a.mp4) could be video 0 or 1 of the base; added as another one, unless you "
        "say which it is.",
    ]


def test_frames_that_a_package_does_not_show_in_words() -> None:
    base, new = make("a.mp4", "ab", (1, [1], [])), make("a.mp4", "ab", (1, [1], []), (4, [1], []))
    base.video.is_embedded, base.video.source = True, Video("a.mp4")
    base.video.frame_numbers = np.array([1])
    assert plan_merge(base, new).lines()[1:2] == [
        "  Video 0 of the base is a package, and 1 frames that come in have no image in it: merge "
        "into a project with the video itself."
    ]


def test_long_tables_are_cut() -> None:
    frames = [(k, [1.0], []) for k in range(30)]
    plan = plan_merge(make("a.mp4", "ab"), make("a.mp4", "ab", *frames))
    assert plan.lines(max_rows=4)[-1] == "  and 26 more frames"
    assert not any("user/predicted" in line for line in plan.lines(max_rows=0))
    rows = report.frame_rows(plan.frames, plan.conflicts, {0: "a.mp4"}, np.array([2]))
    assert [(row.frame_idx, row.is_new, row.merged) for row in rows] == [(2, True, (1, 0))]
