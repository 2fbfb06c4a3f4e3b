import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.merge import content
from sleap.core.merge.content import Side, find_same
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video

SKELETON = Skeleton("ab")


def side(instances: list[Instance]) -> Side:
    labels = Labels([LabeledFrame(Video("a.mp4"), 0, instances)], tracks=[Track("x")])
    return Side(
        labels.store,
        np.zeros(len(labels.skeletons), np.int64),
        [np.array(["ab".index(name) for name in one.node_names]) for one in labels.skeletons],
        np.append(np.zeros(len(labels.tracks), np.int64), -1),
        2,
    )


def same(a: list[Instance], b: list[Instance]) -> list[int]:
    rows = np.arange(len(a)), np.arange(len(b))
    places = np.zeros(len(a), np.int64), np.zeros(len(b), np.int64)
    return find_same(side(a), rows[0], places[0], side(b), rows[1], places[1]).tolist()


def user(x: float = 1.0, track: Track | None = None) -> Instance:
    return Instance(SKELETON, {"a": (x, 2.0)}, track)


def found(score: float = 0.5, point: float = 0.1) -> PredictedInstance:
    return PredictedInstance(SKELETON, {"a": (1, 2)}, point_scores=[point, 0.7], score=score)


def hidden() -> Instance:
    one = user()
    one.points["visible"][0] = False
    return one


def finished() -> Instance:
    one = user()
    one.points["complete"] = True
    one.points["visible"][1] = True  # of a missing point: says nothing
    return one


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (user(), user(), True),
        (user(), user(1.5), False),
        (user(-0.0), user(0.0), True),
        (user(), user(track=Track("t")), False),
        (user(track=Track("s")), user(track=Track("t")), True),  # both have the number 0 here
        (user(), found(), False),
        (found(), found(), True),
        (found(), found(0.6), False),
        (found(np.nan), found(np.nan), True),
        (found(), found(point=0.2), False),
        (user(), hidden(), False),
        (user(), finished(), True),
        (user(), Instance(Skeleton("ba"), {"a": (1, 2)}), True),
        (user(), Instance(Skeleton("ba"), {"b": (1, 2)}), False),
        (Instance(SKELETON), Instance(Skeleton("b")), True),
    ],
)
def test_what_counts(one: Instance, other: Instance, expected: bool) -> None:
    assert same([one], [other]) == [0 if expected else -1]
    assert same([other], [one]) == [0 if expected else -1]


def test_each_is_given_away_once_in_order() -> None:
    assert same([user(), user(2), user()], [user(2), user(), user(), user()]) == [1, 0, 2, -1]
    assert same([], [user()]) == [-1] and same([user()], []) == []


def test_the_place_counts() -> None:
    base, new = side([user(), user()]), side([user(), user()])
    rows = np.arange(2)
    assert find_same(base, rows, np.array([4, 7]), new, rows, np.array([7, 5])).tolist() == [1, -1]


@given(st.lists(st.integers(0, 3), max_size=9), st.lists(st.integers(0, 3), max_size=9))
def test_blocks_do_not_matter(a: list[int], b: list[int]) -> None:
    whole = same([user(x) for x in a], [user(x) for x in b])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "N_BLOCK", 2)
        assert same([user(x) for x in a], [user(x) for x in b]) == whole


def test_a_fingerprint_shared_by_accident_deceives_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "_hash", lambda side, rows, places: np.zeros(len(rows), np.uint64))
    assert same([user(1)], [user(2)]) == [-1] and same([user(1)], [user(1)]) == [0]
