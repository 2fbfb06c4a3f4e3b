"""The menu Help."""

from sleap.gui.actions.action import Action, Row
from sleap.gui.actions.window import Window


def _page(id: str, title: str, page: str, hint: str = "", *, first: bool = False) -> Action:
    def run(window: Window) -> None:
        window.show_help(page)

    return Action(id=id, title=title, menu="Help", run=run, hint=hint, starts_section=first)


ROWS: tuple[Row, ...] = (
    _page("keyboard reference", "Keyboard Reference…", "keys", "See and change all keys"),
    _page("first steps", "First Steps…", "hints", "How labeling begins"),
    _page(
        "report problem",
        "Report a Problem…",
        "report",
        "Write a file that helps to find what went wrong; it holds none of your data",
        first=True,
    ),
    _page("about", "About SLEAP…", "about"),
)
