"""Declaring, checking, reading and writing groups of options."""

from typing import Any, ClassVar

import attrs
import pytest
from attrs import define

from sleap.errors import ProfileError
from sleap.nn.config.schema import Group, option


@define(kw_only=True, slots=False)
class Engine(Group):
    PATH: ClassVar[str] = "engine"

    cylinders: int = option(4, "How many.", at_least=1, at_most=16)
    power: float = option(90.0, "How strong.", unit="kW", above=0, below=1000)
    turbo: bool = option(False, "Whether it has one.")
    fuel: str = option("petrol", "What it burns.", choices=("petrol", "Diesel"))
    name: str | None = option(None, "What it is called.")
    valves: list[Any] | None = option(None, "Sizes.")  # noqa: RUF009
    parts: dict[str, Any] = option(attrs.Factory(dict), "Others.")  # noqa: RUF009
    choke: bool | None = option(None, "No longer used.", deprecated=True)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("cylinders", "6", 6),
        ("cylinders", 6.0, 6),
        ("power", "1e-06", 1e-6),
        ("power", 7, 7.0),
        ("turbo", "False", False),
        ("turbo", True, True),
        ("fuel", "diesel", "Diesel"),
        ("name", None, None),
        ("name", "V8", "V8"),
        ("valves", [1], [1]),
        ("parts", {"a": 1}, {"a": 1}),
    ],
)
def test_values_are_converted(key: str, value: Any, expected: Any) -> None:
    got = getattr(Engine.from_dict({key: value}), key)
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("cylinders", 0, "engine.cylinders is 0; expected at least 1."),
        ("cylinders", 17, "engine.cylinders is 17; expected at most 16."),
        ("cylinders", 2.5, "engine.cylinders is 2.5; expected a whole number."),
        ("cylinders", True, "engine.cylinders is true; expected a whole number."),
        ("cylinders", None, "engine.cylinders is null; expected a whole number."),
        ("power", "strong", 'engine.power is "strong"; expected a number.'),
        ("power", "nan", 'engine.power is "nan"; expected a number.'),
        ("power", 0, "engine.power is 0.0; expected more than 0."),
        ("power", 1000, "engine.power is 1000.0; expected less than 1000."),
        ("power", [1], "engine.power is a list; expected a number."),
        ("turbo", 1, "engine.turbo is 1; expected true or false."),
        ("fuel", 3, "engine.fuel is 3; expected a string."),
        ("parts", [], "engine.parts is a list; expected an object {…}."),
        ("valves", {}, "engine.valves is an object; expected a list […]."),
    ],
)
def test_a_wrong_value_is_named(key: str, value: Any, message: str) -> None:
    with pytest.raises(ProfileError) as caught:
        Engine.from_dict({key: value})
    assert str(caught.value) == message


def test_a_wrong_word_lists_the_choices() -> None:
    with pytest.raises(ProfileError, match=r"one of .*, .Diesel.\. Did you mean 'petrol'"):
        Engine.from_dict({"fuel": "petrl"})


def test_setting_an_attribute_is_checked_too() -> None:
    engine = Engine()
    with pytest.raises(ProfileError, match=r"engine\.power"):
        engine.power = -1.0
    assert engine.power == 90.0


def test_an_unknown_key_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(ProfileError, match=r"'engine\.cilinders'\. Did you mean 'cylinders'\?"):
        Engine.from_dict({"cilinders": 3})


def test_unknown_keys_of_saved_files_are_kept() -> None:
    engine = Engine.from_dict({"colour": [1, 2], "cylinders": None}, strict=False)
    assert engine.extra == {"colour": [1, 2]}
    assert engine.cylinders == 4
    assert engine.to_dict()["colour"] == [1, 2]


def test_to_dict_is_complete_and_lossless() -> None:
    engine = Engine(cylinders=8, parts={"a": [1]}, choke=True)
    data = engine.to_dict()
    assert Engine.from_dict(data) == engine
    assert list(data) == list(Engine.options())
    data["parts"]["a"].append(2)
    assert engine.parts == {"a": [1]}


def test_a_deprecated_key_is_left_out_unless_given() -> None:
    assert "choke" not in Engine().to_dict()
    assert Engine.from_dict({"choke": False}).to_dict()["choke"] is False


def test_not_an_object() -> None:
    with pytest.raises(ProfileError, match=r"engine is a list; expected an object"):
        Engine.from_dict([])
