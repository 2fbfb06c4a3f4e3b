"""The diary of a training: what happens in it, written down while it happens.

``diary.jsonl`` in the run folder holds one JSON object a line, appended as it comes. Whoever wants
to watch reads on from where they stopped; a line that is not whole yet waits. A training that was
killed and goes on appends to the same file. A file ``stop`` beside it asks the training to end.

    begin    pid, host, outputs, n_epochs, first_epoch, steps_per_epoch, n_train, n_val, monitor,
             heads (names of the losses)
    stage    title
    step     epoch, step, loss, lr, seconds (a few of them a second)
    epoch    index, loss, val_loss, lr, seconds, is_best, eta_s, losses {head: value}
    example  epoch, file (a picture, relative to the folder)
    note     text
    end      reason, best_epoch, best, seconds: nothing follows
    error    message: nothing follows

Each has ``event`` and ``time`` (seconds since 1970), and the first of each process ``pid`` and
``host``. What is no number (a validation loss without validation) is null.
"""

import json
import logging
import math
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import define, field

from sleap.io.atomic import explain
from sleap.io.processes import birth, is_alive
from sleap.io.stop_request import ask_to_stop as ask_to_stop

DIARY_NAME = "diary.jsonl"
STATES = ("running", "ended", "interrupted", "failed", "unknown")

SILENT_AFTER = 10 * 60
"""Seconds without a line after which a training on another computer counts as interrupted."""

_log = logging.getLogger(__name__)

Event = dict[str, Any]


class Diary:
    """Writes the diary of a run.

    Nothing here raises: a training goes on where its diary cannot be written, and the first
    failure is logged.

    Args:
        folder: The run folder.
    """

    def __init__(self, folder: str | Path) -> None:
        self.path = Path(folder) / DIARY_NAME
        self._is_begun = False
        self._has_failed = False

    def write(self, event: str, **facts: Any) -> None:
        """Append a line.

        The file is open no longer than that, so that a network disk shows the line elsewhere.

        Args:
            event: What happened; see the module.
            **facts: What JSON can hold; numpy numbers too.
        """
        line: Event = {"event": event, "time": round(time.time(), 3)}
        if not self._is_begun:
            line |= {"pid": os.getpid(), "host": socket.gethostname(), "birth": birth()}
        text = json.dumps(_finite(line | facts), default=_plain)
        try:
            with self.path.open("a+b", buffering=0) as file:
                size = file.seek(0, os.SEEK_END)
                if size:  # what was killed, or a full disk, may have left half a line
                    file.seek(size - 1)
                    text = text if file.read(1) == b"\n" else "\n" + text
                file.write(text.encode() + b"\n")
        except OSError as error:
            self._fail(error)
        else:
            self._is_begun = True

    def _fail(self, error: OSError) -> None:
        if not self._has_failed:
            _log.warning("Cannot write the diary '%s': %s.", self.path, explain(error))
        self._has_failed = True


class DiaryReader:
    """Reads a diary bit by bit.

    Args:
        folder: The run folder.
    """

    def __init__(self, folder: str | Path) -> None:
        self.path = Path(folder) / DIARY_NAME
        self._offset = 0

    def news(self) -> list[Event]:
        """Return what came since the last call; nothing if there is no diary (yet)."""
        return [event for line in self._lines() if (event := _parse(line)) is not None]

    def _lines(self) -> list[bytes]:
        try:
            with self.path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._offset:
                    self._offset = 0  # another diary took its place
                file.seek(self._offset)
                data = file.read()
        except OSError:
            return []
        whole = data[: data.rfind(b"\n") + 1]
        self._offset += len(whole)
        return whole.splitlines()


