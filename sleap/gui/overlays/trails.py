"""Where tracks have been: a fading line behind each, read from the tables for every step anew.

The frames of a video are kept sorted by time; a step then costs a search, and one gathering of as
many points as the trails have, however long the video is.
"""

from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from attrs import frozen
from qtpy.QtCore import QPointF, Qt
from qtpy.QtGui import QColor, QPainter, QPen

from sleap.core.arrays import sorted_frames
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, IntArray
from sleap.gui.look import Look
from sleap.gui.overlays.colors import shade
from sleap.gui.overlays.view import View
from sleap.render.palette import Palette

FloatArray = npt.NDArray[np.float64]

_N_STEPS = 10  # shades from old to new
_GONE = 0.4  # how strong the trail of a track is that is not on the frame


@frozen(eq=False)
class Trail:
    """Where one node of one track was.

    Attributes:
        track: Number of the track; -1 for the only animal of a video without tracks.
        points: (n, 2) px of the full frame, oldest first, none missing.
        ages: (n,) how many labeled frames ago, from 0.
        is_here: Whether the track is on the current frame.
    """

    track: int
    points: FloatArray
    ages: IntArray
    is_here: bool


class Trails:
    """Gathers trails out of a store."""

    def __init__(self) -> None:
        self._state: tuple[int, int, int, int] | None = None
        self._rows: IntArray = np.empty(0, np.int64)
        self._indices: IntArray = np.empty(0, np.int64)

    def read(
        self, store: Store, video: int, frame_idx: int, length: int, n_nodes: int = 1
    ) -> list[Trail]:
        """Return the trails that end at a frame.

        Args:
            store: The tables.
            video: Number of the video.
            frame_idx: The frame at which they end.
            length: How many labeled frames they go back.
            n_nodes: How many nodes of each instance leave one: those with the most edges.

        Returns:
            The trails of all tracks seen; of what the user set and of what was predicted for one
            track on one frame, they follow the user.
        """
        self._sort(store, video)
        last = int(np.searchsorted(self._indices, frame_idx, side="right"))
        first = max(0, last - length - 1)
        if length <= 0 or last <= first or not store.skeletons:
            return []
        window = self._rows[first:last]
        members, steps = _members(store, window)
        if not len(members):
            return []
        records = store.instances.rows[members]
        tracks = records["track"].astype(np.int64)
        is_user = records["instance_type"] == USER
        keep = tracks >= 0
        if not keep.any():
            keep = _alone(steps, is_user, len(window))
        members, steps, tracks, is_user = members[keep], steps[keep], tracks[keep], is_user[keep]
        is_current = bool(self._indices[last - 1] == frame_idx)
        nodes = trail_nodes(store.skeletons[0], n_nodes)
        places = _gather(store, members, nodes)
        order = np.lexsort((is_user, steps, tracks))
        return [
            trail
            for chosen in np.split(order, np.flatnonzero(np.diff(tracks[order])) + 1)
            if len(chosen)
            for trail in _make(
                chosen, int(tracks[chosen[0]]), steps, places, len(window), is_current
            )
        ]

    def _sort(self, store: Store, video: int) -> None:
        """Bring the frames of the video up to date; a few new ones are sorted in."""
        state = id(store), video, store.frame_removals, len(store.frames)
        old = self._state
        if state == old:
            return
        n_new = state[3] - old[3] if old is not None and state[:3] == old[:3] else -1
        if old is not None and 0 < n_new <= 4096:
            added = store.frames.rows[old[3] :]
            mine = np.flatnonzero(added["video"] == video)
            indices = added["frame_idx"][mine].astype(np.int64)
            ranked = np.argsort(indices, kind="stable")
            places = np.searchsorted(self._indices, indices[ranked])
            self._rows = np.insert(self._rows, places, mine[ranked] + old[3])
            self._indices = np.insert(self._indices, places, indices[ranked])
        else:
            self._rows = sorted_frames(store, video)
            self._rows = self._rows[store.frames.rows["video"][self._rows] == video]
            self._indices = store.frames.rows["frame_idx"][self._rows].astype(np.int64)
        self._state = state


def trail_nodes(skeleton: Skeleton, count: int) -> IntArray:
    """Return the nodes that leave a trail: those in the middle of the skeleton, by their edges."""
    degrees = np.zeros(skeleton.n_nodes, np.int64)
    for edge in skeleton.edges:
        degrees[list(edge)] += 1
    return np.asarray(np.argsort(-degrees, kind="stable")[:count], np.int64)


