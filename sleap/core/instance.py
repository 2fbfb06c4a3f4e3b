"""One animal on one frame: labeled by the user, or predicted by a network."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt
from attrs import define

from sleap.core.points import PointsLike, make_points
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import (
    POINTS,
    PRED_POINTS,
    PREDICTED,
    BoolArray,
    FloatArray,
    Rows,
)
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError

XY = tuple[float, float]


class HoldingFrame(Protocol):
    """The frame that an instance lies on, seen from below: a ``LabeledFrame``."""

    @property
    def row(self) -> int:
        """Row in the table of frames of its labels; -1 while it stands free."""

    @property
    def video(self) -> Video:
        """The video it lies in."""

    @property
    def frame_idx(self) -> int:
        """Its index in the video."""

    @property
    def instances(self) -> "list[Instance]":
        """The instances on it, in order."""


@define(eq=False)
class _Own:
    """What an instance holds itself while it belongs to no labels."""

    skeleton: Skeleton
    points: Rows
    track: Track | None
    from_predicted: "PredictedInstance | None"
    score: float
    tracking_score: float
    frame: HoldingFrame | None = None


class Instance:
    """The points of one animal on one frame, set by the user.

    Made like this it stands free and owns its points. Appended to a frame of labels it becomes a
    view of a row of their tables, and so is every instance that labels hand out: reading and
    setting goes to the tables. There is at most one view of a row at a time.

    Args:
        skeleton: What the points mean.
        points: (n_nodes, 2) float, (x, y) in pixels of the full frame, NaN if missing; or a
            mapping from node names to (x, y), the other nodes missing. None: all missing.
        track: The identity, if known.
        from_predicted: The prediction the user started from, if any. Kept only if that is in
            the same labels when this instance is appended.

    Raises:
        LabelsError: If the points do not fit the skeleton.
    """

    __slots__ = ("__weakref__", "_own", "_row", "_store")

    is_predicted: ClassVar[bool] = False

    def __init__(
        self,
        skeleton: Skeleton,
        points: PointsLike | None = None,
        track: Track | None = None,
        from_predicted: "PredictedInstance | None" = None,
    ) -> None:
        self._store: Store | None = None
        self._row = -1
        self._own: _Own | None = _Own(
            skeleton,
            make_points(skeleton, points, PRED_POINTS if self.is_predicted else POINTS),
            track,
            from_predicted,
            np.nan,
            np.nan,
        )

    def __repr__(self) -> str:
        track = f", track '{self.track.name}'" if self.track is not None else ""
        return f"{type(self).__name__}({self.n_visible} of {len(self)} points{track})"

    def __len__(self) -> int:
        """Count the nodes, found or missing."""
        return len(self.points)

    # -- what it is -----------------------------------------------------------------------------

    @property
    def row(self) -> int:
        """Row in the table of instances of its labels; -1 while it stands free."""
        return self._row

    @property
    def is_attached(self) -> bool:
        """Whether it belongs to labels (and was not removed from them)."""
        return self._store is not None and not bool(self._store.dead_instances.rows[self._row])

    @property
    def skeleton(self) -> Skeleton:
        """What the points mean."""
        if self._store is None:
            return self._free.skeleton
        return self._store.skeletons[int(self._record["skeleton"])]

    @property
    def frame(self) -> HoldingFrame | None:
        """The frame it lies on; None if it lies on none."""
        if self._store is None:
            return self._free.frame
        if not self.is_attached:
            return None
        frame: HoldingFrame = self._store.make_frame_view(
            self._store, int(self._record["frame_id"])
        )
        return frame

    @property
    def track(self) -> Track | None:
        """The identity, or None; setting one unknown to the labels adds it to their tracks."""
        if self._store is None:
            return self._free.track
        index = int(self._record["track"])
        return None if index < 0 else self._store.tracks[index]

    @track.setter
    def track(self, track: Track | None) -> None:
        if self._store is None:
            self._free.track = track
        else:
            self._set("track", self._store.track_index(track))

    @property
    def from_predicted(self) -> "PredictedInstance | None":
        """The prediction the user started from; None if there is none or it was removed."""
        origin = self._origin()
        return origin if self._store is None or origin is None or origin.is_attached else None

    @from_predicted.setter
    def from_predicted(self, origin: "PredictedInstance | None") -> None:
        if self._store is None:
            self._free.from_predicted = origin
            return
        if origin is not None and origin._store is not self._store:
            raise LabelsError("An instance can come only from a prediction in the same labels.")
        self._set("from_predicted", -1 if origin is None else origin._row)

    @property
    def score(self) -> float:
        """Confidence of the pose; NaN for an instance set by the user."""
        return float(self._free.score if self._store is None else self._record["score"])

    @score.setter
    def score(self, score: float) -> None:
        if self._store is None:
            self._free.score = score
        else:
            self._set("score", score)

    @property
    def tracking_score(self) -> float:
        """How well it fitted its track; NaN if unknown."""
        return float(
            self._free.tracking_score if self._store is None else self._record["tracking_score"]
        )

    @tracking_score.setter
    def tracking_score(self, score: float) -> None:
        if self._store is None:
            self._free.tracking_score = score
        else:
            self._set("tracking_score", score)

    # -- its points -----------------------------------------------------------------------------

    @property
    def points(self) -> Rows:
        """(n_nodes,) x, y, visible, complete (and score, of a prediction), without copying.

        Read-only while the labels lie on a read-only (memory-mapped) array; ``instance[node]``
        and ``set_points`` always write. Do not keep it: labels that grow leave it behind.
        """
        return self._free.points if self._store is None else self._store.points_of(self._row)

    def numpy(self) -> FloatArray:
        """Return a copy of the points: (n_nodes, 2) float64, (x, y) pixels, NaN if missing."""
        points = self.points
        result = np.empty((len(points), 2))
        result[:, 0], result[:, 1] = points["x"], points["y"]
        return result

    def set_points(self, points: npt.ArrayLike) -> None:
        """Move all points.

        Args:
            points: (n_nodes, 2), (x, y) in pixels of the full frame, NaN if missing. Points that
                appear become visible; of others the flags stay.

        Raises:
            LabelsError: If the shape does not fit the skeleton.
        """
        xy = np.asarray(points, np.float64)
        rows = self._writable_points
        if xy.shape != (len(rows), 2):
            raise LabelsError(
                f"Points of shape {xy.shape} do not fit {self.skeleton}: expected ({len(rows)}, 2)."
            )
        rows["visible"] |= np.isnan(rows["x"]) & ~np.isnan(xy[:, 0])
        rows["x"], rows["y"] = xy[:, 0], xy[:, 1]

    def __getitem__(self, node: str | int) -> XY:
        """Return (x, y) of a node, pixels; NaN if missing."""
        point = self.points[self.skeleton.index(node)]
        return float(point["x"]), float(point["y"])

    def __setitem__(self, node: str | int, xy: Sequence[float]) -> None:
        """Set (x, y) of a node, pixels, and make it visible; NaN makes it missing."""
        x, y = xy
        point = self._writable_points[self.skeleton.index(node)]
        point["x"], point["y"], point["visible"] = x, y, not np.isnan(x)

    @property
    def is_visible(self) -> BoolArray:
        """(n_nodes,) bool: which points are there and not marked as occluded."""
        points = self.points
        visible: BoolArray = points["visible"] & ~np.isnan(points["x"])
        return visible

    @property
    def n_visible(self) -> int:
        """How many points are there and not marked as occluded."""
        return int(np.count_nonzero(self.is_visible))

    def centroid(self) -> FloatArray:
        """Return the mean (x, y) of the visible points, pixels; NaN if there is none."""
        xy = self.numpy()[self.is_visible]
        return xy.mean(axis=0) if len(xy) else np.full(2, np.nan)

    def bounding_box(self) -> FloatArray:
        """Return (x0, y0, x1, y1) of all points that are there, pixels; NaN if there is none."""
        xy = self.numpy()
        xy = xy[~np.isnan(xy[:, 0])]
        return np.concatenate((xy.min(axis=0), xy.max(axis=0))) if len(xy) else np.full(4, np.nan)

    # -- inside ---------------------------------------------------------------------------------

    @property
    def _free(self) -> _Own:
        assert self._own is not None
        return self._own

    @property
    def _record(self) -> Any:
        assert self._store is not None
        return self._store.instances.rows[self._row]

    def _origin(self) -> "PredictedInstance | None":
        """Return the prediction the user started from, even if it was removed."""
        if self._store is None:
            return self._free.from_predicted
        row = int(self._record["from_predicted"])
        origin = None if row < 0 else instance_view(self._store, row)
        return origin if isinstance(origin, PredictedInstance) else None

    def _set(self, name: str, value: float) -> None:
        assert self._store is not None
        self._store.instances.writable[name][self._row] = value

    @property
    def _writable_points(self) -> Rows:
        if self._store is None:
            return self._free.points
        return self._store.points_of(self._row, writable=True)

    def _become(self, store: Store, row: int) -> None:
        """Turn into the view of a row."""
        self._store, self._row, self._own = store, row, None
        store.instance_views[row] = self


class PredictedInstance(Instance):
    """The points of one animal on one frame, found by a network.

    Args:
        skeleton: What the points mean.
        points: As for ``Instance``.
        track: The identity, if known.
        from_predicted: Always None in practice; there for symmetry of files.
        point_scores: (n_nodes,) float, confidence of each point; 0 if not given.
        score: Confidence of the pose.
        tracking_score: How well it fits its track; NaN if unknown.

    Raises:
        LabelsError: If the points or scores do not fit the skeleton.
    """

    __slots__ = ()

    is_predicted: ClassVar[bool] = True

    def __init__(
        self,
        skeleton: Skeleton,
        points: PointsLike | None = None,
        track: Track | None = None,
        from_predicted: "PredictedInstance | None" = None,
        point_scores: npt.ArrayLike | None = None,
        score: float = 0.0,
        tracking_score: float = np.nan,
    ) -> None:
        super().__init__(skeleton, points, track, from_predicted)
        if point_scores is not None:
            scores = np.asarray(point_scores, np.float64)
            if scores.shape != (skeleton.n_nodes,):
                raise LabelsError(
                    f"Point scores of shape {scores.shape} do not fit {skeleton}: "
                    f"expected ({skeleton.n_nodes},)."
                )
            self._free.points["score"] = scores
        self._free.score = score
        self._free.tracking_score = tracking_score

    @property
    def point_scores(self) -> FloatArray:
        """(n_nodes,) confidence of each point; a copy."""
        return np.array(self.points["score"])


def instance_view(store: Store, row: int) -> Instance:
    """Return the view of an instance row."""
    view: Instance | None = store.instance_views.get(row)
    if view is None:
        predicted = store.instances.rows["instance_type"][row] == PREDICTED
        view = object.__new__(PredictedInstance if predicted else Instance)
        view._become(store, row)
    return view
