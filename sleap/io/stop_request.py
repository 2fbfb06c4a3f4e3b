"""Asking a training to end: a file ``stop`` in its run folder.

The process that trains looks for it a few times a second; nobody needs to be its parent, to have a
port open or to be on the same computer.
"""

from pathlib import Path

from sleap.errors import FileError
from sleap.io.atomic import explain, replacing

STOP_NAME = "stop"
WAYS_TO_STOP = ("stop", "cancel")
"""End after this step, keep the best model and score it; or end, and keep the best model."""


def ask_to_stop(folder: str | Path, how: str = "stop") -> None:
    """Ask a training to end.

    Args:
        folder: The run folder.
        how: One of ``WAYS_TO_STOP``.

    Raises:
        FileError: If the file cannot be written.
    """
    if how not in WAYS_TO_STOP:
        raise ValueError(f"how is '{how}', expected {' or '.join(WAYS_TO_STOP)}")
    with replacing(Path(folder) / STOP_NAME) as temporary:
        temporary.write_text(how, encoding="utf-8")


def asked_to_stop(folder: str | Path) -> str:
    """Return how a training was asked to end; empty if it was not."""
    try:
        text = (Path(folder) / STOP_NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "cancel" if text.strip().lower() == "cancel" else "stop"


def forget_to_stop(folder: str | Path) -> None:
    """Remove what asked a training to end.

    Raises:
        FileError: If it cannot be removed, so that the next training would end at once.
    """
    path = Path(folder) / STOP_NAME
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(f"Cannot remove '{path}': {explain(error)}.") from error
