"""User instances added: placed, copied from others, made of predictions."""

import numpy as np

from sleap.core.choice import Area
from sleap.core.instance import Instance, PredictedInstance, instance_view
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.editing.edits.instances.drafts import Draft
from sleap.editing.edits.instances.filling import Filler, check_method
from sleap.editing.edits.instances.placement import move_to
from sleap.editing.edits.instances.poses import is_missing
from sleap.editing.edits.instances.sources import XY, Origin, Source, find_source, is_on_frame
from sleap.editing.edits.lookup import instance_row, place_of, unused_predictions, user_row
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError

NUDGE = 10.0
"""How far a copy is moved off an instance on the same frame, so that both are seen; pixels."""


def add_instance(
    tx: Transaction,
    video: Video,
    frame_idx: int,
    method: str = "best",
    *,
    at: XY | None = None,
    selected: Instance | None = None,
    area: Area | None = None,
    skeleton: Skeleton | None = None,
) -> Instance:
    """Add a user instance to a frame.

    By "best", "copy_predictions" and "copy_prior_frame" it is a copy where there is one to take
    (see ``find_source``). The other methods, and nodes that the copied instance lacks, are placed
    by force ("force_directed"), by chance ("random"), or as on a typical animal of the project,
    relative to the nodes that are there. Such nodes are visible unless the copy is of a
    prediction. The track is copied from a prediction or the frame before, unless a user instance
    of this frame has it. What was made from a prediction remembers it. Nothing is complete yet.

    Args:
        tx: The transaction.
        video: A video of the labels.
        frame_idx: Index of the frame in the video; labeled by this if it is not yet.
        method: One of ``METHODS``.
        at: (x, y) pixels: where the instance goes; a prediction stays where it is, but the
            nearest one is taken.
        selected: The instance that is selected.
        area: (x0, y0, x1, y1) pixels: what the user sees of the frame; None: all.
        skeleton: Of this skeleton; None: of that of the instance it is copied from, or the first.

    Returns:
        The new instance.

    Raises:
        LabelsError: If there is no such method, or the skeleton has no nodes.
    """
    check_method(method)
    number = tx.number_of(video)
    source = find_source(
        *(tx.store, number, int(frame_idx), method),
        skeleton=None if skeleton is None else tx.number_of(skeleton),
        at=at,
        selected=None if selected is None else instance_row(tx.store, selected),
    )
    if source is None:
        draft = Draft.empty(tx.labels.skeleton if skeleton is None else skeleton)
    else:
        draft = _copy(tx, source, is_here=is_on_frame(tx.store, source.row, number, int(frame_idx)))
        if at is not None and draft.prediction is None:
            draft.points = move_to(draft.points, *at)
    filler = Filler(tx, method, video, area, at)
    draft.fill(filler.fill(draft.points, draft.skeleton), is_visible=draft.prediction is None)
    return draft.put(tx, number, int(frame_idx))


def convert_prediction(
    tx: Transaction, prediction: PredictedInstance, *, area: Area | None = None
) -> Instance:
    """Make a user instance of a prediction, which stays and is no longer shown.

    Nodes that were not found are placed as on a typical animal and marked as not visible.

    Args:
        tx: The transaction.
        prediction: A prediction that no user instance was made from.
        area: (x0, y0, x1, y1) pixels: what the user sees of the frame; None: all.

    Returns:
        The new instance; ``from_predicted`` is the prediction.

    Raises:
        LabelsError: If it is no prediction, or a user instance was made from it already.
    """
    row = instance_row(tx.store, prediction)
    frame, number, frame_idx = place_of(tx.store, row)
    if row not in unused_predictions(tx.store, frame):
        raise LabelsError(f"{prediction} is no prediction, or there is a user instance of it.")
    filler = Filler(tx, "best", tx.labels.videos[number], area)
    return _convert(tx, filler, number, frame_idx, row)


def convert_predictions(
    tx: Transaction, video: Video, frame_idx: int, *, area: Area | None = None
) -> list[Instance]:
    """Make user instances of all predictions on a frame that there are none of yet.

    Args:
        tx: The transaction.
        video: A video of the labels.
        frame_idx: Index of the frame in the video.
        area: (x0, y0, x1, y1) pixels: what the user sees of the frame; None: all.

    Returns:
        The new instances, in the order of the predictions.
    """
    number = tx.number_of(video)
    frame = tx.store.occupancy.find(number, int(frame_idx))
    rows = unused_predictions(tx.store, frame) if frame >= 0 else []
    filler = Filler(tx, "best", video, area)
    return [_convert(tx, filler, number, int(frame_idx), row) for row in rows]


def add_missing_nodes(tx: Transaction, instance: Instance, *, area: Area | None = None) -> int:
    """Place the missing nodes of a user instance, marked as not visible.

    Args:
        tx: The transaction.
        instance: A user instance.
        area: (x0, y0, x1, y1) pixels: what the user sees of the frame; None: all.

    Returns:
        How many were missing.

    Raises:
        LabelsError: If the instance is a prediction.
    """
    row = user_row(tx.store, instance)
    points, xy = instance.points.copy(), instance.numpy()
    missing = is_missing(xy)
    _, number, _ = place_of(tx.store, row)
    filled = Filler(tx, "best", tx.labels.videos[number], area).fill(xy, instance.skeleton)
    points["x"][missing], points["y"][missing] = filled[missing].T
    points["visible"][missing] = points["complete"][missing] = False
    tx.set_points(row, points)
    return int(np.count_nonzero(missing))


def _copy(tx: Transaction, source: Source, *, is_here: bool) -> Draft:
    """Draft the copy of a source; beside an instance on the same frame it is seen."""
    draft = Draft.copy_of(tx.labels, source.row)
    if source.origin is Origin.PREDICTION:
        draft.prediction = _view(tx, source.row)
    elif source.origin is not Origin.PRIOR:
        draft.track = None
        if is_here:
            draft.points = draft.points + NUDGE
    return draft


def _convert(tx: Transaction, filler: Filler, video: int, frame_idx: int, row: int) -> Instance:
    """Put the copy of a prediction on its frame."""
    draft = _copy(tx, Source(row, Origin.PREDICTION), is_here=True)
    draft.fill(filler.fill(draft.points, draft.skeleton), is_visible=False)
    return draft.put(tx, video, frame_idx)


def _view(tx: Transaction, row: int) -> PredictedInstance:
    view = instance_view(tx.store, row)
    assert isinstance(view, PredictedInstance)
    return view
