"""What one column of a table shows, how it sorts and what typing into it does."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

import numpy.typing as npt
from attrs import frozen
from qtpy.QtGui import QColor, QIcon

from sleap.gui.tables.order import Order


class Align(Enum):
    """Where the text of a cell stands: words to the left, numbers to the right."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@frozen(kw_only=True)
class Column:
    """One column. Rows are those of the source, whatever the order on the screen.

    Attributes:
        title: What stands above it.
        text: Text of the cell of a row; asked only for rows that are seen.
        hint: What is told of the column when the mouse rests on its title.
        tip: What is told of a cell when the mouse rests on it; None: its text.
        align: Where the text stands.
        keys: (n_rows,) what the rows are sorted by; None: the column cannot be sorted.
        order: How these keys make an order.
        edit: Called with the row and the text typed; raises ``SleapError`` to refuse it. None: the
            cells cannot be edited.
        can_edit: Whether the cell of a row can; None: all can.
        initial: What the editor begins with; None: the text.
        choices: What to choose from in place of typing; None: typing.
        swatch: Colour of a small square before the text; None: no square.
        is_faint: Whether the text of a row is of less weight: predictions, what is missing.
        icon: Picture before the text; None: none.
        is_bold: Whether the text of a row is of more weight: what is current.
        optional: Where the room is short, columns of the highest number are hidden first; 0: never.
        sample: The longest text to make room for; empty: the column takes what room is left.
    """

    title: str
    text: Callable[[int], str]
    hint: str = ""
    tip: Callable[[int], str] | None = None
    align: Align = Align.LEFT
    keys: Callable[[], npt.NDArray[Any]] | None = None
    order: Callable[..., Order] | None = None
    edit: Callable[[int, str], None] | None = None
    can_edit: Callable[[int], bool] | None = None
    initial: Callable[[int], str] | None = None
    choices: Callable[[int], Sequence[str]] | None = None
    swatch: Callable[[int], QColor | None] | None = None
    is_faint: Callable[[int], bool] | None = None
    icon: Callable[[int], QIcon | None] | None = None
    is_bold: Callable[[int], bool] | None = None
    optional: int = 0
    sample: str = ""
