from sleap.gui.actions.action import Action, always
from sleap.gui.session import Session


def test_a_command_is_called_by_its_menus() -> None:
    action = Action(id="x", title="Delete…", menu="Labels/Predictions", run=lambda window: None)
    assert action.command == "Labels › Predictions › Delete"
    assert Action(id="y", title="Select 1", menu="", run=lambda window: None).command == "Select 1"


def test_what_says_nothing_can_be_done_always() -> None:
    assert always(Session())
