"""A thing that the user can ask for: a row of a menu, a line of the command palette, a key."""

from collections.abc import Callable, Sequence

from attrs import frozen

from sleap.gui.actions.window import Window
from sleap.gui.session import Session


def always(session: Session) -> bool:
    """Tell that something can be asked for at any time."""
    return True


@frozen(kw_only=True)
class Action:
    """One action.

    Attributes:
        id: Its name, in ``shortcuts.yaml`` too.
        title: What the menu says; with an ellipsis if it asks before it does anything.
        menu: Path of the menu it lies in, "Labels/Delete Predictions"; "" if in none.
        run: Does it.
        enabled: Tells whether it can be done now.
        checked: Tells whether it is switched on; None if it is no switch.
        detail: What its title says beyond ``title``: what would be undone; None for nothing.
        hint: What it does, in a sentence, for the status bar.
        starts_section: Whether a line parts it from what lies above.
    """

    id: str
    title: str
    menu: str
    run: Callable[[Window], object]
    enabled: Callable[[Session], bool] = always
    checked: Callable[[Window], bool] | None = None
    detail: Callable[[Window], str] | None = None
    hint: str = ""
    starts_section: bool = False

    @property
    def command(self) -> str:
        """The title in the command palette: with that of the menu."""
        path = self.menu.replace("/", " › ")
        return f"{path} › {self.title.rstrip('…')}" if path else self.title


@frozen
class Choice:
    """One of several things, in a menu made anew each time it is opened.

    Attributes:
        title: What it says.
        run: Chooses it.
        is_checked: Whether it is the one chosen now; None if none is.
        key: Name of the shortcut that chooses it too; "" for none.
        color: (red, green, blue) of a dot before it.
    """

    title: str
    run: Callable[[Window], object]
    is_checked: bool | None = None
    key: str = ""
    color: tuple[int, int, int] | None = None


@frozen(kw_only=True)
class Choices:
    """A menu of choices.

    Attributes:
        menu: Path of the menu, with its own title at the end.
        make: Returns what there is to choose now.
        enabled: Tells whether there is anything to choose now.
        starts_section: Whether a line parts it from what lies above.
    """

    menu: str
    make: Callable[[Window], Sequence[Choice]]
    enabled: Callable[[Session], bool] = always
    starts_section: bool = False


Row = Action | Choices
