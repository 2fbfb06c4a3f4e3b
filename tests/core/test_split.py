import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.split import split
from sleap.core.video import Video
from sleap.errors import LabelsError


def make(counts: list[int]) -> Labels:
    skeleton = Skeleton(["a"])
    return Labels(
        [
            LabeledFrame(Video(f"{k}.mp4") if n == 0 else videos[k], n, [Instance(skeleton)])
            for videos in [[Video(f"{k}.mp4") for k in range(len(counts))]]
            for k, count in enumerate(counts)
            for n in range(1, count + 1)
        ]
    )


fractions = st.sampled_from([(0.8, 0.2), (0.5, 0.5), (0.7, 0.15, 0.15), (0.98, 0.01, 0.01)])


def places(labels: Labels) -> list[tuple[str, int]]:
    return [(frame.video.name, frame.frame_idx) for frame in labels]


@given(st.lists(st.integers(0, 9), max_size=6), fractions, st.integers(0, 9), st.booleans())
def test_every_frame_is_in_one_set(
    counts: list[int], shares: tuple[float, ...], seed: int, by_video: bool
) -> None:
    labels = make(counts)
    sets = split(labels, shares, seed=seed, by_video=by_video)
    assert len(sets) == len(shares)
    assert sorted(place for one in sets for place in places(one)) == sorted(places(labels))
    n_things = sum(count > 0 for count in counts) if by_video else len(labels)
    if n_things >= len(shares):
        assert all(len(one) for one in sets)
    if by_video:
        names = [{name for name, _ in places(one)} for one in sets]
        assert sum(map(len, names)) == len(set.union(*names))
    again = split(labels, shares, seed=seed, by_video=by_video)
    assert [places(one) for one in again] == [places(one) for one in sets]


def test_shares_are_exact_and_the_seed_matters() -> None:
    labels = make([60, 40])
    sets = split(labels, (0.7, 0.15, 0.15), seed=1)
    assert [len(one) for one in sets] == [70, 15, 15]
    assert places(split(labels, (0.7, 0.3), seed=2)[1]) != places(split(labels, (0.7, 0.3))[1])
    indices = [index for name, index in places(sets[0]) if name == "0.mp4"]
    assert indices == sorted(indices)


def test_videos_are_dealt_out_near_the_shares() -> None:
    sets = split(make([10] * 20), (0.8, 0.2), by_video=True)
    assert [len(one) for one in sets] == [160, 40]


def test_only_frames_of_a_kind(labels: Labels) -> None:
    labels.add_frame(labels.video, 9)
    assert [len(one) for one in split(labels, (0.5, 0.5), kind="user")] == [1, 1]


@pytest.mark.parametrize("wrong", [(1.0,), (0.5, 0.6), (1.2, -0.2), (0.5, np.nan)])
def test_fractions_must_make_sense(labels: Labels, wrong: tuple[float, ...]) -> None:
    with pytest.raises(LabelsError, match="sum to 1"):
        split(labels, wrong)
