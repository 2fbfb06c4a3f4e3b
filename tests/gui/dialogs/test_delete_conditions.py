import pytest

from sleap.core.tables import PREDICTED
from sleap.core.track import Track
from sleap.gui.dialogs.delete_conditions import (
    NO_TRACK,
    All,
    BeyondFrameLimit,
    BeyondInstanceLimit,
    Custom,
    InArea,
    LowScore,
    Place,
)


@pytest.mark.parametrize(
    ("options", "n_chosen"),
    [
        (All(), 6),
        (All(where="video"), 6),
        (LowScore(score=0.8), 3),
        (BeyondInstanceLimit(limit=1), 3),
        (BeyondFrameLimit(last=11), 2),
        (InArea(area=(55.0, 60.0, 0.0, 0.0)), 3),
        (Custom(kind="all", where="range"), 8),
        (Custom(kind="user", track="a"), 3),
        (Custom(kind="predicted", track=NO_TRACK), 6),
    ],
)
def test_conditions_choose(labels, options, n_chosen):
    place = Place(labels, labels.videos[0], (0, 12))
    assert len(options.choice(place).rows(labels.store)) == n_chosen


def test_another_video_has_none(labels):
    choice = All(where="video").choice(Place(labels, labels.videos[1]))
    assert (choice.video, choice.kind) == (1, PREDICTED)
    assert len(choice.rows(labels.store)) == 0


def test_tracks_of_one_name_are_told_apart(labels):
    labels.tracks.append(Track(name="a"))
    assert Place(labels).track_names == ["a", "b", "a (2)"]
