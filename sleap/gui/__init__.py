"""The labeling program: a window over a document. The only room that knows Qt."""

import sys


def _keep_constants_alive() -> None:
    """Give ``None``, ``True`` and ``False`` references to spare.

    PySide6 6.12 takes one from ``None`` with every call that returns nothing, and one from
    ``True`` with every signal that is emitted. From Python 3.12 on they are immortal; before, the
    program would be aborted after some thousands of calls ("deallocating None").
    """
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        import ctypes

        for constant in (None, True, False):
            ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40


_keep_constants_alive()
