"""Where the nodes of a skeleton lie when it is drawn by itself."""

import numpy as np
from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.tables import FloatArray
from sleap.editing.edits.instances.placement import place_by_force
from sleap.editing.edits.instances.poses import average_pose, is_missing
from sleap.editing.edits.instances.sources import sample_poses
from sleap.gui.docks.templates import drawn_places

AREA = (0.0, 0.0, 300.0, 200.0)
"""Where nodes are put that nothing is known of."""

TOO_NEAR = 0.02
"""Nodes nearer than this part of the whole lie on one another."""


@frozen(eq=False)
class SkeletonLayout:
    """A drawing of a skeleton.

    Attributes:
        places: (n_nodes, 2) in no unit, y downwards.
        is_of_labels: Whether it is the mean of what is labeled.
    """

    places: FloatArray
    is_of_labels: bool


def lay_out(labels: Labels, skeleton: Skeleton) -> SkeletonLayout:
    """Lay a skeleton out: as it is labeled, as a template draws it, or so that it can be read.

    Args:
        labels: The labels.
        skeleton: A skeleton of the labels.
    """
    n_nodes = skeleton.n_nodes
    places = np.full((n_nodes, 2), np.nan)
    number = labels.store.find_in(labels.skeletons, skeleton)
    poses = sample_poses(labels.store, number, n_nodes) if n_nodes else places[None]
    mean = average_pose(poses) if len(poses) else places
    is_of_labels = bool(n_nodes and (~is_missing(mean)).sum() > max(1, n_nodes // 2))
    if is_of_labels:
        places = _lie_down(mean)
    elif (drawn := drawn_places(skeleton.node_names)) is not None:
        return SkeletonLayout(drawn, False)
    if is_missing(places).any():
        places = place_by_force(places, skeleton.edges, AREA, np.random.default_rng(0))
        places = places if is_of_labels else _lie_down(places)
    return SkeletonLayout(places, is_of_labels)


def _lie_down(places: FloatArray) -> FloatArray:
    """Turn a layout so that its length lies across, with its first node to the left."""
    known = ~is_missing(places)
    if known.sum() < 2:
        return places
    centered = places - places[known].mean(axis=0)
    _, _, axes = np.linalg.svd(centered[known], full_matrices=False)
    long = axes[0]
    first = centered[np.flatnonzero(known)[0]]
    if first @ long > 0:
        long = -long
    across = np.array((-long[1], long[0]))  # a turn, never a mirror image
    turned: FloatArray = np.column_stack((centered @ long, centered @ across))
    return turned
