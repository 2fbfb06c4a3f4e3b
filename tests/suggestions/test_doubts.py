from pathlib import Path

import numpy as np
import pytest

import sleap
from sleap.errors import CancelledError
from sleap.progress import Progress
from sleap.suggestions import doubts as kinds
from sleap.suggestions.doubts import Doubt, find_doubts, worst_of_frames
from sleap.suggestions.options import LabelQualityOptions
from tests.suggestions import planted
from tests.suggestions.planted import make_planted, make_poses

OPTIONS = LabelQualityOptions()


def find(labels: sleap.Labels) -> list[tuple[int, int, str]]:
    frames = labels.store.frames.rows["frame_idx"]
    return [
        (int(frames[one.frame]), one.kind, one.reason)
        for one in worst_of_frames(find_doubts(labels.store, OPTIONS))
    ]


@pytest.mark.parametrize("seed", range(4))
def test_planted_errors_come_first_and_right_labels_give_few(seed: int) -> None:
    found = find(make_planted(seed=seed))
    expected = {
        planted.OUTLIER: (kinds.SHAPE, "nose is where"),
        planted.FLIP: (kinds.FLIP, "left and right seem swapped"),
        planted.PAIR_FLIP: (kinds.FLIP, "footL and footR seem swapped"),
        planted.DUPLICATE: (kinds.DUPLICATE, "two instances lie on each other"),
        planted.DISAGREEMENT: (kinds.DISAGREEMENT, "an instance is unlike its prediction"),
    }
    assert {index for index, _, _ in found[:5]} == set(expected)
    for index, kind, reason in found[:5]:
        assert kind == expected[index][0] and expected[index][1] in reason
    assert len(found) <= 6
    assert len(find(make_planted(are_planted=False, seed=seed))) <= 1


def user_labels(poses: np.ndarray, names: str, predicted: int = 0) -> sleap.Labels:
    skeleton, video = sleap.Skeleton(list(names)), sleap.Video("a.mp4", shape=(99, 9, 9, 1))
    frames = []
    for index, pose in enumerate(poses):
        guesses = [sleap.PredictedInstance(skeleton, pose + 99 * n) for n in range(predicted)]
        frames.append(sleap.LabeledFrame(video, index, [sleap.Instance(skeleton, pose), *guesses]))
    return sleap.Labels(frames)


def test_sizes_of_two_nodes() -> None:
    poses = make_poses(20)[:, :2]
    poses[4, 1] = poses[4, 0] + 3 * (poses[4, 1] - poses[4, 0])
    ((index, kind, reason),) = find(user_labels(poses, "ab"))
    assert (index, kind) == (4, kinds.SHAPE) and "times the usual size" in reason


def test_more_predictions_than_instances() -> None:
    found = find(user_labels(make_poses(3), "abcdefghi", predicted=2))
    assert found == [
        (index, kinds.DISAGREEMENT, "1 instance, but 2 predictions") for index in range(3)
    ]


def test_corrected_predictions_are_no_disagreement() -> None:
    labels = make_planted(are_planted=False)
    skeleton, video = labels.skeleton, labels.video
    origin = sleap.PredictedInstance(skeleton, make_poses(1)[0] + 50, score=1.0)
    fixed = sleap.Instance(skeleton, make_poses(1)[0], from_predicted=origin)
    corrected = sleap.Labels([sleap.LabeledFrame(video, 0, [origin, fixed])])
    assert find(corrected) == []
    guess = sleap.PredictedInstance(skeleton, make_poses(1)[0] + 50, score=1.0)
    free = sleap.Instance(skeleton, make_poses(1)[0])
    assert find(sleap.Labels([sleap.LabeledFrame(video, 0, [guess, free])]))


def test_little_or_nothing_labeled() -> None:
    skeleton, video = sleap.Skeleton(["a"]), sleap.Video("a.mp4", shape=(9, 8, 8, 1))
    assert find(sleap.Labels(videos=[video])) == []
    pair = [sleap.Instance(skeleton, [[x, 5.0]]) for x in (1.0, 1.1)]
    empty = sleap.Instance(skeleton, [[np.nan, np.nan]])
    found = find(sleap.Labels([sleap.LabeledFrame(video, 0, [*pair, empty])]))
    assert [kind for _, kind, _ in found] == [kinds.DUPLICATE]


def test_one_frame_keeps_its_worst_doubt_and_all_reasons() -> None:
    many = [Doubt(1, 2, 3.0, "a"), Doubt(2, 1, 2.0, "b"), Doubt(1, 1, 1.5, "c")]
    assert worst_of_frames(many) == [Doubt(1, 2, 3.0, "a; c"), many[1]]


def test_it_can_be_stopped() -> None:
    progress = Progress()
    progress.is_cancelled = True
    with pytest.raises(CancelledError):
        find_doubts(make_planted().store, OPTIONS, progress)


def test_spurious_instances_of_a_real_project_are_found(data_dir: Path) -> None:
    folder = data_dir / "two_flies"
    noisy, clean = (
        {index for index, _, _ in find(sleap.load_file(folder / f"two_flies.{name}.slp"))}
        for name in ("noisy", "tracks")
    )
    assert {0, 1, 2} <= noisy and not {0, 1, 2} & clean and len(clean) < 12


def test_planted_flips_of_a_real_project_are_all_found(data_dir: Path) -> None:
    labels = sleap.load_file(data_dir / "flies13" / "train.pkg.slp")
    assert len(find(labels)) <= 3
    order = labels.skeleton.flip_order()
    flipped = list(labels)[::9]
    for frame in flipped:
        instance = frame.instances[0]
        for node, point in enumerate(instance.numpy()[order].tolist()):
            instance[node] = point
    found = find(labels)
    first = found[: len(flipped)]
    assert {index for index, _, _ in first} == {frame.frame_idx for frame in flipped}
    assert {kind for _, kind, _ in first} == {kinds.FLIP}
