"""A user instance in the making: what it will be, before it is put on its frame."""

import numpy as np
from attrs import define

from sleap.core.instance import Instance, PredictedInstance, instance_view
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.tables import USER, BoolArray, FloatArray
from sleap.core.track import Track
from sleap.editing.edits.instances.poses import is_missing
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError


@define
class Draft:
    """What a user instance will be.

    Args:
        skeleton: A skeleton of the labels.
        points: (n_nodes, 2) pixels, NaN if missing.
        visible: (n_nodes,) which are not marked as occluded.
        track: Its identity, unless a user instance of the frame has it.
        prediction: The prediction it is made from.
    """

    skeleton: Skeleton
    points: FloatArray
    visible: BoolArray
    track: Track | None = None
    prediction: PredictedInstance | None = None

    @classmethod
    def empty(cls, skeleton: Skeleton) -> "Draft":
        """Make one whose points are all missing.

        Raises:
            LabelsError: If the skeleton has no nodes.
        """
        if not len(skeleton):
            raise LabelsError(f"{skeleton} has no nodes: add some before you label.")
        return cls(skeleton, np.full((len(skeleton), 2), np.nan), np.zeros(len(skeleton), bool))

    @classmethod
    def copy_of(cls, labels: Labels, row: int) -> "Draft":
        """Make one with skeleton, points, visibility and track of an instance row."""
        one = instance_view(labels.store, row)
        return cls(one.skeleton, one.numpy(), one.points["visible"].copy(), one.track)

    def fill(self, points: FloatArray, *, is_visible: bool) -> None:
        """Take places for the points that are missing.

        Args:
            points: (n_nodes, 2) pixels.
            is_visible: Whether the points placed are.
        """
        missing = is_missing(self.points)
        self.points = np.where(missing[:, None], points, self.points)
        self.visible = np.where(missing, is_visible, self.visible)

    def put(self, tx: Transaction, video: int, frame_idx: int) -> Instance:
        """Put it on a frame, which is labeled by this if it is not yet.

        Args:
            tx: The transaction.
            video: Number of the video.
            frame_idx: Index of the frame in the video.

        Returns:
            The new instance; no node of it is complete.
        """
        frame = tx.add_frame(video, frame_idx)
        records = tx.store.instances.rows[np.array(tx.store.members(frame), np.int64)]
        taken = records["track"][records["instance_type"] == USER].tolist()
        is_free = self.track is None or tx.number_of(self.track) not in taken
        track = self.track if is_free else None
        instance = Instance(self.skeleton, self.points, track, self.prediction)
        instance.points["visible"] = self.visible & ~is_missing(self.points)
        tx.add_instances([frame], [instance])
        return instance
