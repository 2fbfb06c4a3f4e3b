import pytest

from sleap.errors import UnknownNameError
from sleap.registry import Registry


def make_registry() -> Registry[int]:
    registry: Registry[int] = Registry("number")
    registry.register("one")(1)
    registry.register("two")(2)
    return registry


def test_entries_are_found_by_name_in_order() -> None:
    registry = make_registry()
    assert registry.get("two") == 2
    assert registry.names == list(registry) == ["one", "two"]
    assert "one" in registry
    assert len(registry) == 2


def test_unknown_name_lists_the_known_and_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"Unknown number 'tow'.*'two'.*Known: one, two"):
        make_registry().get("tow")


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        make_registry().register("one")(3)
