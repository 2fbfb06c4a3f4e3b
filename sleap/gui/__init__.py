"""The labeling program: a window over a document. The only room that knows Qt."""

import sys


def _keep_none_alive() -> None:
    """Give ``None`` references to spare.

    PySide6 6.12 takes one from ``None`` with every call that returns nothing. From Python 3.12 on
    ``None`` is immortal; before, the program would be aborted after some thousands of calls
    ("deallocating None").
    """
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        import ctypes

        ctypes.c_ssize_t.from_address(id(None)).value += 1 << 40


_keep_none_alive()
