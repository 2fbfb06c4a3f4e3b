"""Saving what a damaged labels file still holds, whatever state it is in.

With certain damage the HDF5 library crashes, or never returns. So the file is read by a child
process (``sleap.io.slp.salvage``) that says what it is about to read; where it dies or falls
silent, it is started again and told to leave that part out. The repair always ends, with a new
file or with a message, and the damaged file is only ever read.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import field, frozen

from sleap.errors import FileError, FormatError
from sleap.progress import SILENT, Progress

SILENCE = 60.0
"""Seconds without any news after which a part counts as one that never ends."""

MAX_ATTEMPTS = 25
"""How often the child is started, at most."""

WRITING = "the new file"
"""How the parts begin that do not read the damaged file: they may take longer."""

PROGRAM = ("-m", "sleap.io.slp.salvage")
"""What the child runs."""

_ENDINGS = (".partial", ".pkg.slp", ".slp", ".h5", ".hdf5")


@frozen
class RepairReport:
    """What a repair saved, and what was lost.

    Args:
        path: The repaired file.
        lines: What was saved and what was lost, each a sentence for a person.
        saved: How many of each kind of thing were saved ("frames", "user instances", ...).
        lost: How many are known to be lost, of those of which any are.
    """

    path: Path
    lines: tuple[str, ...]
    saved: dict[str, int] = field(factory=dict)
    lost: dict[str, int] = field(factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is known to be lost."""
        return not self.lost


def repair(
    path: str | Path,
    output: str | Path | None = None,
    progress: Progress = SILENT,
    *,
    silence: float = SILENCE,
) -> RepairReport:
    """Write a new labels file with all that a damaged one still holds.

    Args:
        path: The damaged file: a project, predictions, a training package, or the ``.partial``
            file of a run that was killed. It is not changed.
        output: The repaired file; None: ``{stem}.repaired.slp`` beside the damaged one (with a
            number if that name is taken), ``{stem}.repaired.pkg.slp`` for a package.
        progress: Told what is being read; may cancel.
        silence: Seconds after which a part that gives no news is left out.

    Returns:
        What was saved and what was lost.

    Raises:
        FileError: If there is no such file, or the new one cannot be written.
        FormatError: If nothing could be saved.
        CancelledError: If the user stopped it.
    """
    path = Path(path)
    if not path.is_file():
        raise FileError(f"Cannot repair '{path}': there is no such file.")
    output = _free_name(path) if output is None else Path(output)
    if output.exists() and output.samefile(path):
        raise FileError(
            f"Cannot repair '{path}' in place: the damaged file is kept. Choose another name."
        )
    progress.begin("Repairing", None)
    skipped: list[str] = []
    for _ in range(MAX_ATTEMPTS):
        result, part = _attempt(path, output, skipped, progress, silence)
        if result is not None:
            progress.end()
            return RepairReport(
                Path(result["path"]), tuple(result["lines"]), result["saved"], result["lost"]
            )
        if not part or part in skipped:
            break
        skipped.append(part)
    raise FormatError(
        f"Cannot repair '{path}': the damage crashes the program that reads it"
        f"{f' (at: {part})' if part else ''}. If there are backups beside it, use one of them."
    )


def _attempt(
    path: Path, output: Path, skipped: list[str], progress: Progress, silence: float
) -> tuple[dict[str, Any] | None, str]:
    """Run the child once; return its result, or None and the part at which it died."""
    part = ""
    with _child(path, output, skipped) as lines:
        while True:
            progress.check()
            patience = 60 * silence if part.startswith(WRITING) else silence
            line = _next_line(lines, patience, progress)
            if line is None:
                return None, part
            news = json.loads(line)
            if "error" in news:
                kind = FileError if news.get("kind") == "FileError" else FormatError
                raise kind(news["error"])
            if "result" in news:
                return news["result"], part
            if news.get("part") != part:
                part = news["part"]
                if part.startswith("'") and "," not in part:  # a whole table or list
                    progress.say(f"Reading {part}")
            progress.advance()


@contextmanager
def _child(path: Path, output: Path, skipped: list[str]) -> Iterator["queue.Queue[str | None]"]:
    """Start the child; yield a queue of the lines it writes, None at the end; stop it at exit."""
    command = [sys.executable, *PROGRAM, str(path), str(output), *skipped]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
    )
    lines: queue.Queue[str | None] = queue.Queue()

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("{"):
                lines.put(line)
        lines.put(None)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield lines
    finally:
        process.kill()
        process.wait()
        listener.join()
        if process.stdout is not None:
            process.stdout.close()


def _next_line(lines: "queue.Queue[str | None]", silence: float, progress: Progress) -> str | None:
    """Return the next line; None if the child ended without a result or fell silent."""
    waited, step = 0.0, min(0.5, silence)
    while waited < silence:
        progress.check()
        try:
            return lines.get(timeout=step)
        except queue.Empty:
            waited += step
    return None


def _free_name(path: Path) -> Path:
    """Return a name beside the damaged file that is not taken."""
    stem = path.name
    while ending := next((end for end in _ENDINGS if stem.lower().endswith(end)), ""):
        stem = stem[: -len(ending)]
    suffix = ".pkg.slp" if ".pkg." in path.name.lower() else ".slp"
    number = 1
    found = path.with_name(f"{stem or path.name}.repaired{suffix}")
    while found.exists():
        number += 1
        found = path.with_name(f"{stem or path.name}.repaired.{number}{suffix}")
    return found
