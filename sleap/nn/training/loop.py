"""The training loop."""

import math
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from time import perf_counter as now
from typing import Any

import cv2
import numpy as np

from sleap.errors import CancelledError, ModelError
from sleap.io.stop_request import asked_to_stop, forget_to_stop
from sleap.nn.config.profile import Profile
from sleap.nn.data.example import Batch
from sleap.nn.data.pipeline import Batches, Prefetcher
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training.callbacks import Callback
from sleap.nn.training.course import EarlyStopping, Plateau
from sleap.nn.training.datasets import Dataset
from sleap.nn.training.history import Begin, Epoch, History, Step
from sleap.nn.training.state import Saving, TrainingState
from sleap.progress import SILENT, Progress

MAX_WORKERS = 4
LOOK_EVERY_S = 0.2
"""Seconds between two looks for a request to stop."""


def n_workers(profile: Profile) -> int:
    """Tell how many threads make examples."""
    wanted = profile.trainer.n_workers
    return wanted or min(MAX_WORKERS, max(1, (os.cpu_count() or 1) // 2))


class Loop:
    """One training under way."""

    def __init__(
        self,
        profile: Profile,
        dataset: Dataset,
        model: Any,
        listeners: Sequence[Callback],
        progress: Progress = SILENT,
        folder: RunFolder | None = None,
        state: TrainingState | None = None,
    ) -> None:
        self.trainer = profile.trainer
        self.outputs = profile.model.output_type.word
        self.folder = folder
        self.dataset = dataset
        self.model = model
        self.listeners = listeners
        self.progress = progress
        self.history = History(self.trainer.monitor_metric_name)
        self.plateau = Plateau.from_config(self.trainer)
        self.early_stopping = EarlyStopping.from_config(self.trainer)
        self.n_workers = n_workers(profile)
        self.steps = _positive(self.trainer.steps_per_epoch, len(dataset.train))
        self.val_steps = 0
        if dataset.val is not None:
            limit = len(dataset.val)
            self.val_steps = min(_positive(self.trainer.val_steps_per_epoch, limit), limit)
        self.judging_s = 0.0
        """Wall clock of the last validation and of what listened to it."""
        self.began = 0.0
        self.looked = 0.0
        self.saving = Saving(folder.path) if folder is not None else None
        self.earlier_s = 0.0
        """Wall clock of the processes before this one."""
        if state is not None:
            self._go_on(state)

    def run(self) -> History:
        """Train until one of the reasons to end."""
        self.began = now() - self.earlier_s
        n_left = max(self.trainer.num_epochs - self.first, 0)
        self.progress.begin("Training", n_left * self.steps)
        for listener in self.listeners:
            listener.on_begin(self._describe())
        try:
            self._run_epochs()
        except KeyboardInterrupt:
            self.history.end_reason = "cancelled"
        finally:
            self.history.seconds = now() - self.began
            self.progress.end()
        for listener in self.listeners:
            listener.on_end(self.history, self.model)
        return self.history

    @property
    def first(self) -> int:
        """Index of the next epoch."""
        return len(self.history.epochs)

    def _describe(self) -> Begin:
        dataset = self.dataset
        return Begin(
            outputs=self.outputs,
            n_epochs=self.trainer.num_epochs,
            first_epoch=self.first,
            steps_per_epoch=self.steps,
            n_train=len(dataset.train.examples),
            n_val=len(dataset.val.examples) if dataset.val is not None else 0,
            monitor=self.history.monitor,
            heads=[self.outputs],
        )

    def _go_on(self, state: TrainingState) -> None:
        """Take up where another process was."""
        state.restore(self.model)
        self.history.epochs = list(state.history.epochs)
        self.history.n_examples = state.history.n_examples
        self.earlier_s = state.history.seconds
        for name in ("plateau", "early_stopping"):
            if getattr(self, name) is not None and getattr(state, name) is not None:
                setattr(self, name, getattr(state, name))

    def _state(self) -> TrainingState:
        self.history.seconds = self.elapsed
        return TrainingState.of(self.model, self.history, self.plateau, self.early_stopping)

    def _prefetch(
        self, batches: Batches, n_steps: int | None = None, first: int = 0
    ) -> Prefetcher[Batch]:
        def make(number: int) -> Batch:
            return batches.batch(number % n_steps if n_steps else first + number)

        return Prefetcher(make, n_workers=self.n_workers, depth=self.n_workers + 1)

    def _run_epochs(self) -> None:
        with ExitStack() as stack:
            stack.enter_context(_one_thread_per_image())
            examples = stack.enter_context(
                self._prefetch(self.dataset.train, first=self.first * self.steps)
            )
            val_examples = None
            if self.dataset.val is not None:
                val_examples = self._prefetch(self.dataset.val, self.val_steps)
                stack.enter_context(val_examples)
            for index in range(self.first, self.trainer.num_epochs):
                is_last = self._run_epoch(index, examples, val_examples)
                self.history.waited_s = examples.waited_s
                self.history.waited_s += val_examples.waited_s if val_examples else 0.0
                is_last = is_last or index + 1 == self.trainer.num_epochs
                if self.saving is not None and len(self.history.epochs) == index + 1:
                    self.saving.save(self._state, at_once=is_last)
                if is_last:
                    return

    def _run_epoch(
        self, index: int, examples: Prefetcher[Batch], val_examples: Prefetcher[Batch] | None
    ) -> bool:
        """Learn and judge once; tell whether it was the last time."""
        began, rate = now(), self._rate
        loss = self._learn(index, examples)
        is_cancelled = self.history.end_reason == "cancelled"
        is_over = is_cancelled or self.history.end_reason == "stopped"
        if is_over and (self.history.epochs or math.isnan(loss)):
            if not self.history.epochs:
                raise CancelledError("Cancelled before the first step: nothing was trained.")
            return True
        judged = now()
        val_loss = math.nan if is_cancelled else self._judge(val_examples)
        epoch = Epoch(index, loss, val_loss, rate, now() - began)
        self.history.epochs.append(epoch)
        for listener in self.listeners:
            listener.on_epoch(epoch, self.model)
        self.judging_s = now() - judged
        if math.isfinite(val_loss):
            self.progress.advance(0, val_loss=val_loss)
        return self._steer(epoch)

    def _learn(self, index: int, examples: Prefetcher[Batch]) -> float:
        """Do the steps of an epoch; return the mean loss, NaN if there was no step."""
        self.model.reset_metrics()
        loss, began, n_timed = math.nan, 0.0, 0
        try:
            for step in range(self.steps):
                if self._is_out_of_time(step) or self.progress.is_cancelled or self._is_asked():
                    break
                batch = next(examples)
                logs = self.model.train_on_batch(batch.images, batch.targets, return_dict=True)
                loss = float(logs["loss"])
                if not math.isfinite(loss):
                    raise self._diverged(index, step)
                self.history.n_examples += len(batch.images)
                # The first step of all also builds the graph, so the rate is that of the others.
                began, n_timed = (began, n_timed + len(batch.images)) if step else (now(), 0)
                self._tell(index, loss, n_timed / max(now() - began, 1e-9))
                facts = Step(index, step, loss, self._rate, self.elapsed)
                for listener in self.listeners:
                    listener.on_step(facts)
        except KeyboardInterrupt:
            self.progress.is_cancelled = True
        if self.progress.is_cancelled:
            self.history.end_reason = "cancelled"
        return loss

    def _judge(self, examples: Prefetcher[Batch] | None) -> float:
        """Return the mean loss over the validation examples, NaN if there are none."""
        if examples is None:
            return math.nan
        self.model.reset_metrics()
        loss = math.nan
        for _ in range(self.val_steps):
            batch = next(examples)
            logs = self.model.test_on_batch(batch.images, batch.targets, return_dict=True)
            loss = float(logs["loss"])
        return loss

    def _steer(self, epoch: Epoch) -> bool:
        """Set the next learning rate; tell whether to end."""
        figure = epoch.figure(self.history.monitor)
        if self.history.end_reason in ("cancelled", "stopped"):
            return True
        if self._is_out_of_time(self.steps):
            self.history.end_reason = "time limit"
            return True
        if self.early_stopping is not None and self.early_stopping.is_over(figure):
            self.history.end_reason = "early stopping"
            return True
        if self.plateau is not None:
            self._rate = self.plateau.next_rate(figure, self._rate)
        return False

    def _is_asked(self) -> bool:
        """Look, a few times a second, whether somebody asked the training to end."""
        if self.folder is None or now() - self.looked < LOOK_EVERY_S:
            return False
        self.looked = now()
        how = asked_to_stop(self.folder.path)
        if not how:
            return False
        forget_to_stop(self.folder.path)
        self.history.end_reason = "stopped" if how == "stop" else "cancelled"
        return True

    def _is_out_of_time(self, step: int) -> bool:
        """Tell, after a number of steps of an epoch, whether another would pass the time limit.

        Time is kept for a validation: as long as the last one, or before the first as long as so
        many steps take.
        """
        limit = self.trainer.max_minutes * 60
        if not limit or step == 0:
            return False
        reserve = self.judging_s or self.val_steps * self.elapsed / step
        return self.elapsed + reserve >= limit

    def _tell(self, index: int, loss: float, rate: float) -> None:
        facts: dict[str, float | int | str] = {
            "epoch": f"{index + 1}/{self.trainer.num_epochs}",
            "loss": loss,
            "lr": self._rate,
        }
        if rate:
            facts["examples_per_s"] = rate
        if self.trainer.max_minutes:
            facts["seconds_left"] = max(self.trainer.max_minutes * 60 - self.elapsed, 0.0)
        self.progress.advance(1, **facts)

    def _diverged(self, index: int, step: int) -> ModelError:
        kept = " The best model so far is kept." if self.history.epochs else ""
        return ModelError(
            f"The loss is no longer a finite number at step {step + 1} of epoch {index + 1}, with "
            f"learning rate {self._rate:g}.{kept} Train with a smaller learning_rate"
            f"{' or in float32' if self.model.layers[1].compute_dtype != 'float32' else ''}."
        )

    @property
    def elapsed(self) -> float:
        """Seconds since the loop began."""
        return now() - self.began

    @property
    def _rate(self) -> float:
        return float(np.asarray(self.model.optimizer.learning_rate))

    @_rate.setter
    def _rate(self, rate: float) -> None:
        self.model.optimizer.learning_rate = rate


def _positive(wanted: int, otherwise: int) -> int:
    return wanted if wanted > 0 else otherwise


@contextmanager
def _one_thread_per_image() -> Iterator[None]:
    """Let OpenCV work in the calling thread: the examples are what is spread over threads."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)
