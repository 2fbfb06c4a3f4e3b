import numpy as np

from sleap import Labels, Video
from sleap.editing.touched import MANY, Kind, Touched


def labels_with(n_frames: int) -> Labels:
    labels = Labels(videos=[Video("a.mp4")])
    labels.store.add_frames(0, np.arange(n_frames) * 10)
    return labels


def test_joining_adds_kinds_and_frames() -> None:
    a = Touched(Kind.POINTS, frozenset({(0, 1)}))
    b = Touched(Kind.TRACKS, frozenset({(0, 2)}))
    assert a | b == Touched(Kind.POINTS | Kind.TRACKS, frozenset({(0, 1), (0, 2)}))


def test_joining_with_all_frames_is_all_frames() -> None:
    a = Touched(Kind.POINTS, frozenset({(0, 1)}))
    assert (a | Touched(Kind.POINTS, None)).frames is None
    assert Touched.union([a, Touched(Kind.POINTS, None), a]).frames is None


def test_many_frames_are_not_listed() -> None:
    store = labels_with(MANY + 1).store
    rows = np.arange(MANY + 1)
    assert Touched.of_frames(Kind.FRAMES, store, rows).frames is None
    few = Touched.of_frames(Kind.FRAMES, store, rows[:MANY])
    assert few.frames is not None
    assert len(few.frames) == MANY
    rest = Touched.of_frames(Kind.FRAMES, store, rows[MANY:])
    assert (few | rest).frames is None
    assert Touched.union([few, rest]).frames is None


def test_frames_are_named_by_video_and_index() -> None:
    store = labels_with(3).store
    touched = Touched.of_frames(Kind.FRAMES, store, np.array([2, 1, 2]))
    assert touched.frames == {(0, 20), (0, 10)}


def test_nothing_is_false() -> None:
    assert not Touched()
    assert Touched(Kind.POINTS)
    assert not Touched.union([])
