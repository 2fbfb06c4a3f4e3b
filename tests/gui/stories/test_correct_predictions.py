"""A network has found two flies, and some that are none; a biologist puts that right."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from qtpy.QtWidgets import QAbstractSpinBox

from sleap.core.instance import Instance, PredictedInstance
from tests.gui.stories.user import User, facts, points_of


def tracked(user: User, name: str) -> Instance:
    """Return what is shown of a track on the current frame."""
    frame, shown = user.session.frame, user.session.instances
    assert frame is not None
    return next(
        one
        for one in frame.instances
        if one.row in shown and one.track is not None and one.track.name == name
    )


def tracks_at(user: User, frame_idx: int) -> list[str]:
    """Return the tracks on a frame, those of the instances to the left first."""
    frame = user.session.labels.find(user.session.video, frame_idx)
    assert frame is not None
    there = sorted(frame.instances, key=lambda one: np.nanmean(points_of(one)[:, 0]))
    return [one.track.name for one in there if one.track is not None]


def delete_low_scores(user: User, limit: str) -> str:
    """Delete by the dialog; return what it announced."""
    announced = []

    def act(dialog):
        user.fill(dialog.findChild(QAbstractSpinBox).lineEdit(), limit)
        user.press("Tab")
        announced.append(dialog.note.text())
        user.push("Delete", dialog)

    with user.answering("Delete predictions with low score", act):
        user.choose("Labels", "Delete Predictions", "with Low Score…")
    return announced[0]


def test_correct_predictions(experienced: User, copied: Callable[[str], Path]) -> None:
    user = experienced
    path = copied("centered_pair") / "predictions.slp"
    window = user.start(path)
    user.wait(lambda: window.session.document.path == path)
    user.wait_for_frame()
    labels = window.session.labels
    start = facts(labels)
    states = [start]

    def done() -> None:
        states.append(facts(labels))
        assert states[-1] != states[-2]

    user.press("Ctrl+E")
    assert user.session.frame_idx == 25  # where a third one appears
    user.wait_for_frame()
    found = tracked(user, "1")
    assert isinstance(found, PredictedInstance)
    user.double_click_frame(*points_of(found)[2])
    mine = user.session.instance
    assert mine is not None and mine.from_predicted is found
    assert mine.track is found.track
    done()

    head = points_of(mine)[0]
    way = user.drag(head, np.add(head, (12, -9)))
    np.testing.assert_allclose(points_of(mine)[0], head + way)
    assert mine.points["complete"].tolist() == [True] + [False] * 23
    done()

    assert tracks_at(user, 40) == ["2", "1"]
    user.press("Ctrl+2")
    assert mine.track.name == "2"
    assert tracks_at(user, 24) == ["2", "1"] and tracks_at(user, 40) == ["1", "2"]
    done()

    user.press("Right")
    user.wait_for_frame()
    user.press("Ctrl+T")
    assert tracks_at(user, 40) == ["2", "1"]
    done()

    user.choose("View", "Color Predicted Instances")
    user.press("Left")
    user.wait_for_frame()
    third = tracked(user, "3")
    places = points_of(third)
    user.click_frame(*places[np.isfinite(places).all(axis=1)][0])
    assert user.session.instance is third
    user.press("Ctrl+Shift+Backspace")
    assert "3" not in [track.name for track in labels.tracks]
    done()

    user.press("Home")
    user.wait_for_frame()
    user.press("2", "Ctrl+Backspace")
    assert len(user.session.instances) == 1
    done()

    n_low = sum(one.score < 5 for frame in labels for one in frame.predicted_instances)
    assert n_low > 10
    assert delete_low_scores(user, "5").startswith(f"{n_low} instances")
    assert min(one.score for frame in labels for one in frame.predicted_instances) >= 5
    done()

    for state in states[-2::-1]:
        user.press("Ctrl+Z")
        assert facts(labels) == state
    assert not window.isWindowModified()
    for state in states[1:]:
        user.press("Ctrl+Shift+Z")
        assert facts(labels) == state
