"""The frames of two sets of labels that show the same, side by side."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.tables import IntArray
from sleap.core.video import Video
from sleap.errors import LabelsError


@frozen(eq=False)
class FramePair:
    """One frame of the truth, and what was predicted on it.

    Attributes:
        video: Number of the video in the truth.
        truth: The true poses; at least one.
        predicted: The predictions, with the nodes in the order of the truth; maybe none.
    """

    video: int
    truth: Poses
    predicted: Poses


def pair_videos(truth: Labels, predicted: Labels) -> list[Video | None]:
    """Find for each video of the truth the one of the predictions that shows the same.

    Names are compared without folders; embedded images are what they were taken from. If either
    set of labels has one video only, these are the same without further question.

    Returns:
        One video of ``predicted`` for each of ``truth``; None where there is none.

    Raises:
        LabelsError: If no video of the truth has a partner.
    """
    if len(truth.videos) == 1 and len(predicted.videos) == 1:
        return [predicted.video]
    pairs = [
        next((other for other in predicted.videos if video.matches(other)), None)
        for video in truth.videos
    ]
    if not any(pair is not None for pair in pairs):
        names = ["; ".join(video.name for video in labels.videos) for labels in (truth, predicted)]
        raise LabelsError(
            f"The truth is about other videos ({names[0] or 'none'}) than the predictions "
            f"({names[1] or 'none'}): give files about the same video."
        )
    return pairs


def choose_kind(labels: Labels, preferred: str) -> str:
    """Choose which instances count: those of the preferred kind, or if there are none, all."""
    return preferred if len(labels.instance_rows(kind=preferred)) else "all"


def pair_nodes(truth: Labels, predicted: Labels) -> IntArray:
    """Find each node of the truth in the skeleton of the predictions, by name.

    Returns:
        (n_nodes of the truth,) index of the node there; -1 if it has none of that name.

    Raises:
        LabelsError: If no name is in both.
    """
    names = predicted.skeleton.node_names
    order = [names.index(name) if name in names else -1 for name in truth.skeleton.node_names]
    if max(order, default=-1) < 0:
        raise LabelsError(
            f"The skeletons have no node in common: {', '.join(truth.skeleton.node_names)} in the "
            f"truth, {', '.join(names)} in the predictions."
        )
    return np.array(order, np.int64)


def pair_frames(truth: Labels, predicted: Labels) -> Iterator[FramePair]:
    """Go through the frames of the truth that show an animal.

    The truth are its user instances, or if it has none at all, all its instances; the predictions
    are the predicted instances, or if there are none at all, all instances.

    Yields:
        The frames, by video and time. A frame that is not among the predictions has none.

    Raises:
        LabelsError: If videos or skeletons do not fit together.
    """
    partners = pair_videos(truth, predicted)
    n_nodes = truth.skeleton.n_nodes
    kinds = choose_kind(truth, "user"), choose_kind(predicted, "predicted")
    order = pair_nodes(truth, predicted) if predicted.skeletons else None
    for number, (video, partner) in enumerate(zip(truth.videos, partners, strict=True)):
        if partner is None:
            continue
        found = {poses.frame_idx: poses for poses in predicted.poses(partner, kinds[1])}
        for poses in truth.poses(video, kinds[0]):
            visible = np.flatnonzero((~np.isnan(poses.points[:, :, 0])).sum(axis=1))
            if len(visible) == 0:
                continue
            others = found.get(poses.frame_idx)
            if others is None or order is None:
                others = Poses.empty(poses.frame_idx, n_nodes)
            else:
                others = _reorder(others, order)
            shown = poses.select(visible)
            yield FramePair(number, _limit(shown, n_nodes), others)


def _reorder(poses: Poses, order: IntArray) -> Poses:
    points = poses.points[:, order]
    points[:, order < 0] = np.nan
    scores: npt.NDArray[np.float32] = poses.point_scores[:, order]
    scores[:, order < 0] = 0
    return Poses(poses.frame_idx, points, scores, poses.scores, poses.tracks, poses.tracking_scores)


def _limit(poses: Poses, n_nodes: int) -> Poses:
    return poses if poses.n_nodes == n_nodes else _reorder(poses, np.arange(n_nodes))
