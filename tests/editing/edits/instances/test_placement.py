from pathlib import Path

import numpy as np
import pytest

from sleap.core.tables import FloatArray
from sleap.editing.edits.instances.placement import (
    FILL,
    keep_inside,
    move_to,
    place_best,
    place_by_force,
    place_random,
)
from sleap.editing.edits.instances.poses import average_pose, is_missing
from sleap.editing.edits.instances.sources import sample_poses
from sleap.io.files import load_file

AREA = (100.0, 100.0, 300.0, 200.0)
NOTHING = np.full((5, 2), np.nan)
CHAIN = [(0, 1), (1, 2), (2, 3), (3, 4)]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def partly(**known: tuple[float, float]) -> FloatArray:
    points = NOTHING.copy()
    for name, place in known.items():
        points[int(name[1:])] = place
    return points


def is_in_middle(points: FloatArray, part: float = FILL) -> bool:
    return bool((np.abs(points - (200, 150)) <= part * np.array((200.0, 100)) + 1e-9).all())


def test_chance_stays_in_the_middle_and_leaves_known_nodes(rng: np.random.Generator) -> None:
    points = place_random(partly(n2=(1, 2)), AREA, rng)
    assert points[2].tolist() == [1, 2]
    assert is_in_middle(np.delete(points, 2, axis=0))
    assert len(np.unique(points[:, 0])) == 5


def test_forces_spread_a_chain_in_the_middle(rng: np.random.Generator) -> None:
    points = place_by_force(NOTHING, CHAIN, AREA, rng)
    assert is_in_middle(points)
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    assert steps.max() < 2 * steps.min()
    assert np.linalg.norm(points[0] - points[4]) > 2 * steps.mean()  # it does not lie folded


def test_forces_leave_known_nodes_and_keep_to_the_length_of_their_edges(
    rng: np.random.Generator,
) -> None:
    known = partly(n0=(1000, 1000), n1=(1010, 1000))
    points = place_by_force(known, CHAIN, AREA, rng)
    np.testing.assert_array_equal(points[:2], known[:2])
    assert not is_missing(points).any()
    assert (np.linalg.norm(np.diff(points, axis=0), axis=1) < 30).all()


@pytest.mark.parametrize("edges", [[], [(0, 1)], CHAIN])
@pytest.mark.parametrize("n_nodes", [1, 2, 40])
def test_forces_place_any_skeleton(
    n_nodes: int, edges: list[tuple[int, int]], rng: np.random.Generator
) -> None:
    nodes = max((max(edge) + 1 for edge in edges), default=n_nodes)
    points = place_by_force(np.full((max(n_nodes, nodes), 2), np.nan), edges, AREA, rng)
    assert np.isfinite(points).all()
    assert is_in_middle(points)


@pytest.mark.parametrize(
    ("name", "best", "force"),
    [("two_flies/two_flies.tracks.slp", 0.1, 0.6), ("mice2/labels.10frames.slp", 0.15, 0.4)],
)
def test_nodes_taken_from_real_animals_are_put_near_where_they_were(
    data_dir: Path, rng: np.random.Generator, name: str, best: float, force: float
) -> None:
    labels = load_file(data_dir / name)
    skeleton = labels.skeleton
    poses = sample_poses(labels.store, 0, len(skeleton))
    whole = poses[~is_missing(poses).any(axis=1)][:40]
    typical, errors = average_pose(poses), []
    for pose in whole:
        gone = rng.choice(len(skeleton), len(skeleton) // 4, replace=False)
        known = pose.copy()
        known[gone] = np.nan
        size = np.hypot(*np.ptp(pose, axis=0))
        for filled in (
            place_best(known, skeleton.edges, AREA, rng, typical),
            place_by_force(known, skeleton.edges, AREA, rng),
        ):
            errors.append(np.median(np.linalg.norm(filled - pose, axis=1)[gone]) / size)
    found = np.median(np.reshape(errors, (-1, 2)), axis=0)
    assert found[0] < best
    assert found[1] < force


def test_two_nodes_at_one_place_are_no_trouble(rng: np.random.Generator) -> None:
    points = place_by_force(partly(n0=(5, 5), n1=(5, 5)), CHAIN, AREA, rng)
    assert np.isfinite(points).all()


def test_the_best_place_is_that_of_a_typical_animal(rng: np.random.Generator) -> None:
    typical = np.array([(0.0, 0), (10, 0), (20, 0), (30, 0), (30, 10)])
    points = place_best(partly(n0=(50, 50), n1=(50, 70)), CHAIN, AREA, rng, typical)
    np.testing.assert_allclose(points, [(50, 50), (50, 70), (50, 90), (50, 110), (30, 110)])
    points = place_best(NOTHING, CHAIN, AREA, rng, typical)
    np.testing.assert_allclose(points.mean(axis=0), (200, 150))
    np.testing.assert_allclose(np.diff(points, axis=0), np.diff(typical, axis=0))


def test_what_the_typical_animal_lacks_is_placed_by_force(rng: np.random.Generator) -> None:
    typical = np.array([(0.0, 0), (10, 0), (20, 0), (np.nan, np.nan), (np.nan, np.nan)])
    points = place_best(NOTHING, CHAIN, AREA, rng, typical)
    np.testing.assert_allclose(np.diff(points[:3], axis=0), [(10, 0)] * 2)
    assert np.isfinite(points).all()
    assert np.linalg.norm(points[3] - points[2]) < 30
    for nothing in (None, NOTHING):
        assert np.isfinite(place_best(NOTHING, CHAIN, AREA, rng, nothing)).all()


def test_points_are_moved_as_one() -> None:
    points = partly(n0=(0, 0), n3=(10, 20))
    np.testing.assert_array_equal(move_to(points, 100, 50), partly(n0=(95, 40), n3=(105, 60)))
    np.testing.assert_array_equal(move_to(NOTHING, 1, 2), NOTHING)


def test_points_are_kept_inside() -> None:
    points = partly(n0=(90, 210), n3=(110, 250))
    np.testing.assert_array_equal(keep_inside(points, AREA), partly(n0=(100, 160), n3=(120, 200)))
    inside = partly(n0=(110, 110), n3=(120, 120))
    np.testing.assert_array_equal(keep_inside(inside, AREA), inside)
    large = partly(n0=(0, 190), n3=(500, 210))  # too wide: only up
    np.testing.assert_array_equal(keep_inside(large, AREA), large - (0, 10))
    np.testing.assert_array_equal(keep_inside(NOTHING, AREA), NOTHING)
