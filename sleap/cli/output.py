"""What a person at a terminal sees of a long job; all on stderr, so stdout stays parseable."""

import json
import sys
import time
from types import TracebackType
from typing import Any, Self

from sleap.progress import Progress

_SECONDS_BETWEEN_LINES = 5.0


class Display(Progress):
    """A progress that is entered while a command runs; this base class is silent."""

    def __enter__(self) -> Self:
        """Start to show."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End what is still shown."""
        self.end()


class LineDisplay(Display):
    """Plain lines, at most one every few seconds: for log files and pipes."""

    def __init__(self, as_json: bool = False) -> None:
        self.as_json = as_json
        self.title = ""
        self.total: int | None = None
        self.done = 0
        self.started = self.shown = 0.0
        self.facts: dict[str, float | int | str] = {}

    def begin(self, title: str, total: int | None = None) -> None:
        """Announce a stage."""
        self.title, self.total, self.done, self.facts = title, total, 0, {}
        self.started = self.shown = time.monotonic()

    def advance(self, steps: int = 1, **facts: float | int | str) -> None:
        """Count steps, and print a line when the last one is some seconds old."""
        self.done += steps
        self.facts |= facts
        now = time.monotonic()
        if now - self.shown >= _SECONDS_BETWEEN_LINES:
            self._show(now)

    def say(self, text: str) -> None:
        """Print one line."""
        print(json.dumps({"message": text}) if self.as_json else text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Print the final line of the stage."""
        if self.title:
            self._show(time.monotonic())
            self.title = ""

    def _show(self, now: float) -> None:
        self.shown = now
        elapsed = max(now - self.started, 1e-9)
        rate = self.done / elapsed
        left = (self.total - self.done) / rate if self.total and rate > 0 else None
        left = _sooner(left, self.facts.get("seconds_left"))
        if self.as_json:
            record = {
                "stage": self.title,
                "n_processed": self.done,
                "n_total": self.total,
                "rate": rate,
                "eta": left,
                **self.facts,
            }
            print(json.dumps(record), file=sys.stderr, flush=True)
            return
        of_total = f"/{self.total}" if self.total else ""
        eta = f", {left:.0f} s left" if left else ""
        facts = "".join(f", {name} {value}" for name, value in _shown(self.facts).items())
        line = f"{self.title}: {self.done}{of_total}, {rate:.1f}/s{eta}{facts}"
        print(line, file=sys.stderr, flush=True)


class BarDisplay(Display):
    """A bar that redraws itself: for terminals."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )
        from rich.progress import Progress as RichProgress

        self._bar: Any = RichProgress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[eta]}"),
            TextColumn("{task.fields[facts]}"),
            console=Console(stderr=True),
        )
        self._task: Any = None
        self._facts: dict[str, float | int | str] = {}

    def begin(self, title: str, total: int | None = None) -> None:
        """Show a new bar."""
        self.end()
        self._bar.start()
        self._facts = {}
        self._task = self._bar.add_task(title, total=total, facts="", rate="", eta="")

    def advance(self, steps: int = 1, **facts: float | int | str) -> None:
        """Move the bar."""
        if self._task is None:
            return
        self._facts |= facts
        shown = "  ".join(f"{name} {value}" for name, value in _shown(self._facts).items())
        task = self._bar.tasks[-1]
        rate = f"{task.speed:.1f}/s" if task.speed else ""
        left = _sooner(task.time_remaining, self._facts.get("seconds_left"))
        eta = f"ETA {int(left) // 60}:{int(left) % 60:02}" if left is not None else ""
        self._bar.update(self._task, advance=steps, facts=shown, rate=rate, eta=eta)

    def say(self, text: str) -> None:
        """Print one line above the bar."""
        self._bar.console.print(text, markup=False, highlight=False)

    def end(self) -> None:
        """Leave the finished bar on the screen."""
        if self._task is not None:
            self._bar.stop_task(self._task)
            self._bar.stop()
            self._bar.remove_task(self._task)
            self._task = None


def make_progress(verbosity: str) -> Display:
    """Choose how progress is shown.

    Args:
        verbosity: "none", "rich" (a bar on a terminal, plain lines elsewhere) or "json" (one JSON
            object per line).
    """
    if verbosity == "none":
        return Display()
    if verbosity == "json":
        return LineDisplay(as_json=True)
    return BarDisplay() if sys.stderr.isatty() else LineDisplay()


def _sooner(left: float | None, limit: float | int | str | None) -> float | None:
    """Return the smaller of two times that a stage may still take, seconds; None if unknown."""
    known = [float(value) for value in (left, limit) if value is not None]
    return min(known, default=None)


def _shown(facts: dict[str, float | int | str]) -> dict[str, str]:
    """Return the facts that stand beside a bar, as short texts."""
    return {name: _short(value) for name, value in facts.items() if name != "seconds_left"}


def _short(value: float | int | str) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
