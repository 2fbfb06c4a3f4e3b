"""Large projects to measure with."""

import numpy as np

import sleap
from sleap.core import tables


def make_labels(video: sleap.Video, n_frames: int, n_animals: int, n_nodes: int) -> sleap.Labels:
    """Make tracked predictions that wander in a circle over the picture.

    Args:
        video: What they were predicted on.
        n_frames: Frames, from the first one on.
        n_animals: Instances on each frame, each of a track of its own.
        n_nodes: Nodes of the skeleton, in a chain.
    """
    n = n_frames * n_animals
    frames = np.zeros(n_frames, tables.FRAMES)
    frames["frame_id"] = frames["frame_idx"] = np.arange(n_frames)
    frames["instance_id_start"] = np.arange(n_frames) * n_animals
    frames["instance_id_end"] = frames["instance_id_start"] + n_animals
    random = np.random.default_rng(0)
    instances = np.zeros(n, tables.INSTANCES)
    instances["instance_id"] = np.arange(n)
    instances["instance_type"] = tables.PREDICTED
    instances["frame_id"] = np.arange(n) // n_animals
    instances["track"] = np.arange(n) % n_animals
    instances["from_predicted"] = -1
    instances["score"] = random.random(n)
    instances["point_id_start"] = np.arange(n) * n_nodes
    instances["point_id_end"] = instances["point_id_start"] + n_nodes
    points = np.zeros(n * n_nodes, tables.PRED_POINTS)
    angle = np.repeat(np.arange(n) / 500, n_nodes)
    points["x"] = (500 + 300 * np.cos(angle) + random.normal(0, 20, len(points))).round(2)
    points["y"] = (500 + 300 * np.sin(angle) + random.normal(0, 20, len(points))).round(2)
    points["visible"] = True
    points["score"] = random.random(len(points))
    nodes = [f"n{number}" for number in range(n_nodes)]
    return sleap.Labels.from_tables(
        frames=frames,
        instances=instances,
        points=np.zeros(0, tables.POINTS),
        pred_points=points,
        videos=[video],
        skeletons=[sleap.Skeleton(nodes, [(a, a + 1) for a in range(n_nodes - 1)])],
        tracks=[sleap.Track(f"t{number}") for number in range(n_animals)],
    )
