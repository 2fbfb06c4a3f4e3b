import pytest

from sleap.gui.tables.column import Align, Column


def test_a_column_needs_no_more_than_a_title_and_a_text() -> None:
    column = Column(title="Name", text=str)
    assert column.text(3) == "3"
    assert column.align is Align.LEFT
    assert column.edit is None


def test_fields_are_named() -> None:
    with pytest.raises(TypeError):
        Column("Name", str)  # type: ignore[misc]
