"""Predictions removed by what they are and where they lie, and put in by a run of a model.

Frames that are left without any instance go, too: they were labeled only by what is removed.
"""

from collections.abc import Iterable, Sequence

from attrs import evolve

from sleap.core.arrays import choose_instances, frame_indices_of
from sleap.core.choice import Area, Choice
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.tables import PREDICTED, IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.editing.edits.lookup import kinds_of
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError

FEW = 256
"""So many frames are looked at one by one; for more the whole table is."""


def delete_predictions(tx: Transaction, video: Video | None = None) -> int:
    """Delete all predictions.

    Args:
        tx: The transaction.
        video: Only of this video; None: of all.

    Returns:
        How many were deleted.
    """
    return delete_chosen(tx, _predicted(tx, video))


def delete_predictions_in_clip(tx: Transaction, video: Video, first: int, last: int) -> int:
    """Delete the predictions on a stretch of a video.

    Args:
        tx: The transaction.
        video: A video of the labels.
        first: Index of the first frame.
        last: Index of the last frame, included.

    Returns:
        How many were deleted.
    """
    return delete_chosen(tx, evolve(_predicted(tx, video), frame_range=(first, last)))


def delete_predictions_outside_clip(tx: Transaction, video: Video, first: int, last: int) -> int:
    """Delete the predictions before and after a stretch of a video.

    Args:
        tx: The transaction.
        video: A video of the labels.
        first: Index of the first frame that stays.
        last: Index of the last frame that stays.

    Returns:
        How many were deleted.
    """
    rows = choose_instances(tx.store, tx.number_of(video), PREDICTED)
    indices = frame_indices_of(tx.store, rows)
    rows = rows[(indices < first) | (indices > last)]
    tx.remove_instances(rows, with_frames=True)
    return len(rows)


def delete_predictions_in_area(
    tx: Transaction,
    video: Video,
    area: Area,
    frame_range: tuple[int, int] | None = None,
) -> int:
    """Delete the predictions all of whose points lie in a rectangle.

    Args:
        tx: The transaction.
        video: A video of the labels.
        area: (x0, y0, x1, y1) pixels of the full frame, in any order of the corners.
        frame_range: Only from the first to the last of these two frames, both included.

    Returns:
        How many were deleted.
    """
    (x0, x1), (y0, y1) = sorted(area[::2]), sorted(area[1::2])
    choice = evolve(_predicted(tx, video), area=(x0, y0, x1, y1), frame_range=frame_range)
    return delete_chosen(tx, choice)


def delete_low_scores(tx: Transaction, score: float, video: Video | None = None) -> int:
    """Delete the predictions with a smaller score, or none.

    Args:
        tx: The transaction.
        score: The smallest that stays.
        video: Only of this video; None: of all.

    Returns:
        How many were deleted.
    """
    return delete_chosen(tx, evolve(_predicted(tx, video), score_below=score))


def delete_beyond_instance_limit(tx: Transaction, limit: int, video: Video | None = None) -> int:
    """Keep only the best predictions by score on every frame.

    Args:
        tx: The transaction.
        limit: How many stay on a frame.
        video: Only of this video; None: of all.

    Returns:
        How many were deleted.

    Raises:
        LabelsError: If the limit is negative.
    """
    if limit < 0:
        raise LabelsError(f"{limit} predictions per frame: expected 0 or more.")
    return delete_chosen(tx, evolve(_predicted(tx, video), rank_limit=limit))


def delete_chosen(tx: Transaction, choice: Choice) -> int:
    """Delete the instances of any kind, frames and tracks that meet conditions.

    Args:
        tx: The transaction.
        choice: The conditions.

    Returns:
        How many were deleted.
    """
    rows = choice.rows(tx.store)
    tx.remove_instances(rows, with_frames=True)
    return len(rows)


def add_poses(
    tx: Transaction,
    video: Video,
    poses: Iterable[Poses],
    skeleton: Skeleton | None = None,
    tracks: Sequence[Track] | None = None,
    *,
    replace: bool = True,
) -> int:
    """Put in what a model found on frames of a video.

    Args:
        tx: The transaction.
        video: The video; added if it is new.
        poses: By frame; a frame on which nothing was found counts as predicted anew, too.
        skeleton: What the points mean; None: the first of the labels.
        tracks: What the track numbers of the poses stand for; None: those of the labels.
        replace: Whether older predictions on these frames go.

    Returns:
        How many instances were added.

    Raises:
        LabelsError: If the poses fit neither the skeleton nor the tracks.
    """
    found = list(poses)
    number = tx.add_video(video)
    old = _predicted_on(tx, number, [one.frame_idx for one in found]) if replace else []
    added = tx.add_poses(video, found, skeleton, tracks)
    tx.remove_instances(old, with_frames=True)
    return len(added)


def _predicted_on(tx: Transaction, video: int, indices: list[int]) -> IntArray | list[int]:
    """Return the rows of the predictions on some frames of a video."""
    store = tx.store
    if len(indices) > FEW:
        return Choice(video=video, kind=PREDICTED, frame_indices=indices).rows(store)
    frames = {store.occupancy.find(video, index) for index in indices} - {-1}
    members = [row for frame in frames for row in store.members(frame)]
    kinds = kinds_of(store, members)
    return [row for row, kind in zip(members, kinds, strict=True) if kind == PREDICTED]


def _predicted(tx: Transaction, video: Video | None) -> Choice:
    return Choice(video=None if video is None else tx.number_of(video), kind=PREDICTED)
