"""The instances of a frame as arrays, read from the tables once and painted many times."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import PREDICTED

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@frozen(eq=False)
class Pose:
    """One instance as it is painted.

    Attributes:
        row: Its row in the table of instances.
        skeleton: What its points mean.
        points: (n_nodes, 2) px of the full frame; NaN if missing.
        visible: (n_nodes,) False where the user marked a node as hidden.
        complete: (n_nodes,) whether the user placed or confirmed a node.
        is_predicted: Whether a network found it.
        track: Number of its track; -1 for none.
        track_name: Name of its track, or "".
        score: How sure the network was; NaN of those the user set.
        rank: Its place among those that are numbered, from 0; users come first.
    """

    row: int
    skeleton: Skeleton
    points: FloatArray
    visible: BoolArray
    complete: BoolArray
    is_predicted: bool = False
    track: int = -1
    track_name: str = ""
    score: float = float("nan")
    rank: int = 0

    @property
    def is_present(self) -> BoolArray:
        """(n_nodes,) which points are anywhere."""
        return np.asarray(np.isfinite(self.points).all(axis=1))

    def shown(self, with_hidden: bool) -> BoolArray:
        """(n_nodes,) which points are painted, with or without those marked as hidden."""
        present = self.is_present
        return present if with_hidden else np.asarray(present & self.visible)

    def at(self, points: FloatArray) -> "Pose":
        """Return it with its points elsewhere."""
        return evolve(self, points=points)

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """(x0, y0, x1, y1) px of the points there are; None if there is none."""
        points = self.points[self.is_present]
        if not len(points):
            return None
        (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return x0, y0, x1, y1


def read_poses(store: Store, rows: Sequence[int]) -> list[Pose]:
    """Copy instances out of the tables.

    Args:
        store: The tables.
        rows: Rows of instances, in the order in which they are painted.

    Returns:
        A pose for each.
    """
    records = store.instances.rows[np.asarray(rows, np.int64)]
    is_predicted = records["instance_type"] == PREDICTED
    n_users = int(np.count_nonzero(~is_predicted))
    ranks = np.where(is_predicted, np.cumsum(is_predicted) + n_users, np.cumsum(~is_predicted)) - 1
    poses = []
    for row, record, predicted, rank in zip(rows, records, is_predicted, ranks, strict=True):
        points = store.points_of(row)
        xy = np.empty((len(points), 2))
        xy[:, 0], xy[:, 1] = points["x"], points["y"]
        track = int(record["track"])
        poses.append(
            Pose(
                int(row),
                store.skeletons[int(record["skeleton"])],
                xy,
                np.array(points["visible"], bool),
                np.array(points["complete"], bool),
                bool(predicted),
                track,
                store.tracks[track].name if 0 <= track < len(store.tracks) else "",
                float(record["score"]) if predicted else float("nan"),
                int(rank),
            )
        )
    return poses
