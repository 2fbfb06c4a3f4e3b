"""Random labels: user and predicted instances, with and without tracks, frames left out."""

from collections.abc import Callable

import numpy as np
import pytest

import sleap


def make_random(seed: int, *, n_tracks: int = 3, n_frames: int = 30) -> sleap.Labels:
    rng = np.random.default_rng(seed)
    skeleton = sleap.Skeleton(["a", "b", "c"])
    other = sleap.Skeleton(["a", "b"])
    tracks = [sleap.Track(f"t{number}") for number in range(n_tracks)]
    videos = [sleap.Video("a.mp4", shape=(n_frames + 5, 64, 64, 1)), sleap.Video("b.mp4")]
    frames = []
    for video in videos:
        for index in rng.permutation(n_frames)[: n_frames * 2 // 3].tolist():
            instances: list[sleap.Instance] = []
            for _ in range(rng.integers(0, 4)):
                kind = skeleton if rng.random() < 0.9 else other
                points = rng.random((kind.n_nodes, 2)) * 100
                points[rng.random(kind.n_nodes) < 0.2] = np.nan
                track = tracks[rng.integers(n_tracks)] if n_tracks and rng.random() < 0.8 else None
                made = sleap.PredictedInstance(
                    kind,
                    points,
                    point_scores=rng.random(kind.n_nodes),
                    score=rng.random(),
                    tracking_score=rng.random(),
                    track=track,
                )
                instances.append(made)
                if rng.random() < 0.2:
                    user = sleap.Instance(kind, points + 1, track=track, from_predicted=made)
                    instances.append(user)
            frames.append(sleap.LabeledFrame(video, index, instances))
    labels = sleap.Labels(frames, videos=videos, skeletons=[skeleton, other], tracks=tracks)
    rows = labels.instance_rows()
    hidden = rows[rng.random(len(rows)) < 0.3]
    table = labels.store.pred_points.writable
    for row in hidden.tolist():
        record = labels.store.instances.rows[row]
        if record["instance_type"] == 1:
            table["visible"][int(record["point_id_start"])] = False
    return labels


@pytest.fixture
def random_labels() -> Callable[..., sleap.Labels]:
    return make_random


def change(labels: sleap.Labels, rng: np.random.Generator, step: int) -> list[int]:
    """Remove, add or change something in the first video; return the frames that this touched."""
    video, store = labels.videos[0], labels.store
    indices = labels.labeled_indices(video)
    if step % 5 == 0:
        index = int(rng.choice(indices))
        labels.remove_frame(labels[video, index])
        return [index]
    if step % 5 == 1:
        index = int(rng.integers(0, 40))
        track = labels.tracks[0] if labels.tracks else None
        made = sleap.PredictedInstance(labels.skeleton, rng.random((3, 2)) * 50, track=track)
        labels.append(sleap.LabeledFrame(video, index, [made]))
        return [index]
    rows = rng.choice(labels.instance_rows(video), 3, replace=False)
    owners = store.instances.rows["frame_id"][rows].astype(np.int64)
    if step % 5 == 2:
        labels.remove_instances(rows)
    elif step % 5 == 3:
        for row in rows.tolist():
            points = store.points_of(row, writable=True)
            points["x"] = rng.random() * 50 if rng.random() < 0.7 else np.nan
    elif labels.tracks:
        labels.set_tracks(rows, rng.integers(-1, len(labels.tracks), 3))
    frames: list[int] = store.frames.rows["frame_idx"][owners].tolist()
    return frames


@pytest.fixture
def edit_labels() -> Callable[[sleap.Labels, np.random.Generator, int], list[int]]:
    return change
