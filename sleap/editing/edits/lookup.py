"""What edits are given, found in the labels: rows of instances and frames, or a refusal."""

import numpy as np

from sleap.core.instance import Instance
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, IntArray
from sleap.errors import LabelsError


def instance_row(store: Store, instance: Instance) -> int:
    """Return the row of an instance.

    Raises:
        LabelsError: If it is not in the labels (any more).
    """
    row = instance.row
    if row < 0 or store.instance_views.get(row) is not instance or not instance.is_attached:
        raise LabelsError(f"{instance} is not in these labels: it may have been removed.")
    return row


def user_row(store: Store, instance: Instance) -> int:
    """Return the row of an instance that the user may change.

    Raises:
        LabelsError: If it is not in the labels, or a prediction.
    """
    if instance.is_predicted:
        raise LabelsError(
            f"{instance} is a prediction, which stays as it was found: make a user instance of it "
            "first (double-click it)."
        )
    return instance_row(store, instance)


def place_of(store: Store, row: int) -> tuple[int, int, int]:
    """Return frame row, number of the video and frame index of an instance row."""
    frame = int(store.instances.rows["frame_id"][row])
    record = store.frames.rows[frame]
    return frame, int(record["video"]), int(record["frame_idx"])


def kinds_of(store: Store, rows: list[int]) -> list[int]:
    """Return ``USER`` or ``PREDICTED`` for each of a few instance rows."""
    kinds: list[int] = store.instances.rows["instance_type"][np.array(rows, np.int64)].tolist()
    return kinds


def shown_members(store: Store, frame: int) -> list[int]:
    """Return the instance rows of a frame without the predictions that user instances came from."""
    rows = store.members(frame)
    records = store.instances.rows[np.array(rows, np.int64)]
    is_user = records["instance_type"] == USER
    used = set(records["from_predicted"][is_user].tolist())
    return [
        row for row, user in zip(rows, is_user.tolist(), strict=True) if user or row not in used
    ]


def unused_predictions(store: Store, frame: int) -> list[int]:
    """Return the rows of the predictions on a frame that no user instance there came from."""
    rows = shown_members(store, frame)
    kinds = kinds_of(store, rows)
    return [row for row, kind in zip(rows, kinds, strict=True) if kind == PREDICTED]


def rows_with_tracks(store: Store, numbers: list[int]) -> IntArray:
    """Return the rows of all living instances that have one of a few tracks, ascending."""
    column = store.instances.rows["track"]
    mask = column == numbers[0]
    for number in numbers[1:]:
        mask |= column == number
    rows = np.flatnonzero(mask)
    chosen: IntArray = rows[~store.dead_instances.rows[rows]]
    return chosen
