"""Where journals lie, and whose they are."""

import os
import socket
import sys
import time
from pathlib import Path

from sleap.io import guard

SUFFIX = ".journal"
ASIDE = ".set-aside"
"""Added to the name of a journal that does not fit its project any more."""

FOREIGN_LIMIT = 24 * 3600
"""Seconds without an edit after which the journal of another computer counts as lost."""


def state_folder() -> Path:
    """Return the folder for the state of the user: ``$SLEAP_STATE``, or that of the system."""
    given = os.environ.get("SLEAP_STATE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base, "sleap")


def journal_folder() -> Path:
    """Return the folder of the journals."""
    return state_folder() / "journals"


def own_holder() -> dict[str, str | int | float]:
    """Say which process writes a journal."""
    return {
        "user": guard.account(),
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "started": guard.process_mark(os.getpid()),
        "since": time.time(),
    }


def is_abandoned(holder: dict[str, object], path: Path) -> bool:
    """Tell whether the process that wrote a journal is gone.

    Args:
        holder: As ``own_holder`` said it.
        path: The journal.
    """
    who = guard.Holder(
        user=str(holder.get("user", "")),
        host=str(holder.get("host", "")),
        pid=int(str(holder.get("pid", 0))),
        program="",
        since=float(str(holder.get("since", 0.0))),
        started=str(holder.get("started", "")),
    )
    if who.host == socket.gethostname():
        return guard.is_stale(who, path)
    try:
        return time.time() - path.stat().st_mtime > FOREIGN_LIMIT
    except OSError:
        return False
