"""Telling whether a process that left its mark in a file still lives."""

import socket
from pathlib import Path

from sleap.io.atomic import is_running


def birth(pid: int | str = "self") -> int | None:
    """Return a number that no later process of the same pid has; None where the system tells none.

    Of a process that has ended but was not waited for: 0.
    """
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return 0 if words[0] == "Z" else int(words[19])
    except (OSError, ValueError, IndexError):
        return None


def is_alive(pid: int, host: str, born: int | None) -> bool | None:
    """Tell whether a process lives.

    Args:
        pid: Its number.
        host: Name of its computer.
        born: What ``birth`` said in that process.

    Returns:
        None if it is one of another computer: nobody can tell.
    """
    if host != socket.gethostname():
        return None
    if not is_running(pid):
        return False
    now = birth(pid)
    return now is None or born is None or now == born
