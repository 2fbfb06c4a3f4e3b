"""An hour of somebody who knows the keys of the original by heart."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QAbstractSpinBox

from sleap.core.suggestion import SuggestionFrame
from sleap.gui.canvas.tools import Mode
from sleap.io.files import load_file
from sleap.video import load_video
from tests.gui.stories.user import ALT, SHIFT, User, facts, points_of

LAST = 1099


@pytest.fixture
def expert(experienced: User, copied: Callable[[str], Path], data_dir: Path) -> User:
    """Before a project of two videos: predictions on 1100 frames of one, three suggestions."""
    path = copied("centered_pair") / "predictions.slp"
    labels = load_file(path)
    first = labels.videos[0]
    labels.videos.append(load_video(data_dir / "flies_tutorial" / "fly_clip.mp4"))
    labels.suggestions += [SuggestionFrame(first, frame_idx) for frame_idx in (200, 100, 300)]
    labels.save(path)
    window = experienced.start(path)
    experienced.wait(lambda: window.session.document.path == path)
    experienced.wait_for_frame()
    return experienced


def test_keys_step(expert: User) -> None:
    user = expert
    for key, frame_idx in (
        ("Right", 1),
        ("Left", 0),
        ("Left", LAST),
        ("Right", 0),
        ("Down", 50),
        ("Up", 0),
        ("Ctrl+Right", 10),
        ("Ctrl+Left", 0),
        ("Ctrl+Alt+Right", 100),
        ("Ctrl+Alt+Left", 0),
        ("End", LAST),
        ("Home", 0),
        ("Space", 100),  # from a frame that is not suggested: the next in the video
        ("Space", 300),
        ("Shift+Space", 100),
        ("F3", 300),
        ("Shift+F3", 100),
        ("Ctrl+E", 205),
        ("Alt+Right", 206),
        ("Alt+Left", 205),
        ("Ctrl+.", 206),
        ("Ctrl+M", 206),
        ("Home", 0),
        ("Ctrl+Shift+M", 206),
    ):
        user.press(key)
        assert user.session.frame_idx == frame_idx, key
    listed = list(user.session.labels.videos)
    user.press("Alt+Shift+Right")
    assert user.session.video is listed[1]
    user.press("Alt+Shift+Left")
    assert user.session.video is listed[0]


def test_shift_selects_frames(expert: User) -> None:
    user = expert
    for key, chosen in (
        ("Shift+Right", (0, 1)),
        ("Shift+Down", (0, 51)),
        ("Shift+Left", (0, 50)),
        ("Shift+End", (0, LAST)),
        ("Shift+Home", (0, 0)),
    ):
        user.press(key)
        assert user.session.frame_range == chosen, key


def test_instances_are_selected_by_keys(expert: User) -> None:
    user = expert
    user.press("1")
    assert user.session.instance_row == -1  # predictions cannot be selected unless coloured
    user.choose("View", "Color Predicted Instances")
    first, second = user.session.selectable
    for key, row in (("2", second), ("1", first), ("`", second), ("`", first), ("Esc", -1)):
        user.press(key)
        assert user.session.instance_row == row, key


def test_ctrl_held_lists_the_tracks(expert: User) -> None:
    user = expert
    user.choose("View", "Color Predicted Instances")
    user.press("1")
    before = user.canvas.grab().toImage()
    user.hold(Qt.Key.Key_Control)
    during = user.canvas.grab().toImage()
    user.release(Qt.Key.Key_Control)
    assert during != before
    assert user.canvas.grab().toImage() == before


def test_instances_are_made_copied_and_deleted_by_keys(expert: User) -> None:
    user = expert
    labels = user.session.labels
    start = facts(labels)
    user.press("Ctrl+I")
    made = user.session.instance
    assert made is not None and made.from_predicted is not None
    shape = points_of(made)
    user.press("Ctrl+C", "Right", "Ctrl+V")
    pasted = user.session.instance
    assert pasted is not None and not pasted.is_predicted
    np.testing.assert_array_equal(points_of(pasted), shape)
    user.press("Ctrl+0")
    assert pasted.track is labels.tracks[-1] and len(labels.tracks) == 28
    user.press("Ctrl+Shift+C", "Left", "1", "Ctrl+Shift+V")
    assert made.track is labels.tracks[-1]
    user.press("Ctrl+1")
    assert made.track is labels.tracks[0]
    user.press("Ctrl+Backspace")
    assert user.session.instance is None and labels.n_user_instances == 1
    user.press("Right", "1", "Ctrl+Shift+Backspace")
    assert labels.n_user_instances == 0
    user.press("Ctrl+U")  # no frame of a user is left to go to
    assert user.session.frame_idx == 1
    while user.window.isWindowModified():
        user.press("Ctrl+Z")
    assert facts(labels) == start


def test_keys_change_what_is_seen(expert: User) -> None:
    user = expert
    look = user.session.look
    user.press("Ctrl+Tab", "Ctrl+Shift+Tab", "H")
    changed = user.session.look
    assert changed.show_node_names != look.show_node_names
    assert changed.show_edges != look.show_edges
    assert changed.show_instances != look.show_instances
    user.press("H")
    user.press("Ctrl+=")
    assert user.canvas.view.zoom > 1.2
    user.press("Ctrl+Shift+=")
    assert user.canvas.view.zoom == 1


def test_the_mouse_zooms_and_moves(expert: User) -> None:
    user, view = expert, lambda: expert.canvas.view
    user.turn_wheel((200, 200), 1)
    assert view().zoom == pytest.approx(1.1)
    user.turn_wheel((200, 200), -2)
    assert view().zoom == 1
    user.drag((20, 20), (120, 120), ALT)
    assert view().zoom > 3
    centre = view().centre
    way = user.drag(np.add(centre, 5), np.add(centre, 15))
    np.testing.assert_allclose(view().centre, np.subtract(centre, way), atol=0.5)
    user.double_click_frame(*view().centre, ALT)
    assert view().zoom == 1


def test_gestures_edit(expert: User) -> None:
    user = expert
    user.press("Ctrl+I")
    made = user.session.instance
    assert made is not None
    start = points_of(made)
    way = user.drag(start[2], start[2] + 20, ALT)
    np.testing.assert_allclose(points_of(made), start + way)
    user.click_frame(*points_of(made)[2], SHIFT)
    assert made.points["complete"].all()
    user.right_click_frame(*points_of(made)[2])
    assert not made.points["visible"][2]
    held = points_of(made)[2]
    user.drag(held, held, ALT, wheel=3)
    turned = points_of(made)
    np.testing.assert_allclose(turned[2], held)
    lengths = [np.linalg.norm(points - points[2], axis=1) for points in (start, turned)]
    np.testing.assert_allclose(*lengths)
    assert not np.allclose(turned[0], start[0] + way)
    n_before = len(user.session.instances)
    user.right_click_frame(20, 350)
    user.pick("Random")
    assert len(user.session.instances) == n_before + 1


def test_keys_ask(expert: User) -> None:
    user = expert

    def enters(number: str, button: str):
        def act(dialog):
            user.fill(dialog.findChild(QAbstractSpinBox).lineEdit(), number)
            user.push(button, dialog)

        return act

    with user.answering("Go to frame", enters("301", "Go")):
        user.press("Ctrl+J")
    assert user.session.frame_idx == 300
    with user.answering("Select from frame 301 to", enters("311", "Select")):
        user.press("Ctrl+Shift+J")
    assert user.session.frame_range == (300, 310)
    user.press("Ctrl+K")
    assert user.canvas.mode is Mode.AREA
    user.press("Esc")
    assert user.canvas.mode is Mode.EDIT
    for title, key in (("Open Project", "Ctrl+O"), ("Save Project", "Ctrl+Shift+S")):
        with user.answering(title, lambda chooser: user.press("Esc", on=chooser)):
            user.press(key)


def test_windows_are_opened_and_closed_by_keys(expert: User) -> None:
    user = expert
    first = user.window
    user.press("Ctrl+N")
    assert len(user.program.windows) == 2
    user.wait(lambda: user.window is not first)
    user.press("Ctrl+Q")
    assert user.program.windows == []
