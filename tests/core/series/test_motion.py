from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import sleap
from sleap.core.series import compute


def make_walk(places: list[list[float | None]], *, tracked: bool = True) -> sleap.Labels:
    """One row a frame, one column a track: the x of its only point; None: the track is missing."""
    skeleton, video = sleap.Skeleton(["a"]), sleap.Video("a.mp4")
    tracks = [sleap.Track(str(number)) for number in range(len(places[0]))]
    frames = []
    for index, row in enumerate(places):
        instances = [
            sleap.PredictedInstance(skeleton, [[x, 0.0]], track if tracked else None)
            for x, track in zip(row, tracks, strict=True)
            if x is not None
        ]
        frames.append(sleap.LabeledFrame(video, 2 * index, instances))
    return sleap.Labels(frames)


NAN = float("nan")


@pytest.mark.parametrize(
    ("places", "expected_sum", "expected_max"),
    [
        ([[0, 5], [3, 6], [4, 9]], [0, 4, 4], [0, 3, 3]),
        ([[0, None], [None, None], [4, 9], [4, 10]], [0, 0, 4, 1], [0, 0, 4, 1]),
        ([[0, 5], [1, NAN], [2, 7], [3, 9]], [0, NAN, NAN, 3], [0, NAN, NAN, 2]),
        ([[0, 5], [1, NAN], [2, None], [3, 9]], [0, NAN, NAN, 5], [0, NAN, NAN, 4]),
    ],
)
def test_primary_point_displacement(
    places: list[list[float | None]], expected_sum: list[float], expected_max: list[float]
) -> None:
    store = make_walk(places).store
    found = compute(store, 0, "primary_point_displacement_sum")
    np.testing.assert_allclose(found[::2], expected_sum)
    assert np.isnan(found[1::2]).all()
    found = compute(store, 0, "primary_point_displacement_max", "a")
    np.testing.assert_allclose(found[::2], expected_max)


def test_point_displacement_is_from_the_labeled_frame_before() -> None:
    store = make_walk([[0, 5], [3, None], [4, 9]]).store
    found = compute(store, 0, "point_displacement_mean")
    np.testing.assert_allclose(found[::2], [0, 3, 1])  # the second was not there before


def test_the_only_animal_needs_no_track() -> None:
    labels = make_walk([[0], [3], [5]], tracked=False)
    for name in ("point_displacement_sum", "primary_point_displacement_sum"):
        np.testing.assert_allclose(compute(labels.store, 0, name)[::2], [0, 3, 2])
    pairs = make_walk([[0, 9], [3, 10], [5, 11]], tracked=False)
    np.testing.assert_allclose(compute(pairs.store, 0, "point_displacement_sum")[::2], 0)


def test_a_user_instance_covers_a_prediction_of_its_track() -> None:
    labels = make_walk([[0], [3], [5]])
    user = sleap.Instance(labels.skeleton, [[13.0, 0]], labels.tracks[0])
    labels.append(sleap.LabeledFrame(labels.video, 2, [user]))
    for name in ("point_displacement_sum", "primary_point_displacement_sum"):
        np.testing.assert_allclose(compute(labels.store, 0, name)[::2], [0, 13, 8])


@pytest.mark.parametrize("how", ["sum", "mean", "max"])
def test_a_real_project_agrees_with_arithmetic_on_the_whole_array(data_dir: Path, how: str) -> None:
    labels = sleap.load_file(data_dir / "centered_pair" / "predictions.slp")
    points = labels.numpy()
    ways = np.linalg.norm(np.diff(points, axis=0), axis=-1)
    known = ~np.isnan(ways)
    ways = np.where(known, ways, 0)
    each = ways.max(axis=2) if how == "max" else ways.sum(axis=2)
    if how == "mean":
        each = each / np.maximum(known.sum(axis=2), 1)
    expected = np.r_[0, each.sum(axis=1)]
    found = compute(labels.store, 0, f"point_displacement_{how}")
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def test_primary_displacement_of_a_real_project(data_dir: Path) -> None:
    labels = sleap.load_file(data_dir / "centered_pair" / "predictions.slp")
    found = compute(labels.store, 0, "primary_point_displacement_sum")
    assert len(found) == 1100 and np.isnan(found).sum() == 97
    low, high = np.nanmin(found), np.nanmax(found)
    chosen = np.flatnonzero(found - low > 0.5 * (high - low))
    assert len(chosen) == 45 and chosen[:2].tolist() == [21, 45]


@pytest.mark.parametrize("seed", range(4))
def test_the_way_of_the_fastest_is_at_most_the_sum(
    seed: int, random_labels: Callable[..., sleap.Labels]
) -> None:
    store = random_labels(seed).store
    values = [compute(store, 0, f"point_displacement_{how}") for how in ("mean", "max", "sum")]
    known = ~np.isnan(values[0])
    assert np.nanmax(values[2]) > 0
    assert (values[0][known] <= values[1][known] + 1e-9).all()
    assert (values[1][known] <= values[2][known] + 1e-9).all()
