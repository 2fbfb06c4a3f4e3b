from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.errors import OptionError
from sleap.tracking.options import MATCHERS, SIMILARITIES, TrackingOptions
from sleap.tracking.tracker import Tracker

SHAPE = np.array([[-5.0, -5], [0, 0], [5, 5]])
FRAME_SIZE = (200, 200)


def make_poses(frame_idx: int, *centers: tuple[float, float]) -> Poses:
    points = np.array([SHAPE + center for center in centers]).reshape(-1, 3, 2)
    return Poses(frame_idx, points, np.ones(points.shape[:2]), np.ones(len(points)))


def two_animals(*present: str) -> list[Poses]:
    """Make frames on which animals a and b (and a third, c) move on by 0.1 each."""
    frames = []
    for index, names in enumerate(present):
        step = index * 0.1
        places = {"a": (20 + step, 20), "b": (80 + step, 20), "c": (50.0, 90)}
        frames.append(make_poses(index, *(places[name] for name in names)))
    return frames


def run(frames: list[Poses], **options: Any) -> tuple[Tracker, list[Poses]]:
    tracker = Tracker(TrackingOptions(**{"tracker": "simple", **options}), frame_size=FRAME_SIZE)
    return tracker, [tracker.track(frame) for frame in frames]


ONE_MISSES_TWO = ["ab", "ab", "a", "a", "ab"]
BOTH_MISS_TWO = ["ab", "ab", "", "", "ab"]
THIRD_AT_THE_END = ["ab", "ab", "a", "a", "abc"]


@pytest.mark.parametrize(
    ("present", "plain", "limited"),
    [(ONE_MISSES_TWO, 3, 2), (BOTH_MISS_TWO, 4, 2), (THIRD_AT_THE_END, 4, 2)],
)
def test_gap_goldens(present: list[str], plain: int, limited: int) -> None:
    settings = {"track_window": 2, "match": "hungarian"}
    tracker, _ = run(two_animals(*present), **settings)
    assert len(tracker.tracks) == plain
    tracker, result = run(
        two_animals(*present), **settings, tracker="simplemaxtracks", max_tracks=2
    )
    assert len(tracker.tracks) == limited
    assert result[-1].tracks[:2].tolist() == [0, 1]


def test_names_and_frames_of_tracks() -> None:
    tracker, result = run(two_animals("a", "a", "ab", "abc"))
    assert [track.name for track in tracker.tracks] == ["track_0", "track_1", "track_2"]
    assert [track.spawned_on for track in tracker.tracks] == [0, 2, 3]
    assert [poses.tracks.tolist() for poses in result] == [[0], [0], [0, 1], [0, 1, 2]]


def test_taken_names_are_left_out() -> None:
    tracker = Tracker(TrackingOptions(tracker="simple"), taken_names={"track_0", "track_2"})
    tracker.track(two_animals("abc")[0])
    assert [track.name for track in tracker.tracks] == ["track_1", "track_3", "track_4"]


def test_scores_tell_how_well_a_pose_fits() -> None:
    _, result = run(two_animals("ab", "ab"))
    assert np.isnan(result[0].tracking_scores).all()
    np.testing.assert_allclose(result[1].tracking_scores, np.exp(-0.01), rtol=1e-5)


def test_input_is_left_alone() -> None:
    frames = two_animals("ab", "ab")
    run(frames)
    assert (frames[1].tracks == -1).all()


@pytest.mark.parametrize("similarity", SIMILARITIES)
@pytest.mark.parametrize("match", MATCHERS)
def test_animals_keep_their_tracks(similarity: str, match: str) -> None:
    frames = two_animals(*["abc"] * 5)
    shuffled = [
        frame.select([index % 3, (index + 1) % 3, (index + 2) % 3])
        for index, frame in enumerate(frames)
    ]
    _, result = run(shuffled, similarity=similarity, match=match)
    first = {tuple(p[1]): t for p, t in zip(result[0].points, result[0].tracks, strict=True)}
    for poses in result:
        assert {
            min(first, key=lambda place: np.hypot(*(np.array(place) - point[1]))): track
            for point, track in zip(poses.points, poses.tracks, strict=True)
        } == first