def _members(store: Store, frames: IntArray) -> tuple[IntArray, IntArray]:
    """Return the rows of the living instances of frames, and the place of the frame of each."""
    records = store.frames.rows[frames]
    starts = records["instance_id_start"].astype(np.int64)
    counts = records["instance_id_end"].astype(np.int64) - starts
    steps = np.repeat(np.arange(len(frames)), counts)
    offsets = np.arange(len(steps)) - np.repeat(np.cumsum(counts) - counts, counts)
    members = np.repeat(starts, counts) + offsets
    if store.extras:
        extra = [
            (row, step)
            for step, frame in enumerate(frames.tolist())
            for row in store.extras.get(frame, ())
        ]
        if extra:
            more = np.array(extra, np.int64)
            members, steps = np.r_[members, more[:, 0]], np.r_[steps, more[:, 1]]
    if store.n_dead_instances:
        alive = ~store.dead_instances.rows[members]
        members, steps = members[alive], steps[alive]
    return members, steps


def _alone(steps: IntArray, is_user: npt.NDArray[np.bool_], n_steps: int) -> npt.NDArray[np.bool_]:
    """Choose, without any track, the instance of each frame that has but one of its kind."""
    n_users = np.bincount(steps[is_user], minlength=n_steps)[steps]
    n_predicted = np.bincount(steps[~is_user], minlength=n_steps)[steps]
    return np.asarray((n_users <= 1) & (n_predicted <= 1))


def _gather(store: Store, members: IntArray, nodes: IntArray) -> FloatArray:
    """Return (n, n_nodes, 2) px of some nodes of instances; NaN if missing or hidden."""
    result = np.full((len(members), len(nodes), 2), np.nan)
    records = store.instances.rows[members]
    starts = records["point_id_start"].astype(np.int64)
    counts = records["point_id_end"].astype(np.int64) - starts
    for kind, table in ((USER, store.points.rows), (PREDICTED, store.pred_points.rows)):
        of_kind = records["instance_type"] == kind
        for column, node in enumerate(nodes.tolist()):
            chosen = np.flatnonzero(of_kind & (counts > node))
            points = table[starts[chosen] + node]
            result[chosen, column, 0] = np.where(points["visible"], points["x"], np.nan)
            result[chosen, column, 1] = points["y"]
    return result


def _make(
    chosen: IntArray, track: int, steps: IntArray, places: FloatArray, n_steps: int, current: bool
) -> list[Trail]:
    """Make the trails of one track; ``chosen`` by frame, of one frame the user's last."""
    mine = steps[chosen]
    is_last = np.r_[mine[1:] != mine[:-1], True]
    chosen, mine = chosen[is_last], mine[is_last]
    is_here = current and int(mine[-1]) == n_steps - 1
    trails = []
    for column in range(places.shape[1]):
        points = places[chosen, column]
        present = np.isfinite(points).all(axis=1)
        if np.count_nonzero(present) > 1:
            ages = n_steps - 1 - mine[present]
            trails.append(Trail(track, points[present], ages, is_here))
    return trails


def paint_trails(
    painter: QPainter, trails: list[Trail], view: View, look: Look, palette: Palette
) -> None:
    """Paint trails, the older the fainter and thinner."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for trail in trails:
        color = shade(palette.color(max(trail.track, 0)), look.trail_shade)
        places = view.place(trail.points)
        low, high = places.min(axis=0), places.max(axis=0)
        if (high < 0).any() or (low > np.array(view.size)).any():
            continue
        corners = [QPointF(x, y) for x, y in places.tolist()]
        freshness = 1 - trail.ages[1:] / max(look.trail_length, 1)
        levels = np.clip((freshness * _N_STEPS).astype(np.int64), 0, _N_STEPS - 1)
        bounds = [0, *(np.flatnonzero(np.diff(levels)) + 1).tolist(), len(levels)]
        for begin, end in pairwise(bounds):
            level = int(levels[begin])
            painter.setPen(_pen(color.rgb(), level, look.trail_width, trail.is_here))
            painter.drawPolyline(corners[begin : end + 1])


@lru_cache(maxsize=4096)
def _pen(rgb: int, level: int, width: float, is_here: bool) -> QPen:
    """Return the pen for one shade of a trail."""
    strength = (level + 1) / _N_STEPS
    color = QColor.fromRgb(rgb)
    color.setAlphaF((0.12 + 0.78 * strength) * (1.0 if is_here else _GONE))
    pen = QPen(color, width * (0.35 + 0.65 * strength))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