@define
class RunState:
    """How a run stands.

    Attributes:
        state: "running"; "ended", also when stopped; "interrupted": its process is gone and the
            training can be resumed; "failed"; "unknown": there is no diary.
        outputs: Word of what the network puts out.
        pid: The process that trains or trained.
        host: Its computer.
        stage: What it is at.
        n_epochs: Epochs at most.
        steps_per_epoch: Steps of an epoch.
        n_train: Examples to learn from.
        n_val: Examples to judge by.
        monitor: The watched figure.
        heads: Names of the losses.
        epochs: The events of the epochs, each epoch once.
        step: The newest step; None before the first.
        examples: The pictures, oldest first.
        notes: What it had to say.
        reason: Why it ended.
        message: What went wrong, if it failed.
        best_epoch: Index of the best epoch.
        best: Its watched figure.
        began: When it began, seconds since 1970.
        seconds: How long it took.
        eta_s: Seconds it may still take, as of the last epoch.
    """

    state: str = "unknown"
    outputs: str = ""
    pid: int = 0
    host: str = ""
    stage: str = ""
    n_epochs: int = 0
    steps_per_epoch: int = 0
    n_train: int = 0
    n_val: int = 0
    monitor: str = "val_loss"
    heads: list[str] = field(factory=list)
    epochs: list[Event] = field(factory=list)
    step: Event | None = None
    examples: list[Path] = field(factory=list)
    notes: list[str] = field(factory=list)
    reason: str = ""
    message: str = ""
    best_epoch: int | None = None
    best: float | None = None
    began: float | None = None
    seconds: float | None = None
    eta_s: float | None = None


def summarize(folder: str | Path) -> RunState:
    """Tell how a run stands.

    Args:
        folder: The run folder.
    """
    reader = DiaryReader(folder)
    run = RunState()
    born, last = None, 0.0
    for event in _without_old_steps(reader._lines()):
        if "pid" in event:  # a process begins to write, the first or one that resumes
            run.state, run.reason, run.message = "running", "", ""
            run.pid, run.host, born = event["pid"], str(event.get("host", "")), event.get("birth")
        last = event.get("time") or last
        _enter(run, event, reader.path.parent)
    if run.state == "running":
        lives = is_alive(run.pid, run.host, born)
        if not (time.time() - last < SILENT_AFTER if lives is None else lives):
            run.state = "interrupted"
    return run


def _parse(line: bytes) -> Event | None:
    """Read a line; None if it was torn."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and isinstance(event.get("event"), str) else None


def _without_old_steps(lines: list[bytes]) -> Iterator[Event]:
    """Parse lines, but of the steps, of which there are many, only the newest."""
    mark = b'{"event": "step"'
    newest = max((row for row, line in enumerate(lines) if line.startswith(mark)), default=-1)
    for row, line in enumerate(lines):
        if (row == newest or not line.startswith(mark)) and (event := _parse(line)) is not None:
            yield event


def _enter(run: RunState, event: Event, folder: Path) -> None:
    """Bring the state up to date with one event."""
    match event["event"]:
        case "begin":
            first = event.get("first_epoch", 0)
            run.epochs = [one for one in run.epochs if one.get("index", 0) < first]
            run.began = run.began or event.get("time")
            _copy(run, event, "outputs", "n_epochs", "steps_per_epoch", "n_train", "n_val")
            _copy(run, event, "monitor", "heads")
        case "stage":
            run.stage = str(event.get("title", ""))
        case "step":
            run.step = event
        case "epoch":
            run.epochs.append(event)
            _copy(run, event, "eta_s")
            if event.get("is_best"):
                run.best_epoch = event.get("index")
                figure = event.get(run.monitor)
                run.best = event.get("loss") if figure is None else figure
        case "example":
            path = folder / str(event.get("file", ""))
            if path.is_file():
                run.examples.append(path)
        case "note":
            run.notes.append(str(event.get("text", "")))
        case "end":
            run.state, run.eta_s = "ended", None
            _copy(run, event, "reason", "best_epoch", "best", "seconds")
        case "error":
            run.state, run.eta_s = "failed", None
            _copy(run, event, "message")


def _copy(run: RunState, event: Event, *names: str) -> None:
    for name in names:
        if event.get(name) is not None:
            setattr(run, name, event[name])


def _plain(value: Any) -> Any:
    """Turn what JSON does not know into what it knows."""
    if hasattr(value, "item"):
        return _finite(value.item())
    return str(value)


def _finite(value: Any) -> Any:
    """Put null where a number is none."""
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