def test_far_jumps_go_to_the_nearest() -> None:
    # 40 and 60 px away all exp(-distance²) are 0.
    frames = [make_poses(0, (20, 20), (120, 20)), make_poses(1, (160, 20), (60, 20))]
    for match in MATCHERS:
        _, result = run(frames, match=match)
        assert result[1].tracks.tolist() == [1, 0]


@given(seed=st.integers(0, 1000))
@settings(max_examples=20)
def test_order_of_poses_does_not_matter(seed: int) -> None:
    random = np.random.default_rng(seed)
    centers = random.uniform(0, 200, (3, 2))
    frames = [make_poses(i, *(centers + random.normal(0, 1, (3, 2)))) for i in range(4)]
    orders = [[0, 1, 2]] + [random.permutation(3).tolist() for _ in range(3)]
    _, plain = run(frames)
    _, shuffled = run([frame.select(order) for frame, order in zip(frames, orders, strict=True)])
    for one, other, order in zip(plain, shuffled, orders, strict=True):
        assert one.tracks[order].tolist() == other.tracks.tolist()


def test_few_points_begin_no_track() -> None:
    frames = two_animals("ab")
    frames[0].points[1, :2] = np.nan
    tracker, result = run(frames, min_new_track_points=2)
    assert result[0].tracks.tolist() == [0, -1]
    assert len(tracker.tracks) == 1


def test_few_points_are_no_candidate() -> None:
    frames = two_animals("a", "a", "a")
    frames[1].points[0, :2] = np.nan
    tracker, _ = run(frames, track_window=1)
    assert len(tracker.tracks) == 1
    tracker, _ = run(frames, track_window=1, min_match_points=2)
    assert len(tracker.tracks) == 2


def test_robust_takes_the_quantile() -> None:
    frames = [make_poses(0, (20, 20)), make_poses(1, (22, 20)), make_poses(2, (22, 20))]
    _, result = run(frames, similarity="centroid")
    assert result[2].tracking_scores[0] == 0
    _, result = run(frames, similarity="centroid", robust=0.5)
    assert result[2].tracking_scores[0] == -1


def test_poses_beyond_the_limit_stay_untracked() -> None:
    frames = two_animals("abc")
    frames[0].scores[:] = [0.1, 0.9, 0.5]
    _, result = run(frames, max_tracks=2)
    assert result[0].tracks.tolist() == [-1, 0, 1]


def test_culling_before() -> None:
    frames = two_animals("abc", "abc")
    frames[1].scores[0] = 0.1
    tracker, result = run(frames, target_instance_count=2, pre_cull_to_target=True)
    assert tracker.kept.tolist() == [1, 2]
    assert len(result[1]) == 2
    assert result[1].tracks.tolist() == [1, 0]  # c takes the track that is left


def test_culling_before_by_overlap() -> None:
    frames = [make_poses(0, (20, 20), (21, 20), (90, 90))]
    frames[0].scores[:] = [0.9, 0.8, 0.7]
    both = {"target_instance_count": 2, "pre_cull_to_target": True}
    tracker, _ = run(frames, **both)
    assert tracker.kept.tolist() == [0, 1]
    tracker, _ = run(frames, **both, pre_cull_iou_threshold=0.5)
    assert tracker.kept.tolist() == [0, 2]


def test_culling_after() -> None:
    frames = [make_poses(0, (20, 20), (21, 20), (90, 90))]
    frames[0].scores[:] = [0.9, 0.8, 0.7]
    tracker, result = run(frames, clean_instance_count=2)
    assert result[0].tracks.tolist() == [0, 1]
    tracker, result = run(frames, clean_instance_count=2, clean_iou_threshold=0.5)
    assert result[0].tracks.tolist() == [0, 2]
    assert tracker.kept.tolist() == [0, 2]
    assert len(tracker.tracks) == 3


def test_single_breaks_are_joined() -> None:
    frames = two_animals("ab", "a", "a", "a", "ab", "ab", "a", "a", "a", "ab")
    settings = {"track_window": 2, "target_instance_count": 2}
    tracker, _ = run(frames, **settings)
    assert len(tracker.tracks) == 4
    tracker, result = run(frames, **settings, post_connect_single_breaks=True)
    assert [track.name for track in tracker.tracks] == ["track_0", "track_1"]
    assert result[-1].tracks.tolist() == [0, 1]


