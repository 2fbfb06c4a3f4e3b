"""A table of fruit over a plain list."""

from collections.abc import Callable

import numpy as np
import pytest

from sleap.errors import LabelsError
from sleap.gui.tables.column import Align, Column
from sleap.gui.tables.model import TableModel
from sleap.gui.tables.order import natural


@pytest.fixture
def fruit() -> list[str]:
    return ["pear", "apple", "fig", "cherry"]


@pytest.fixture
def make_model(fruit: list[str], qapp: object) -> Callable[[], TableModel]:
    def rename(row: int, text: str) -> None:
        if not text:
            raise LabelsError("A fruit needs a name.")
        fruit[row] = text

    def make() -> TableModel:
        columns = [
            Column(
                title="Name",
                hint="What it is called",
                text=lambda row: fruit[row],
                edit=rename,
                can_edit=lambda row: fruit[row] != "fig",
                keys=lambda: natural(fruit),
            ),
            Column(
                title="Length",
                text=lambda row: str(len(fruit[row])),
                tip=lambda row: f"{len(fruit[row])} letters",
                align=Align.RIGHT,
                keys=lambda: np.array([len(one) for one in fruit]),
                sample="000",
                optional=1,
            ),
        ]
        model = TableModel(columns, lambda row: fruit[row])
        model.renew(len(fruit))
        return model

    return make
