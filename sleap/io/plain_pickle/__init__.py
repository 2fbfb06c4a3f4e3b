"""Python pickles read as data: a program of opcodes is interpreted, and none of its calls is made.

A pickle is a small program that may call anything of any module, so loading one made by somebody
else runs their code. Files of this field hold pickles all the same (attributes that PyTables
writes, metrics of older releases). Here the opcodes of all protocols (0 to 5; PEP 307, 3154, 574)
are interpreted by a machine that knows lists, dictionaries and numbers. The few calls that plain
data needs (arrays of numpy, sets, bytes of old protocols) are rebuilt from what is known of them;
nothing is imported, and any other name that the file wants is an error.

The memory taken is bounded by the length of the pickle: sizes that a few bytes claim are compared
with the bytes that are there, arrays are views of them, and copies are counted. What comes out is
no deeper than ``MAX_DEPTH``, does not contain itself, and is not absurdly large when walked through
(a list that holds a list twice, which holds a list twice, and so on).
"""

import io
from typing import Any

from sleap.errors import FormatError
from sleap.io.plain_pickle.calls import CALLS
from sleap.io.plain_pickle.machine import Machine
from sleap.io.plain_pickle.opcodes import ACTIONS, OPCODES

_WRONG = (
    *(ValueError, TypeError, IndexError, KeyError, AttributeError, OverflowError),
    *(RecursionError, MemoryError, EOFError),
)


def loads(data: bytes) -> Any:
    """Read a pickle of plain data.

    Args:
        data: The pickle, of any protocol; bytes after its end are ignored.

    Returns:
        Of None, bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set,
        frozenset, and numpy arrays (read-only, of any type but a subclass), scalars and dtypes.
        Ordered dictionaries come as dict, subclasses of arrays as arrays, texts of Python 2 as str
        (by Latin-1).

    Raises:
        FormatError: If it wants anything else, is damaged, too deep, or claims absurd sizes.
    """
    machine = Machine(io.BytesIO(data), len(data), OPCODES, ACTIONS, CALLS)
    try:
        result = machine.run()
        machine.measure(result)
    except _WRONG as error:
        what = str(error) or type(error).__name__
        raise FormatError(f"A pickle is damaged, or not one of plain data: {what:.200}.") from error
    return result
