from collections.abc import Callable

import numpy as np
import pytest

import sleap
from sleap.core.series import sightings as module
from sleap.core.series.sightings import all_sightings, some_sightings


def test_instances_are_in_order_of_time(random_labels: Callable[..., sleap.Labels]) -> None:
    labels = random_labels(0)
    seen = all_sightings(labels.store, 0)
    np.testing.assert_array_equal(seen.frame_indices, labels.labeled_indices(labels.videos[0]))
    frames = labels.store.instances.rows["frame_id"][seen.rows].astype(np.int64)
    indices = labels.store.frames.rows["frame_idx"][frames]
    np.testing.assert_array_equal(seen.frame_indices[seen.owners], indices)
    assert (np.diff(seen.owners) >= 0).all()


def test_some_frames_have_the_same_instances(random_labels: Callable[..., sleap.Labels]) -> None:
    labels = random_labels(1)
    every = all_sightings(labels.store, 0)
    chosen = np.array([1, 4, 5])
    some = some_sightings(labels.store, 0, every.frame_indices[chosen], chosen)
    expected = every.rows[np.isin(every.owners, chosen)]
    np.testing.assert_array_equal(some.rows, expected)
    np.testing.assert_array_equal(some.tracks, every.tracks[np.isin(every.owners, chosen)])


def test_a_corrected_prediction_is_hidden() -> None:
    skeleton = sleap.Skeleton(["a"])
    predicted = sleap.PredictedInstance(skeleton, [[1.0, 1]])
    user = sleap.Instance(skeleton, [[2.0, 2]], from_predicted=predicted)
    labels = sleap.Labels([sleap.LabeledFrame(sleap.Video("a.mp4"), 3, [predicted, user])])
    for seen in (
        all_sightings(labels.store, 0),
        some_sightings(labels.store, 0, np.array([3]), np.array([0])),
    ):
        assert seen.is_predicted.tolist() == [False]


def test_points_come_in_blocks_with_those_of_earlier_instances(
    random_labels: Callable[..., sleap.Labels], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = all_sightings(random_labels(2).store, 0)
    (whole,) = [points for _, _, points in seen.blocks()]
    monkeypatch.setattr(module, "N_BLOCK", 5)
    lead = np.maximum(np.arange(len(seen.rows)) - 3, 0)
    for part, first, points in seen.blocks(lead):
        assert first == max(part.start - 3, 0)
        np.testing.assert_array_equal(points, whole[:, :, first : part.stop])
    np.testing.assert_array_equal(seen.read_points(), whole[:2].T)
