"""Tables of which rows are lost or wrong, brought to tables that fit together.

Only what is wrong is dropped: a bad track number costs the track and not the pose, a bad frame
costs the instances that no other sign assigns to a frame. Everything is renumbered.
"""

from collections.abc import Sequence

import numpy as np
from attrs import define, field, frozen

from sleap.core.occupancy import FRAME_BITS
from sleap.core.skeleton import Skeleton
from sleap.core.tables import (
    FRAMES,
    INSTANCES,
    POINTS,
    PRED_POINTS,
    PREDICTED,
    USER,
    BoolArray,
    IntArray,
    Rows,
)

MAX_NODES = 4096
"""Points of an instance, at most; more are damage."""

RARE = 0.05
"""Share of the instances of a skeleton below which a number of points is damage."""


@frozen
class Part:
    """A table of a damaged file.

    Args:
        rows: (n,) as long as the table was; lost rows are zeros.
        is_there: (n,) which rows were read.
    """

    rows: Rows
    is_there: BoolArray

    @classmethod
    def empty(cls, dtype: "np.dtype[np.void]") -> "Part":
        """A table of which nothing is known."""
        return cls(np.zeros(0, dtype), np.zeros(0, bool))


@define
class Parts:
    """The four tables of a damaged file."""

    frames: Part = field(factory=lambda: Part.empty(FRAMES))
    instances: Part = field(factory=lambda: Part.empty(INSTANCES))
    points: Part = field(factory=lambda: Part.empty(POINTS))
    pred_points: Part = field(factory=lambda: Part.empty(PRED_POINTS))


@frozen
class Mended:
    """Tables that fit together, and what it took.

    Args:
        frames: As in ``sleap.core.tables``, and so are the others.
        instances: Ids are row numbers.
        points: Packed in the order of the instances.
        pred_points: Packed in the order of the instances.
        notes: How often each kind of damage was met, by a phrase for a person.
    """

    frames: Rows
    instances: Rows
    points: Rows
    pred_points: Rows
    notes: dict[str, int]


def count_nodes(parts: Parts) -> list[int]:
    """Guess how many nodes each skeleton has from the numbers of points of its instances.

    Returns:
        By number of the skeleton; empty if nothing can be told.
    """
    rows = parts.instances.rows[parts.instances.is_there]
    counts, numbers = _point_counts(rows), rows["skeleton"].astype(np.int64)
    fits = (counts > 0) & (numbers < 1 + len(rows)) & (numbers < 1000)
    if not fits.any():
        return []
    usual = []
    for number in range(int(numbers[fits].max()) + 1):
        own = counts[fits & (numbers == number)]
        usual.append(int(np.bincount(own).argmax()) if len(own) else 1)
    return usual


def add_missing_nodes(parts: Parts, skeletons: Sequence[Skeleton]) -> int:
    """Add placeholder nodes to skeletons whose instances have more points than they have nodes.

    Returns:
        How many nodes were added.
    """
    rows = parts.instances.rows[parts.instances.is_there]
    counts, added = _point_counts(rows), 0
    for number, skeleton in enumerate(skeletons):
        own = counts[(rows["skeleton"] == number) & (counts > 0)]
        if not len(own):
            continue
        tally = np.bincount(own)
        usual = np.flatnonzero(tally >= max(RARE * len(own), 1))
        while len(usual) and skeleton.n_nodes < usual[-1]:
            name = f"node_{skeleton.n_nodes + 1}"
            skeleton.add_node(name if name not in skeleton else f"{name}_")
            added += 1
    return added


def mend(parts: Parts, n_videos: int, skeletons: Sequence[Skeleton], n_tracks: int) -> Mended:
    """Make tables that fit together of what is left.

    Args:
        parts: The tables.
        n_videos: How many videos there are.
        skeletons: The skeletons; instances with fewer points get missing points at the end.
        n_tracks: How many tracks there are.
    """
    notes: dict[str, int] = {}
    frames, instances = parts.frames.rows, parts.instances.rows
    good_frames = parts.frames.is_there & _plausible_frames(parts.frames, n_videos)
    _note(notes, "frames with impossible numbers", parts.frames.is_there & ~good_frames)
    n_nodes = np.array([skeleton.n_nodes for skeleton in skeletons], np.int64)
    numbers, is_known = _skeleton_numbers(instances, n_nodes)
    counts = _point_counts(instances)
    is_fitting = is_known & (counts > 0)
    is_fitting[is_known] &= counts[is_known] <= n_nodes[numbers[is_known]]
    has_points = _has_points(parts, counts)
    good = parts.instances.is_there & (instances["instance_type"] <= PREDICTED) & is_fitting
    _note(notes, "instances with impossible numbers", parts.instances.is_there & ~good)
    _note(notes, "instances whose points are lost", good & ~has_points)
    good &= has_points
    owners = _owners(frames, instances, good_frames)
    _note(notes, "instances whose frame is lost", good & (owners < 0))
    good &= owners >= 0
    owners, good_frames = _merge_doubles(frames, owners, good_frames)
    chosen = np.flatnonzero(good)
    chosen = chosen[np.argsort(owners[chosen], kind="stable")]
    short = counts[chosen] < n_nodes[numbers[chosen]] if len(chosen) else np.zeros(0, bool)
    _note(notes, "instances with fewer points than nodes", short)
    new = instances[chosen].copy()
    new["skeleton"] = numbers[chosen]
    wrong_track = (new["track"] < -1) | (new["track"] >= n_tracks)
    _note(notes, "instances with an impossible track, now without", wrong_track)
    new["track"][wrong_track] = -1
    new["from_predicted"] = _origins(instances, chosen)
    new["instance_id"] = np.arange(len(new))
    points = [_gather(parts, new, kind, n_nodes, notes) for kind in (USER, PREDICTED)]
    new_frames = _number_frames(frames, np.flatnonzero(good_frames), owners[chosen], new)
    return Mended(new_frames, new, points[USER], points[PREDICTED], notes)