def test_empty_frames() -> None:
    tracker, result = run(two_animals("", "a", ""))
    assert [len(poses) for poses in result] == [0, 1, 0]
    assert len(tracker.tracks) == 1


def test_wrong_options_are_refused_at_once() -> None:
    with pytest.raises(OptionError, match="choose simple or flow"):
        Tracker(TrackingOptions())
    skeleton = Skeleton(["a", "b", "c"])
    with pytest.raises(OptionError, match="expected 1, or 3"):
        Tracker(TrackingOptions(tracker="simple", oks_errors="1,2"), skeleton)
    with pytest.raises(OptionError, match="needs the images"):
        Tracker(TrackingOptions(tracker="flow")).track(make_poses(0, (20, 20)))


def draw(poses: Poses) -> np.ndarray:
    """Draw animals as blots that flow can follow."""
    y, x = np.mgrid[:200, :200]
    image = np.zeros((200, 200))
    for weight, (px, py) in enumerate(poses.points.reshape(-1, 2), 3):
        image += 20 * weight * np.exp(-((x - px) ** 2 + (y - py) ** 2) / 18)
    return np.clip(image, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("save", [False, True])
@pytest.mark.parametrize("limit", [0, 2])
def test_flow_follows_fast_animals(save: bool, limit: int) -> None:
    # Both walk 16 px a frame: where one is, the other was.
    frames = [make_poses(i, (20 + 16.0 * i, 60), (36 + 16.0 * i, 60)) for i in range(8)]
    options = TrackingOptions(
        tracker="flow", max_tracks=limit, save_shifted_instances=save, track_window=3
    )
    tracker = Tracker(options)
    assert tracker.needs_image
    for frame in frames:
        result = tracker.track(frame, draw(frame)[:, :, None])
        assert result.tracks.tolist() == [0, 1]
    assert result.tracking_scores.min() > 0.5
    assert len(tracker._pictures) <= 3


def test_lost_to_the_flow_but_not_forgotten() -> None:
    blank = np.zeros((200, 200), np.uint8)
    frames = [make_poses(0, (20, 20)), make_poses(1, (20, 20))]
    frames[0].points[:] += 1000  # outside of the picture: the flow loses it
    frames[1].points[:] += 1000
    for limit, n_tracks in ((0, 2), (1, 1)):
        tracker = Tracker(TrackingOptions(tracker="flow", max_tracks=limit))
        result = [tracker.track(frame, blank) for frame in frames]
        assert len(tracker.tracks) == n_tracks
        assert result[1].tracks.tolist() == [n_tracks - 1]


def read_poses(path: Path) -> list[Poses]:
    with h5py.File(path) as file:
        frames, instances = file["frames"][:], file["instances"][:]
        points = file["pred_points"][:]
    result = []
    for frame in np.sort(frames, order="frame_idx"):
        rows = instances[frame["instance_id_start"] : frame["instance_id_end"]]
        n_nodes = int(rows["point_id_end"][0] - rows["point_id_start"][0])
        found = points[rows["point_id_start"][:, None].astype(int) + np.arange(n_nodes)]
        xy = np.stack([found["x"], found["y"]], axis=-1)
        result.append(Poses(frame["frame_idx"], xy, found["score"], rows["score"]))
    return result


@pytest.mark.parametrize("similarity", ["instance", "centroid", "iou"])
@pytest.mark.parametrize("match", MATCHERS)
def test_real_golden(data_dir: Path, similarity: str, match: str) -> None:
    frames = read_poses(data_dir / "centered_pair" / "predictions.slp")
    assert len(frames) == 1100
    tracker, _ = run(frames, similarity=similarity, match=match)
    assert len(tracker.tracks) == 27
    tracker, result = run(frames, similarity=similarity, match=match, max_tracks=2)
    assert len(tracker.tracks) == 2
    assert sum((poses.tracks >= 0).sum() for poses in result) > 2150
