"""A place of the frame, asked of the user: a rectangle that is drawn, or a point clicked on."""

from collections.abc import Callable
from typing import Any

from sleap.core.choice import Area
from sleap.gui.canvas.canvas import Canvas
from sleap.gui.canvas.tools import Mode

Tell = Callable[[str], None]


class Picking:
    """Asks for one place at a time.

    Args:
        canvas: Where the user shows it.
        tell: Says what is asked; "" when it was answered.
    """

    def __init__(self, canvas: Canvas, tell: Tell) -> None:
        self._canvas, self._tell = canvas, tell
        self._then: Callable[..., None] | None = None
        canvas.area_selected.connect(lambda *area: self._answer(area))
        canvas.point_picked.connect(lambda x, y: self._answer(x, y))

    def area(self, what: str, then: Callable[[Area], None]) -> None:
        """Let the user draw a rectangle; ``then`` is given (x0, y0, x1, y1) pixels."""
        self._then = then
        self._canvas.begin_area()
        self._tell(what)

    def point(self, what: str, then: Callable[[float, float], None]) -> None:
        """Let the user click on a place; ``then`` is given x, y pixels."""
        self._then = then
        self._canvas.begin_point()
        self._tell(what)

    def cancel(self) -> None:
        """Ask for nothing any more."""
        self._then = None
        self._canvas.set_mode(Mode.EDIT)

    def _answer(self, *place: Any) -> None:
        then, self._then = self._then, None
        self._tell("")
        if then is not None:
            then(*place)
