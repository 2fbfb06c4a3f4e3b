from sleap.gui.actions.view import switch
from sleap.gui.main_window import MainWindow


def test_switches_turn_and_tell(window: MainWindow) -> None:
    action = switch("x", "Bold", "bold_lines")
    assert action.checked is not None and not action.checked(window)
    action.run(window)
    assert window.session.look.bold_lines and action.checked(window)


def test_trails_are_switched(window: MainWindow) -> None:
    window.menus.trigger("show trails")
    assert window.session.look.trail_length == 50
    window.menus.trigger("show trails")
    assert window.session.look.trail_length == 0
