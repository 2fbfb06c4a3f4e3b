import io

import pytest

from sleap.errors import FormatError
from sleap.io.plain_pickle.calls import CALLS
from sleap.io.plain_pickle.machine import FREE_SIZE, Machine, Name, checked, refuse
from sleap.io.plain_pickle.opcodes import ACTIONS, OPCODES


def make(data: bytes) -> Machine:
    return Machine(io.BytesIO(data), len(data), OPCODES, ACTIONS, CALLS)


def test_the_stack_holds_what_was_pushed() -> None:
    machine = make(b"K\x01K\x02\x86.")
    assert machine.run() == (1, 2)
    assert machine.stack == []


def test_marks_nest() -> None:
    assert make(b"(K\x01(K\x02ll.").run() == [1, [2]]


def test_without_an_action_an_opcode_is_refused() -> None:
    machine = Machine(io.BytesIO(b"N."), 2, OPCODES, {}, {})
    with pytest.raises(FormatError, match="opcode NONE"):
        machine.run()


def test_what_costs_is_counted() -> None:
    machine = make(b"")
    machine.charge(FREE_SIZE)
    with pytest.raises(FormatError, match="claims to hold more"):
        machine.charge(1)


def test_levels_are_counted_through_what_is_shared() -> None:
    inner: list[object] = [1]
    for _ in range(40):
        inner = [inner]
    outer: list[object] = [inner]
    for _ in range(30):
        outer = [outer]
    machine = make(b"")
    machine.measure([inner, inner])
    with pytest.raises(FormatError, match="deeper"):
        machine.measure([inner, outer])


def test_a_name_is_named_and_never_looked_up() -> None:
    name = Name("os", "system")
    assert "'os.system'" in str(refuse(name))
    with pytest.raises(FormatError, match=r"os\.system"):
        make(b"").measure([name])


def test_types_are_checked() -> None:
    assert checked(1, int) == 1
    with pytest.raises(FormatError, match="bool where int"):
        checked(True, int)
