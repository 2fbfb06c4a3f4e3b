import pickletools

from sleap.io.plain_pickle.opcodes import ACTIONS, OPCODES


def test_every_opcode_is_known_and_few_are_refused() -> None:
    names = {opcode.name for opcode in pickletools.opcodes}
    assert {name for name, _ in OPCODES.values()} == names
    assert names - set(ACTIONS) - {"STOP"} == {
        *("INST", "OBJ", "NEWOBJ", "NEWOBJ_EX", "PERSID", "BINPERSID"),
        *("EXT1", "EXT2", "EXT4", "NEXT_BUFFER", "READONLY_BUFFER"),
    }
