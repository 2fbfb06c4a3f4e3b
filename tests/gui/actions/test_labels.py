from sleap.gui.actions.labels import PLACEMENTS, add
from sleap.gui.main_window import MainWindow
from sleap.gui.preferences import PLACEMENTS as NAMES


def test_placements_are_those_of_the_preferences() -> None:
    assert tuple(PLACEMENTS) == NAMES


def test_every_placement_adds_an_instance(window: MainWindow) -> None:
    session = window.session
    session.go_to(12)
    for number, method in enumerate(PLACEMENTS):
        add(window, method, at=(60.0, 40.0))
        assert len(session.instances) == number + 1
        assert session.instance_row in session.instances


def test_instances_are_copied_to_other_frames(window: MainWindow) -> None:
    session = window.session
    window.menus.trigger("paste instance")
    assert window.status.currentMessage() == "No instance was copied."
    session.select(session.selectable[1])
    window.menus.trigger("copy instance")
    session.go_to(30)
    window.menus.trigger("paste instance")
    assert session.instance is not None and session.instance.track.name == "b"


def test_predictions_become_instances(window: MainWindow) -> None:
    window.menus.trigger("add from predictions")
    assert window.session.document.undo_title == "Add Instances from Predictions"
    assert not [one for one in window.session.instances if one not in window.session.selectable]


def test_a_frame_without_animals_is_marked_and_unmarked(window: MainWindow) -> None:
    session = window.session
    session.go_to(33)
    window.menus.trigger("negative frame")
    assert session.frame is not None and len(session.frame) == 0
    window.menus.trigger("negative frame")
    assert session.frame is None
