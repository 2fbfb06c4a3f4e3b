"""Labels to write, and the comparison of labels with each other and with what others read."""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video


def _video_facts(video: Video | None) -> Any:
    if video is None:
        return None
    numbers = None if video.frame_numbers is None else video.frame_numbers.tolist()
    return (
        video.filename,
        video.shape,
        video.grayscale,
        video.dataset,
        video.is_embedded,
        numbers,
        _video_facts(video.source),
    )


@pytest.fixture(scope="session")
def assert_same() -> Callable[[Labels, Labels], None]:
    """Compare all that labels hold; videos as described, not as objects."""

    def compare(a: Labels, b: Labels) -> None:
        for one, other in zip(a.to_tables(), b.to_tables(), strict=True):
            assert one.dtype == other.dtype
            for column in one.dtype.names:
                np.testing.assert_array_equal(one[column], other[column])
        assert [_video_facts(video) for video in a.videos] == [
            _video_facts(video) for video in b.videos
        ]
        assert [(t.name, t.spawned_on) for t in a.tracks] == [
            (t.name, t.spawned_on) for t in b.tracks
        ]
        assert len(a.skeletons) == len(b.skeletons)
        for one, other in zip(a.skeletons, b.skeletons, strict=True):
            assert one.matches(other)
            assert (one.name, one.weights) == (other.name, other.weights)
            assert (one.description, one.preview_image) == (other.description, other.preview_image)
        assert [
            (a.videos.index(s.video), s.frame_idx, s.group, s.metadata) for s in a.suggestions
        ] == [(b.videos.index(s.video), s.frame_idx, s.group, s.metadata) for s in b.suggestions]
        assert a.provenance == b.provenance
        assert a.negative_anchors == b.negative_anchors

    return compare


@pytest.fixture(scope="session")
def load_with_sleap_io() -> Callable[[Path], Any]:
    """Read a file with the field's own reader, whose warnings are not ours."""

    def load(path: Path, **options: Any) -> Any:
        import sleap_io

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return sleap_io.load_slp(str(path), **{"open_videos": False, **options})

    return load


@pytest.fixture(scope="session")
def save_with_sleap_io() -> Callable[..., None]:
    """Write a file with the field's own writer, whose warnings are not ours."""

    def save(labels: Any, path: Path, **options: Any) -> None:
        import sleap_io

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sleap_io.save_slp(labels, str(path), verbose=False, **options)

    return save


@pytest.fixture(scope="session")
def assert_same_as_sleap_io() -> Callable[[Labels, Any], None]:
    """Compare our labels with those of sleap-io: points, tracks, scores, indices, skeletons."""

    def compare(ours: Labels, theirs: Any) -> None:
        assert len(ours) == len(theirs)
        assert len(ours.videos) == len(theirs.videos)
        assert [track.name for track in ours.tracks] == [track.name for track in theirs.tracks]
        assert len(ours.skeletons) == len(theirs.skeletons)
        for a, b in zip(ours.skeletons, theirs.skeletons, strict=True):
            assert a.node_names == b.node_names
            # Theirs come in the order of the list, ours in that of insertion.
            assert sorted(a.edges) == sorted(tuple(edge) for edge in b.edge_inds)
            assert {frozenset(p) for p in a.symmetries} == {frozenset(p) for p in b.symmetry_inds}
        assert [(ours.videos.index(s.video), s.frame_idx) for s in ours.suggestions] == [
            (theirs.videos.index(s.video), s.frame_idx) for s in theirs.suggestions
        ]
        assert [(ours.videos.index(f.video), f.frame_idx) for f in ours] == [
            (theirs.videos.index(f.video), f.frame_idx) for f in theirs
        ]
        for frame, other in zip(ours, theirs, strict=True):
            assert len(frame.instances) == len(other.instances)
            for a, b in zip(frame.instances, other.instances, strict=True):
                _compare_instances(a, b)

    return compare


def _compare_instances(a: Instance, b: Any) -> None:
    assert a.is_predicted == (type(b).__name__ == "PredictedInstance")
    # Their numpy() hides points that are not visible; the points themselves are compared.
    for axis in (0, 1):
        np.testing.assert_array_equal(a.points["xy"[axis]], b.points["xy"][:, axis])
    np.testing.assert_array_equal(a.points["visible"], b.points["visible"])
    assert (a.track and a.track.name) == (b.track and b.track.name)
    assert (a.from_predicted is None) == (b.from_predicted is None)
    if a.is_predicted:
        assert a.score == b.score
        np.testing.assert_array_equal(a.points["score"], b.points["score"])
        if a.tracking_score == a.tracking_score:
            assert a.tracking_score == b.tracking_score


@pytest.fixture
def labels() -> Labels:
    """Two videos, two skeletons, user and predicted instances, tracks, suggestions, and more."""
    fly = Skeleton(
        ["head", "thorax", "wingL", "wingR"],
        [("thorax", "head"), ("thorax", "wingL"), ("thorax", "wingR")],
        [("wingL", "wingR")],
        name="fly",
    )
    worm = Skeleton(["head", "tail"], [("head", "tail")], name="worm")
    videos = [Video("a.mp4", shape=(100, 48, 64, 1), grayscale=True), Video("clips\\b.mp4")]
    tracks = [Track("first"), Track("second", 7)]
    found = PredictedInstance(
        fly,
        np.array([[1.5, 2], [3, 4], [np.nan, np.nan], [7, 8]]),
        tracks[0],
        point_scores=[0.1, 0.2, 0.0, 0.4],
        score=0.75,
        tracking_score=0.5,
    )
    made = Instance(fly, {"head": (1, 2), "wingR": (5, 6)}, tracks[0], from_predicted=found)
    return Labels(
        [
            LabeledFrame(videos[1], 7, [found, made]),
            LabeledFrame(videos[0], 3, [Instance(worm, np.array([[0.25, -1], [2, 3]]), tracks[1])]),
            LabeledFrame(videos[0], 99),
        ],
        videos=videos,
        skeletons=[fly, worm],
        tracks=tracks,
        suggestions=[
            SuggestionFrame(videos[0], 5),
            SuggestionFrame(videos[1], 6, 2, {"note": "dark"}),
        ],
        provenance={"model_paths": ["m1"], "n": 3},
        negative_anchors={0: [(4, 1.0, 2.0)]},
    )
