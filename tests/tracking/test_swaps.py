from pathlib import Path

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.swap import transpose_tracks
from sleap.core.tables import FloatArray, IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.files import load_file
from sleap.tracking.swaps import Swap, find_swaps, find_swaps_of

BODY = np.array([[0.0, 0], [6, 2], [12, 0]])


def cross(n: int = 400, period: int = 50) -> FloatArray:
    """Let two animals walk to and fro, and meet every ``period`` frames at an angle; a third not.

    Returns:
        (n, 3, 3, 2) frames, tracks, nodes, places in pixels.
    """
    time = np.arange(n)
    way = (
        np.abs((time + period / 2 + 0.5) % (2 * period) - period) - period / 2
    )  # 0 between two frames
    ways = np.zeros((n, 3, 2))
    ways[:, 0, 0], ways[:, 1, 1] = 2 * way, 2 * way
    ways[:, 2] = (300, 0) + time[:, None] * np.array([0.1, 0.3])
    noise = np.random.default_rng(3).normal(0, 0.3, (n, 3, 3, 2))
    points: FloatArray = ways[:, :, None] + BODY + noise
    return points


def find(points: FloatArray, *, min_score: float = 0.5, max_gap: int = 30) -> list[Swap]:
    n_frames, n_tracks = points.shape[:2]
    frames, tracks = np.divmod(np.arange(n_frames * n_tracks), n_tracks)
    shuffled = np.random.default_rng(0).permutation(len(frames))
    flat = points.reshape(-1, *points.shape[2:])
    return find_swaps(
        frames[shuffled], tracks[shuffled], flat[shuffled], max_gap=max_gap, min_score=min_score
    )


def exchange(points: FloatArray, frame: int, a: int = 0, b: int = 1) -> None:
    points[frame:, [a, b]] = points[frame:, [b, a]]


def places(swaps: list[Swap]) -> list[tuple[int, int, int]]:
    return [(swap.frame, swap.first, swap.second) for swap in swaps]


def meetings(points: FloatArray) -> IntArray:
    apart = np.linalg.norm((points[:, 0] - points[:, 1]).mean(axis=1), axis=1)
    return (
        np.flatnonzero((apart[1:-1] < apart[:-2]) & (apart[1:-1] <= apart[2:]) & (apart[1:-1] < 9))
        + 1
    )


def test_planted_swaps_come_before_all_clean_crossings() -> None:
    points = cross()
    crossings = meetings(points)
    assert len(crossings) == 7
    best_clean = max((swap.score for swap in find(points, min_score=-99)), default=-99.0)
    planted = [int(crossings[1]), int(crossings[4]) + 3, int(crossings[6])]
    for frame in planted:
        exchange(points, frame)
    swaps = find(points)
    assert sorted(places(swaps[:3])) == [(frame, 0, 1) for frame in planted]
    assert len(swaps) == 3
    assert [swap.score for swap in swaps] == sorted((s.score for s in swaps), reverse=True)
    assert best_clean < 0 < swaps[-1].score


def test_missing_points_and_frames_are_no_hindrance() -> None:
    points = cross()
    frame = int(meetings(points)[3])
    exchange(points, frame)
    points[frame - 4 : frame, 1] = np.nan  # one animal hidden, then both
    points[frame - 1 : frame] = np.nan
    points[frame + 2 : frame + 5, 0] = np.nan
    points[np.random.default_rng(1).random(points.shape[:3]) < 0.1] = np.nan
    assert places(find(points)) == [(frame, 0, 1)]


def test_a_long_absence_is_no_evidence() -> None:
    points = cross()
    exchange(points, 130, 0, 2)
    points[119:130, :2] = np.nan
    assert places(find(points, max_gap=12)) == [(130, 0, 2)]
    assert find(points, max_gap=11) == []


def test_a_jump_across_the_picture_is_a_swap() -> None:
    points = cross()
    exchange(points, 130, 0, 2)
    assert places(find(points)) == [(130, 0, 2)]


def test_a_single_point_is_enough() -> None:
    points = cross()[:, :, :1]
    frame = int(meetings(points)[2])
    exchange(points, frame)
    assert places(find(points))[0] == (frame, 0, 1)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_little_is_not_suspicious(n: int) -> None:
    assert find(cross()[:n]) == []
    assert find(cross()[:, :1]) == []
    assert find(np.full((9, 2, 3, 2), np.nan)) == []


def test_poses_without_tracks_and_doubles_do_not_count() -> None:
    points = cross()
    exchange(points, 130, 0, 2)
    frames, tracks = np.divmod(np.arange(points.shape[0] * 3), 3)
    flat = points.reshape(-1, 3, 2)
    twice = (np.r_[frames, frames, frames], np.r_[tracks, tracks, np.full(len(tracks), -1)])
    swaps = find_swaps(*twice, np.concatenate([flat, flat + 50, flat]))
    assert places(swaps) == [(130, 0, 2)]


def test_of_labels() -> None:
    points = cross(200)
    exchange(points, 130, 0, 2)
    skeleton, video, tracks = Skeleton(["a", "b", "c"]), Video("v.mp4"), [Track(x) for x in "xyz"]
    frames = []
    for index, poses in enumerate(points):
        instances: list[Instance | PredictedInstance] = [
            PredictedInstance(skeleton, pose, track=track)
            for pose, track in zip(poses, tracks, strict=True)
        ]
        if index == 60:  # corrected: the prediction below it no longer counts
            wrong = PredictedInstance(skeleton, poses[2], track=tracks[0])
            instances[0] = Instance(skeleton, poses[0], track=tracks[0], from_predicted=wrong)
            instances.append(wrong)
        frames.append(LabeledFrame(video, index, instances))
    labels = Labels([LabeledFrame(Video("other.mp4"), 0, []), *frames[::-1]])
    assert places(find_swaps_of(labels, video)) == [(130, 0, 2)]
    assert find_swaps_of(labels, labels.videos[0]) == []
    assert find_swaps_of(Labels(), video) == []


@pytest.mark.parametrize("frame", [26, 64, 100])
def test_real_flies(data_dir: Path, frame: int) -> None:
    labels = load_file(data_dir / "two_flies" / "two_flies.tracks.slp")
    assert find_swaps_of(labels, labels.videos[0]) == []
    transpose_tracks(labels.store, 0, 1, 0, first=frame)
    assert places(find_swaps_of(labels, labels.videos[0])) == [(frame, 0, 1)]
