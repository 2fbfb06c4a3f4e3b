import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.editing.edits.instances.filling import METHODS, Filler, check_method, whole_frame
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError

NOTHING = np.full((4, 2), np.nan)


def middle(points: np.ndarray) -> np.ndarray:
    return (points.min(axis=0) + points.max(axis=0)) / 2


@pytest.mark.parametrize("method", METHODS)
def test_all_methods_place_all_nodes_where_they_are_wanted(labels: Labels, method: str) -> None:
    check_method(method)
    filler = Filler(Transaction(labels), method, labels.video, (0, 0, 100, 100), (400, 300))
    points = filler.fill(NOTHING, labels.skeleton)
    assert np.isfinite(points).all()
    assert np.hypot(*(middle(points) - (400, 300))) < 40
    np.testing.assert_array_equal(filler.fill(points, labels.skeleton), points)


@pytest.mark.parametrize("method", METHODS)
def test_the_middle_of_what_is_seen_comes_first(labels: Labels, method: str) -> None:
    seen = Filler(Transaction(labels), method, labels.video, (500, 300, 600, 400))
    assert np.hypot(*(middle(seen.fill(NOTHING, labels.skeleton)) - (550, 350))) < 40
    whole = Filler(Transaction(labels), method, labels.video)
    points = whole.fill(NOTHING, labels.skeleton)
    assert ((points >= 0) & (points <= (639, 479))).all()


def test_new_instances_stay_on_the_frame(labels: Labels) -> None:
    filler = Filler(Transaction(labels), "average", labels.video, at=(639, 0))
    points = filler.fill(NOTHING, labels.skeleton)
    assert points.max(axis=0)[0] == pytest.approx(639)
    assert points.min(axis=0)[1] == pytest.approx(0)


def test_frames_of_unknown_size_have_some(labels: Labels) -> None:
    assert whole_frame(labels.video) == (0, 0, 639, 479)
    assert whole_frame(Video("unknown.mp4")) == (0, 0, 511, 511)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(LabelsError, match="Did you mean 'random'"):
        check_method("randon")
