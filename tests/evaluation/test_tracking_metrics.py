import itertools
import math

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleap.evaluation.tracking_metrics import (
    FrameTracks,
    count_clear,
    score_hota,
    score_identity,
    score_tracking,
)


def make(truth: list[list[int]], predicted: list[list[int]]) -> list[FrameTracks]:
    """Make frames where the i-th prediction lies exactly on the i-th true animal."""
    return [
        FrameTracks(
            np.eye(len(a), len(b)), np.array(a, dtype=np.int64), np.array(b, dtype=np.int64)
        )
        for a, b in zip(truth, predicted, strict=True)
    ]


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30)
def test_perfect_tracks(seed: int) -> None:
    random = np.random.default_rng(seed)
    truth = [random.permutation(3)[: random.integers(1, 4)].tolist() for _ in range(6)]
    names = random.permutation(3)
    scores = score_tracking(make(truth, [names[frame].tolist() for frame in truth]))
    assert scores.n_switches == 0
    assert scores.idf1 == scores.hota == scores.mota == 1
    assert scores.n_missed == scores.n_spurious == 0


@given(n_frames=st.integers(2, 12), n_animals=st.integers(2, 4), data=st.data())
@settings(max_examples=40)
def test_each_swap_is_two_switches(n_frames: int, n_animals: int, data: st.DataObject) -> None:
    swaps = data.draw(st.sets(st.integers(1, n_frames - 1)))
    names = list(range(n_animals))
    predicted = []
    for frame in range(n_frames):
        if frame in swaps:
            names[0], names[1] = names[1], names[0]
        predicted.append(list(names))
    scores = score_tracking(make([list(range(n_animals))] * n_frames, predicted))
    assert scores.n_switches == 2 * len(swaps)
    assert scores.n_fragmentations == 0


def test_swap_in_the_middle() -> None:
    frames = make([[0, 1]] * 4, [[0, 1], [0, 1], [1, 0], [1, 0]])
    assert score_identity(frames) == (0.5, 0.5, 0.5)
    hota, detection, association = score_hota(frames)
    assert detection == 1
    # Each pair lasts 2 of 4 frames of both its tracks: 2 / (4 + 4 - 2).
    assert association == pytest.approx(1 / 3)
    assert hota == pytest.approx(math.sqrt(1 / 3))


def test_a_new_track_after_a_gap_is_a_switch_and_a_fragmentation() -> None:
    frames = make([[0, 1]] * 3, [[0, 1], [0], [0, 2]])
    assert count_clear(frames) == (1, 1, 1, 0)


def test_the_same_track_after_a_gap_is_only_a_fragmentation() -> None:
    frames = make([[0, 1]] * 3, [[0, 1], [0], [0, 1]])
    assert count_clear(frames) == (0, 1, 1, 0)


def test_what_is_there_no_more_is_spurious() -> None:
    frames = make([[0], []], [[0], [0]])
    assert count_clear(frames) == (0, 0, 0, 1)
    assert score_identity(frames) == (pytest.approx(2 / 3), 0.5, 1)


def test_pairs_are_kept_where_they_may_be() -> None:
    first = FrameTracks(np.eye(2), np.array([0, 1]), np.array([0, 1]))
    # Each is a little nearer to the other's prediction, but may still be its own.
    second = FrameTracks(np.array([[0.6, 0.7], [0.7, 0.6]]), np.array([0, 1]), np.array([0, 1]))
    assert count_clear([first, second])[0] == 0
    third = FrameTracks(np.array([[0.4, 0.7], [0.7, 0.4]]), np.array([0, 1]), np.array([0, 1]))
    assert count_clear([first, third])[0] == 2


def test_hota_by_hand() -> None:
    # One animal, two frames; found on the first with similarity .5, missed on the second.
    frames = [
        FrameTracks(np.array([[0.5]]), np.array([0]), np.array([0])),
        FrameTracks(np.empty((1, 0)), np.array([0]), np.empty(0, np.int64)),
    ]
    hota, detection, association = score_hota(frames)
    # Thresholds .05 to .50 (10 of 19) accept the pair: DetA 1/2, AssA 1/2.
    assert detection == pytest.approx(10 / 19 / 2)
    assert association == pytest.approx(10 / 19 / 2)
    assert hota == pytest.approx(10 / 19 / 2)


def test_nothing_at_all() -> None:
    scores = score_tracking(make([[]], [[]]))
    assert math.isnan(scores.idf1)
    assert math.isnan(scores.hota)
    assert score_hota(make([[0]], [[]])) == (0, 0, 0)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40)
def test_identity_by_trying_all_assignments(seed: int) -> None:
    random = np.random.default_rng(seed)
    frames = []
    for _ in range(5):
        truth = np.flatnonzero(random.random(3) < 0.7)
        predicted = np.flatnonzero(random.random(3) < 0.7)
        frames.append(FrameTracks(random.random((len(truth), len(predicted))), truth, predicted))
    best = 0
    for assignment in itertools.permutations(range(3)):
        right = 0
        for frame in frames:
            for row, name in enumerate(frame.truth.tolist()):
                for column, track in enumerate(frame.predicted.tolist()):
                    right += track == assignment[name] and frame.similarity[row, column] >= 0.5
        best = max(best, right)
    n_truth = sum(len(frame.truth) for frame in frames)
    n_predicted = sum(len(frame.predicted) for frame in frames)
    if n_truth and n_predicted:
        expected = (2 * best / (n_truth + n_predicted), best / n_predicted, best / n_truth)
        assert score_identity(frames) == pytest.approx(expected)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30)
def test_names_of_tracks_do_not_matter(seed: int) -> None:
    random = np.random.default_rng(seed)
    names = random.permutation(3)
    frames, renamed = [], []
    for _ in range(6):
        predicted = np.flatnonzero(random.random(3) < 0.8)
        similarity = random.random((3, len(predicted)))
        frames.append(FrameTracks(similarity, np.arange(3), predicted))
        renamed.append(FrameTracks(similarity, names, names[predicted]))
    one, other = (attrs.asdict(score_tracking(part)) for part in (frames, renamed))
    one.pop("n_predicted_tracks"), other.pop("n_predicted_tracks")
    assert one == pytest.approx(other)
