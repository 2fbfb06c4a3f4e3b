"""Labels of many frames that are right, and some in which an error of each kind is planted."""

import numpy as np

import sleap
from sleap.core.tables import FloatArray

BODY = np.array(
    [[30, 0], [10, 0], [-20, 0], [32, 6], [32, -6], [8, 15], [8, -15], [-14, 16], [-14, -16]], float
)
"""Nose, chest, tail, and eyes, hands and feet of both sides; pixels."""

PAIRS = [(3, 4), (5, 6), (7, 8)]
OUTLIER, FLIP, PAIR_FLIP, DUPLICATE, DISAGREEMENT = 11, 23, 29, 37, 41
N_FRAMES = 60


def make_poses(n_poses: int, seed: int = 0) -> FloatArray:
    """Return (n_poses, 9, 2) bodies of several sizes, anywhere, in any direction, limbs moving."""
    random = np.random.default_rng(seed)
    moved = (
        BODY
        + random.normal(0, 1, (n_poses, len(BODY), 2))
        * np.repeat([0.4, 2.0], [5, 4])[None, :, None]
    )
    angles = random.uniform(0, 2 * np.pi, n_poses)
    cos, sin = np.cos(angles), np.sin(angles)
    turn = np.stack([np.stack([cos, -sin], -1), np.stack([sin, cos], -1)], -2)
    sizes = random.uniform(0.9, 1.1, (n_poses, 1, 1))
    return np.einsum("nij,nkj->nki", turn, moved) * sizes + random.uniform(
        100, 400, (n_poses, 1, 2)
    )


def swap(pose: FloatArray, pairs: list[tuple[int, int]]) -> FloatArray:
    """Return the pose with pairs of nodes swapped."""
    order = np.arange(len(pose))
    for a, b in pairs:
        order[a], order[b] = b, a
    return pose[order]


def make_planted(are_planted: bool = True, seed: int = 0) -> sleap.Labels:
    """Return one user instance and one prediction per frame, each of another animal's pose.

    Args:
        are_planted: Whether frames ``OUTLIER`` ... ``DISAGREEMENT`` have their errors.
        seed: What chance follows from.
    """
    names = ["nose", "chest", "tail", "eyeL", "eyeR", "handL", "handR", "footL", "footR"]
    skeleton = sleap.Skeleton(names, symmetries=PAIRS)
    video = sleap.Video("a.mp4", shape=(N_FRAMES, 512, 512, 1))
    random = np.random.default_rng(seed + 1)
    frames = []
    for index, right in enumerate(make_poses(N_FRAMES, seed)):
        pose = right.copy()
        if are_planted and index == OUTLIER:
            pose[0] += 25
        if are_planted and index in (FLIP, PAIR_FLIP):
            pose = swap(pose, PAIRS if index == FLIP else PAIRS[2:])
        instances = [sleap.Instance(skeleton, pose)]
        if are_planted and index == DUPLICATE:
            instances.append(sleap.Instance(skeleton, pose + random.normal(0, 1, pose.shape)))
        elif index == DISAGREEMENT or index % 2:
            away = 20 if are_planted and index == DISAGREEMENT else 0
            predicted = pose + away + random.normal(0, 1, pose.shape)
            instances.append(sleap.PredictedInstance(skeleton, predicted, score=1.0))
        frames.append(sleap.LabeledFrame(video, index, instances))
    return sleap.Labels(frames, videos=[video])