def rebuild_instances(parts: Parts, n_nodes: int) -> Rows | None:
    """Rebuild a lost table of instances where frames and one table of points say what it was.

    That is so if all instances were of one kind and of one skeleton: the frames tell the number
    of instances, and the points follow each other. Tracks and scores are lost.

    Returns:
        The instances, or None.
    """
    frames = parts.frames.rows[parts.frames.is_there]
    kinds = [kind for kind in (USER, PREDICTED) if len(_table(parts, kind).rows)]
    n = int(frames["instance_id_end"].max(initial=0))
    if len(kinds) != 1 or n_nodes < 1 or n * n_nodes != len(_table(parts, kinds[0]).rows) or not n:
        return None
    rows = np.zeros(n, INSTANCES)
    rows["instance_id"] = np.arange(n)
    rows["instance_type"] = kinds[0]
    rows["track"] = rows["from_predicted"] = -1
    rows["tracking_score"] = np.nan
    rows["point_id_start"] = np.arange(n) * n_nodes
    rows["point_id_end"] = rows["point_id_start"] + n_nodes
    rows["frame_id"] = np.iinfo(np.int64).max
    return rows


def _plausible_frames(table: Part, n_videos: int) -> BoolArray:
    frames = table.rows
    plausible: BoolArray = (frames["video"] < n_videos) & (frames["frame_idx"] < 1 << FRAME_BITS)
    # Pages that were never written read as zeros: more frames 0 without instances.
    blank = table.is_there & (frames["frame_id"] == 0) & (frames["instance_id_end"] == 0)
    blank &= (frames["frame_idx"] == 0) & (frames["video"] == 0)
    blank[np.flatnonzero(blank)[:1]] = False
    plausible &= ~blank
    return plausible


def _point_counts(instances: Rows) -> IntArray:
    """Return (n,) numbers of points; 0 where the range makes no sense."""
    starts, ends = instances["point_id_start"], instances["point_id_end"]
    fits = (starts < ends) & (ends < 1 << 62)
    counts = np.where(fits, ends - starts, 0)
    return np.where(counts <= MAX_NODES, counts, 0).astype(np.int64)


def _skeleton_numbers(instances: Rows, n_nodes: IntArray) -> tuple[IntArray, BoolArray]:
    """Return the skeletons, and which of them are; a wrong number means the only one there is."""
    numbers = instances["skeleton"].astype(np.int64)
    is_known = numbers < len(n_nodes)
    if len(n_nodes) == 1:
        is_known = is_known | (_point_counts(instances) == n_nodes[0])
        numbers = np.zeros(len(instances), np.int64)
    return np.where(is_known, numbers, 0), is_known


def _has_points(parts: Parts, counts: IntArray) -> BoolArray:
    """Tell which instances have any point that was read."""
    instances = parts.instances.rows
    result = np.zeros(len(instances), bool)
    for kind in (USER, PREDICTED):
        table = _table(parts, kind)
        before = np.concatenate([[0], np.cumsum(table.is_there)])
        own = np.flatnonzero((instances["instance_type"] == kind) & (counts > 0))
        starts = np.minimum(instances["point_id_start"][own], len(table.rows)).astype(np.int64)
        ends = np.minimum(instances["point_id_end"][own], len(table.rows)).astype(np.int64)
        result[own] = before[ends] > before[starts]
    return result


