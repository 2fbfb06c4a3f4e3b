from collections.abc import Callable

import numpy as np
import pytest

import sleap
from sleap.core.series import STATISTICS, compute, update
from sleap.core.series.sightings import all_sightings
from sleap.core.series.statistic import find_node, reduce_frames
from sleap.errors import LabelsError, UnknownNameError

Make = Callable[..., sleap.Labels]
Edit = Callable[[sleap.Labels, np.random.Generator, int], list[int]]


def test_the_table_has_all_statistics_and_tells_which_need_a_node() -> None:
    assert STATISTICS.names == [
        "point_count",
        "point_score_sum",
        "point_score_min",
        "instance_score_sum",
        "instance_score_min",
        "tracking_score_mean",
        "tracking_score_min",
        "point_displacement_sum",
        "point_displacement_mean",
        "point_displacement_max",
        "primary_point_displacement_sum",
        "primary_point_displacement_max",
        "min_centroid_proximity",
    ]
    for name in STATISTICS:
        entry = STATISTICS.get(name)
        assert entry.name == name and entry.title and entry.summary
        assert entry.needs_node == name.startswith("primary")
    titles = [STATISTICS.get(name).title for name in STATISTICS]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", STATISTICS)
def test_a_value_for_each_frame_of_the_video(name: str, random_labels: Make) -> None:
    labels = random_labels(0)
    values = compute(labels.store, 0, name)
    assert values.shape == (35,) and values.dtype == np.float64
    unlabeled = np.setdiff1d(np.arange(35), labels.labeled_indices(labels.videos[0]))
    assert len(unlabeled) and np.isnan(values[unlabeled]).all()
    assert not np.isnan(values).all()
    assert len(compute(labels.store, 1, name)) == labels.labeled_indices(labels.videos[1])[-1] + 1


@pytest.mark.parametrize("name", STATISTICS)
def test_labels_without_frames_or_skeletons(name: str) -> None:
    labels = sleap.Labels(videos=[sleap.Video("a.mp4", shape=(4, 8, 8, 1))])
    assert np.isnan(compute(labels.store, 0, name)).tolist() == [True] * 4
    labels.add_frame(labels.videos[0], 2)
    values = update(compute(labels.store, 0, name), labels.store, 0, name, [2])
    np.testing.assert_array_equal(values, compute(labels.store, 0, name))


@pytest.mark.parametrize("name", STATISTICS)
@pytest.mark.parametrize("n_tracks", [0, 3])
@pytest.mark.parametrize("seed", range(3))
def test_an_update_equals_computing_all(
    name: str, n_tracks: int, seed: int, random_labels: Make, edit_labels: Edit
) -> None:
    labels = random_labels(seed, n_tracks=n_tracks)
    rng = np.random.default_rng(seed)
    store = labels.store
    values = compute(store, 0, name)
    n_changed = 0
    for step in range(12):
        before = values.copy()
        edited = edit_labels(labels, rng, step)
        values = update(values, store, 0, name, edited)
        np.testing.assert_allclose(values, compute(store, 0, name), rtol=1e-12)
        n_changed += not np.array_equal(before, values, equal_nan=True)
    assert n_changed or name.startswith("tracking")


def test_an_update_of_nothing_changes_nothing(random_labels: Make) -> None:
    labels = random_labels(1)
    values = compute(labels.store, 0, "point_count")
    np.testing.assert_array_equal(update(values, labels.store, 0, "point_count", []), values)


def test_an_unknown_name_or_node_is_told(random_labels: Make) -> None:
    labels = random_labels(2)
    with pytest.raises(UnknownNameError, match="Did you mean 'point_count'"):
        compute(labels.store, 0, "point_cuont")
    with pytest.raises(LabelsError, match="nose"):
        compute(labels.store, 0, "primary_point_displacement_sum", "nose")
    assert find_node(labels.store, "b") == 1 and find_node(labels.store, "") == 0


def test_reducing_leaves_out_what_is_not_known(random_labels: Make) -> None:
    sightings = all_sightings(random_labels(3).store, 0)
    nothing = np.full(len(sightings.rows), np.nan)
    for how in ("sum", "min", "max", "mean"):
        assert np.isnan(reduce_frames(sightings, nothing, how)).all()
    ones = np.ones(len(sightings.rows))
    counts = np.bincount(sightings.owners, minlength=sightings.n_frames)
    sums = np.nan_to_num(reduce_frames(sightings, ones, "sum"))
    np.testing.assert_array_equal(sums, counts)
    means = reduce_frames(sightings, ones, "mean")
    np.testing.assert_array_equal(means[counts > 0], 1)
