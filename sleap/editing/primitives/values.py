"""Columns of rows, and points."""

import numpy as np
import numpy.typing as npt

from sleap.core.tables import PREDICTED, Rows
from sleap.editing.changes.values import SetPoints, SetValues, point_rows
from sleap.editing.point_values import PointsLike, as_points
from sleap.editing.primitives.recording import Recording, RowsLike
from sleap.errors import LabelsError


class ValuePrimitives(Recording):
    """What sets values of frames, instances and points."""

    def set_values(self, table: str, column: str, rows: RowsLike, values: npt.ArrayLike) -> None:
        """Set one column of frames or instances.

        Args:
            table: "frames" or "instances".
            column: Such as "track", "score", "tracking_score", "from_predicted".
            rows: (n,) rows, each once.
            values: (n,) or one for all.
        """
        source = {"frames": self.store.frames, "instances": self.store.instances}[table]
        chosen = np.asarray(rows, np.int64)
        old = source.rows[column][chosen]
        new = np.empty_like(old)
        new[...] = values
        changed = np.flatnonzero(_bytes(old) != _bytes(new))
        if len(changed):
            self.record(SetValues(table, column, chosen[changed], old[changed], new[changed]))

    def set_tracks(self, rows: RowsLike, tracks: npt.ArrayLike) -> None:
        """Set the tracks of instances.

        Args:
            rows: (n,) rows of instances.
            tracks: (n,) numbers of tracks, -1 for none; or one for all.

        Raises:
            LabelsError: If there is no such track.
        """
        numbers = np.asarray(tracks, np.int64)
        n_tracks = len(self.labels.tracks)
        if numbers.size and (numbers.min() < -1 or numbers.max() >= n_tracks):
            raise LabelsError(
                f"Track {numbers.min()} to {numbers.max()}: there are {n_tracks} tracks "
                "(-1 for none)."
            )
        self.set_values("instances", "track", rows, numbers)

    def set_points(self, row: int, points: PointsLike) -> None:
        """Set points of one instance.

        Args:
            row: Row of the instance.
            points: One of: nodes (names or indices) to (x, y), (x, y, visible) or (x, y, visible,
                complete), other nodes stay; (n_nodes, 2) array of x and y, NaN if missing;
                (n_nodes,) structured rows with fields x, y and any of visible, complete, score.
                Where visibility is not given, a point that was missing becomes visible, and one
                that becomes missing becomes invisible.

        Raises:
            LabelsError: If the points do not fit the skeleton.
        """
        skeleton = self.labels.skeletons[int(self.store.instances.rows["skeleton"][row])]
        nodes, values = as_points(skeleton, self.store.points_of(row), points)
        self.set_point_values(np.full(len(nodes), row), nodes, values)

    def set_point_values(self, instances: RowsLike, nodes: RowsLike, values: Rows) -> None:
        """Set many points.

        Args:
            instances: (n,) rows of instances: all user ones, or all predicted ones.
            nodes: (n,) index of the node of each.
            values: (n,) ``POINTS`` or ``PRED_POINTS``, whichever table the points are in.
        """
        owners, places = np.asarray(instances, np.int64), np.asarray(nodes, np.int64)
        old = self.point_values(owners, places)
        if values.dtype != old.dtype:
            raise ValueError(f"points of type {values.dtype}: expected {old.dtype}")
        changed = np.flatnonzero(_bytes(old) != _bytes(values))
        if len(changed):
            change = SetPoints(owners[changed], places[changed], old[changed], values[changed])
            self.record(change)

    def point_values(self, instances: RowsLike, nodes: RowsLike) -> Rows:
        """Return a copy of many points, (n,), named as for ``set_point_values``."""
        owners, places = np.asarray(instances, np.int64), np.asarray(nodes, np.int64)
        kinds = np.unique(self.store.instances.rows["instance_type"][owners])
        if len(kinds) > 1:
            raise ValueError("points of user and of predicted instances lie in two tables")
        is_predicted = len(kinds) and kinds[0] == PREDICTED
        table = self.store.pred_points if is_predicted else self.store.points
        values: Rows = table.rows[point_rows(self.store, owners, places)]
        return values


def _bytes(values: Rows) -> Rows:
    """Return (n,) values to be compared bit by bit, so that NaN equals NaN."""
    size = values.dtype.itemsize
    return np.ascontiguousarray(values).view(f"u{size}" if size in (1, 2, 4, 8) else f"V{size}")
