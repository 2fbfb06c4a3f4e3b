"""What lets others watch a training: its diary."""

from time import perf_counter as now
from typing import Any

import attrs
from attrs import define, field

from sleap.io.diary import Diary
from sleap.nn.training.callbacks import Callback
from sleap.nn.training.history import Begin, Epoch, History, Step

STEP_EVERY_S = 0.2
"""Seconds between two steps that are written down."""


@define
class DiaryKeeper(Callback):
    """Writes what happens into the diary of the run."""

    diary: Diary
    _begin: Begin | None = field(default=None, init=False)
    _written: float = field(default=0.0, init=False)
    _best: float = field(default=float("inf"), init=False)
    _spent: float = field(default=0.0, init=False)
    """Seconds of the epochs of this process."""
    _n: int = field(default=0, init=False)

    def on_begin(self, begin: Begin) -> None:
        """Write down what is about to begin."""
        self._begin = begin
        self.diary.write("stage", title="Training")
        self.diary.write("begin", **attrs.asdict(begin))

    def on_step(self, step: Step) -> None:
        """Write down the step, unless the last one is too near."""
        time = now()
        if time - self._written < STEP_EVERY_S:
            return
        self._written = time
        self.diary.write(
            "step",
            epoch=step.epoch,
            step=step.index,
            loss=step.loss,
            lr=step.lr,
            seconds=step.seconds,
        )

    def on_epoch(self, epoch: Epoch, model: Any) -> None:
        """Write down the epoch, and how long the rest may take."""
        assert self._begin is not None
        self._spent, self._n = self._spent + epoch.seconds, self._n + 1
        left = max(self._begin.n_epochs - epoch.index - 1, 0)
        figure = epoch.figure(self._begin.monitor)
        is_best, self._best = figure < self._best, min(figure, self._best)
        self.diary.write(
            "epoch",
            **attrs.asdict(epoch),
            is_best=is_best,
            eta_s=left * self._spent / self._n,
            losses=dict.fromkeys(self._begin.heads, epoch.loss),
        )


def tell_end(diary: Diary, history: History) -> None:
    """Write down that a training is over, and all that follows it too."""
    best = history.best
    diary.write(
        "end",
        reason=history.end_reason,
        best_epoch=None if best is None else best.index,
        best=None if best is None else best.figure(history.monitor),
        seconds=history.seconds,
    )
