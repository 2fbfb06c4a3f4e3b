from sleap.gui.actions.window import CanvasControls, Window
from sleap.gui.main_window import MainWindow


def test_the_window_is_what_actions_ask_for(window: MainWindow) -> None:
    for protocol, real in ((Window, window), (CanvasControls, window.canvas)):
        names = {*protocol.__annotations__, *vars(protocol)}
        for name in names:
            assert name.startswith("_") or hasattr(real, name), name
