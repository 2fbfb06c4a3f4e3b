"""What the labels of a project tell of the animals: how many, how large, how near, which way."""

from collections.abc import Iterable
from typing import Self

import numpy as np
from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.nn.data.example import FloatArray
from sleap.nn.data.providers import UsableFrame, usable_frames


@frozen(eq=False)
class Animals:
    """Measures of the instances that the user set; lengths in pixels of the full frame.

    Attributes:
        n_frames: Frames that can be learned from.
        n_instances: Instances on them.
        most: The most instances on one frame.
        image_shape: (height, width) of the largest frame; (0, 0) if no video tells.
        channels: Colour channels of the first video that tells, else 1.
        lengths: (n_instances,) longer side of each bounding box.
        edge_lengths: Lengths of all edges that are seen.
        node_gap: Median over instances of the distance of the two nearest nodes; NaN if no instance
            has two.
        headings: (n,) direction in which instances with two nodes or more lie, radians.
    """

    n_frames: int
    n_instances: int
    most: int
    image_shape: tuple[int, int]
    channels: int
    lengths: FloatArray
    edge_lengths: FloatArray
    node_gap: float
    headings: FloatArray

    @classmethod
    def measure(cls, labels: Labels) -> Self:
        """Measure what the user labeled.

        Raises:
            LabelsError: If there is nothing to learn from.
        """
        skeleton = labels.skeleton
        frames = usable_frames(labels, skeleton.node_names)
        points = [np.asarray(frame.points, np.float64) for frame in frames]
        every = np.concatenate(points)
        height, width, channels = _image_shape(frames)
        return cls(
            n_frames=len(frames),
            n_instances=len(every),
            most=max(map(len, points)),
            image_shape=(height, width),
            channels=channels,
            lengths=_extents(every).max(axis=1),
            edge_lengths=_edge_lengths(every, skeleton),
            node_gap=_node_gap(every),
            headings=_headings(every, skeleton),
        )

    @property
    def length(self) -> float:
        """Median length of the animals."""
        return float(np.median(self.lengths))

    @property
    def longest(self) -> float:
        """Length of the longest animal."""
        return float(self.lengths.max())

    @property
    def alignment(self) -> float:
        """How alike the animals' directions are: 0 all ways, 1 all the same; NaN if none is known.

        Length of the mean of the unit vectors (Fisher, Statistical Analysis of Circular Data).
        """
        if not len(self.headings):
            return float("nan")
        return float(abs(np.exp(1j * self.headings).mean()))


def _image_shape(frames: Iterable[UsableFrame]) -> tuple[int, int, int]:
    shapes = [frame.video.shape for frame in frames]
    known = [shape for shape in shapes if shape is not None]
    if not known:
        return 0, 0, 1
    return max(s[1] for s in known), max(s[2] for s in known), known[0][3]


def _extents(points: FloatArray) -> FloatArray:
    """Return the sides (n, 2) of the boxes of (n, n_nodes, 2) points, each with one at least."""
    return np.asarray(np.nanmax(points, axis=1) - np.nanmin(points, axis=1))


def _edge_lengths(points: FloatArray, skeleton: Skeleton) -> FloatArray:
    ends = np.asarray(skeleton.edges, np.int64).reshape(-1, 2)
    lines = points[:, ends[:, 1]] - points[:, ends[:, 0]]
    lengths = np.hypot(lines[..., 0], lines[..., 1]).ravel()
    return lengths[np.isfinite(lengths)]


def _node_gap(points: FloatArray) -> float:
    n_nodes = points.shape[1]
    differences = points[:, :, None] - points[:, None]
    distances = np.hypot(differences[..., 0], differences[..., 1])
    distances[:, np.arange(n_nodes), np.arange(n_nodes)] = np.nan
    nearest = np.where(np.isnan(distances), np.inf, distances).min(axis=(1, 2))
    nearest = nearest[np.isfinite(nearest)]
    return float(np.median(nearest)) if len(nearest) else float("nan")


def _headings(points: FloatArray, skeleton: Skeleton) -> FloatArray:
    """Return the directions of instances.

    That of the sum of the edges seen; without edges, from the first node that is seen to the last.
    """
    ends = np.asarray(skeleton.edges, np.int64).reshape(-1, 2)
    if len(ends):
        total = np.nansum(points[:, ends[:, 1]] - points[:, ends[:, 0]], axis=1)
    else:
        seen = ~np.isnan(points[..., 0])
        rows = np.arange(len(points))
        last = points.shape[1] - 1 - seen[:, ::-1].argmax(axis=1)
        total = points[rows, last] - points[rows, seen.argmax(axis=1)]
    total = total[np.hypot(total[:, 0], total[:, 1]) > 0]
    return np.asarray(np.arctan2(total[:, 1], total[:, 0]), np.float64)
