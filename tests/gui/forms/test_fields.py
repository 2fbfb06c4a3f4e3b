from pathlib import Path
from typing import Literal

import attrs
from attrs import field, frozen

from sleap.gui.forms.fields import Kind, describe, sentence
from sleap.render.style import Style
from sleap.suggestions.options import METHODS, SuggestionOptions, method_options


@frozen
class _Nested:
    depth: int = 1


@frozen
class _Every:
    must: str
    flag: bool = field(default=True, metadata={"help": "is it so", "title": "Flag it"})
    count: int = field(default=3, metadata={"limits": (1, 9), "unit": "frames"})
    share: float | None = None
    where: Path = Path()
    size: Literal["small", "large"] = "small"
    names: tuple[str, ...] = ()
    pair: tuple[int, int] | None = None
    nested: _Nested = field(factory=_Nested)
    secret: int = field(default=0, metadata={"is_hidden": True})
    _private: str = "x"


def _fields():
    return {one.name: one for one in describe(_Every)}


def test_every_kind_of_field_is_told():
    kinds = {name: one.kind for name, one in _fields().items()}
    assert kinds == {
        "must": Kind.TEXT,
        "flag": Kind.BOOL,
        "count": Kind.INT,
        "share": Kind.FLOAT,
        "where": Kind.PATH,
        "size": Kind.CHOICE,
        "names": Kind.TEXTS,
        "pair": Kind.TEXTS,
        "nested": Kind.GROUP,
        "_private": Kind.TEXT,
    }


def test_metadata_default_and_argument_are_taken_over():
    fields = _fields()
    assert fields["must"].default is attrs.NOTHING
    assert fields["flag"].title == "Flag it"
    assert fields["count"].limits == (1, 9)
    assert fields["count"].unit == "frames"
    assert fields["share"].is_optional
    assert fields["size"].choices == ("small", "large")
    assert fields["size"].texts == ("Small", "Large")
    assert fields["pair"].item is int
    assert fields["nested"].default == _Nested()
    assert fields["_private"].argument == "private"


def test_texts_of_choices_may_be_given_by_value_or_in_order():
    @frozen
    class Options:
        a: str = field(default="x", metadata={"choices": ("x", "y_z"), "texts": {"x": "The x"}})
        b: str = field(default="x", metadata={"choices": ("x", "y"), "texts": ("One", "Two")})

    first, second = describe(Options)
    assert first.texts == ("The x", "Y z")
    assert second.texts == ("One", "Two")


def test_options_of_the_program_are_described():
    assert [one.kind for one in describe(SuggestionOptions)].count(Kind.GROUP) == len(METHODS)
    assert all(list(describe(method_options(name))) for name in METHODS)
    assert {one.name for one in describe(Style)} >= {"palette", "crop"}


def test_a_name_is_written_as_people_read_it():
    assert sentence("per_video") == "Per video"