def _owners(frames: Rows, instances: Rows, good: BoolArray) -> IntArray:
    """Return (n_instances,) the frame that owns each instance, -1 for none.

    The ranges of the frames decide; where several claim an instance or none does, the number of
    the frame that the instance names.
    """
    n = len(instances)
    owners = np.full(n, -1, np.int64)
    rows = np.flatnonzero(good)
    starts = np.minimum(frames["instance_id_start"][rows], n).astype(np.int64)
    ends = np.minimum(frames["instance_id_end"][rows], n).astype(np.int64)
    lengths = np.maximum(ends - starts, 0)
    order = np.argsort(lengths, kind="stable")
    # Damaged ranges are huge: the longest are left out until the rest could be true.
    order = order[np.cumsum(lengths[order]) <= 2 * n][::-1]
    rows, starts, lengths = rows[order], starts[order], lengths[order]
    before = np.cumsum(lengths) - lengths
    claimed = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
    owners[claimed] = np.repeat(rows, lengths)  # the shortest range comes last and wins
    claims = np.bincount(claimed, minlength=n)
    named = _named_frames(frames, instances, good)
    return np.where((claims != 1) & (named >= 0), named, owners)


def _named_frames(frames: Rows, instances: Rows, good: BoolArray) -> IntArray:
    rows = np.flatnonzero(good)
    ids, first, n_same = np.unique(frames["frame_id"][rows], return_index=True, return_counts=True)
    rows, ids = rows[first[n_same == 1]], ids[n_same == 1]
    if not len(rows):
        return np.full(len(instances), -1, np.int64)
    place = np.searchsorted(ids, instances["frame_id"]).clip(max=len(ids) - 1)
    return np.where(ids[place] == instances["frame_id"], rows[place], -1)


def _merge_doubles(frames: Rows, owners: IntArray, good: BoolArray) -> tuple[IntArray, BoolArray]:
    """Let the first of several frames of one video and index own what they own."""
    rows = np.flatnonzero(good)
    keys = frames["video"][rows].astype(np.uint64) << np.uint64(FRAME_BITS)
    keys |= frames["frame_idx"][rows]
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    target = np.full(len(frames), -1, np.int64)
    target[rows] = rows[first[place.reshape(-1)]]
    is_first = np.zeros(len(frames), bool)
    is_first[rows[first]] = True
    return np.where(owners >= 0, target[owners] if len(target) else owners, -1), is_first


def _origins(instances: Rows, chosen: IntArray) -> IntArray:
    """Return the new ``from_predicted`` of the chosen instances."""
    ids, wanted = instances["instance_id"][chosen], instances["from_predicted"][chosen]
    if not len(ids):
        return np.zeros(0, np.int64)
    order = np.argsort(ids, kind="stable")
    place = np.searchsorted(ids, wanted, sorter=order).clip(max=len(ids) - 1)
    return np.where((ids[order[place]] == wanted) & (wanted >= 0), order[place], -1)


def _gather(parts: Parts, new: Rows, kind: int, n_nodes: IntArray, notes: dict[str, int]) -> Rows:
    """Collect the points of the new instances of a kind, and renumber them."""
    table = _table(parts, kind)
    own = np.flatnonzero(new["instance_type"] == kind)
    sizes = n_nodes[new["skeleton"][own]] if len(own) else np.zeros(0, np.int64)
    ends = np.cumsum(sizes)
    starts = new["point_id_start"][own].astype(np.int64)
    counts = new["point_id_end"][own].astype(np.int64) - starts
    node = np.arange(int(sizes.sum())) - np.repeat(ends - sizes, sizes)
    source = np.repeat(starts, sizes) + node
    is_own = (node < np.repeat(counts, sizes)) & (source < len(table.rows))
    source = np.where(is_own, source, 0)
    points = np.zeros(len(source), table.rows.dtype)
    is_read = is_own.copy()
    if len(table.rows):
        is_read &= table.is_there[source]
        points[is_read] = table.rows[source[is_read]]
    _note(notes, "points of saved instances, now missing", is_own & ~is_read)
    for name in ("visible", "complete"):  # damage makes bytes that are neither true nor false
        flags = points[name].view(np.uint8)
        flags[:] = flags != 0
    # Pages that were never written read as zeros: a point at the very corner, and not visible.
    blank = (points["x"] == 0) & (points["y"] == 0) & ~points["visible"]
    absurd = ~(np.abs(points["x"]) < 1e7) | ~(np.abs(points["y"]) < 1e7)
    gone = ~is_read | blank | absurd
    _note(notes, "points at impossible places", is_read & absurd & ~np.isnan(points["x"]))
    for name in ("x", "y"):
        points[name][gone] = np.nan
    points["visible"] &= ~gone
    new["point_id_start"][own] = ends - sizes
    new["point_id_end"][own] = ends
    return points


def _number_frames(frames: Rows, kept: IntArray, owners: IntArray, new: Rows) -> Rows:
    result = frames[kept].copy()
    result["frame_id"] = np.arange(len(kept))
    result["instance_id_start"] = np.searchsorted(owners, kept, "left")
    result["instance_id_end"] = np.searchsorted(owners, kept, "right")
    new["frame_id"] = np.searchsorted(kept, owners)
    return result


def _table(parts: Parts, kind: int) -> Part:
    return parts.points if kind == USER else parts.pred_points


def _note(notes: dict[str, int], what: str, rows: BoolArray) -> None:
    if n := int(np.count_nonzero(rows)):
        notes[what] = notes.get(what, 0) + n
