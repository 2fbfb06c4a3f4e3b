"""The training loop."""

import math
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from time import perf_counter as now
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from sleap.core.labels import Labels
from sleap.errors import CancelledError, ModelError, ProfileError
from sleap.nn.backend import load_keras
from sleap.nn.config.profile import Profile
from sleap.nn.data.example import Batch
from sleap.nn.data.pipeline import Batches, Prefetcher
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training.callbacks import Callback, profile_callbacks
from sleap.nn.training.course import EarlyStopping, Plateau
from sleap.nn.training.datasets import Dataset, prepare
from sleap.nn.training.history import Epoch, History
from sleap.nn.training.optimizers import make_optimizer
from sleap.nn.training.precision import choose_policy
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    import keras

MONITORS = ("val_loss", "loss")
MAX_WORKERS = 4


def train(
    profile: Profile,
    labels: Labels,
    run_folder: RunFolder,
    val_labels: Labels | None = None,
    *,
    progress: Progress = SILENT,
    callbacks: Sequence[Callback] = (),
) -> History:
    """Train a network.

    Args:
        profile: What to train; completed on the way.
        labels: What to learn from.
        run_folder: Where the completed profile and the models go.
        val_labels: What to judge by; None: a part of ``labels``.
        progress: Told of each step, and asked whether to go on.
        callbacks: Further listeners.

    Raises:
        SleapError: See ``prepare`` and ``fit``.
    """
    with prepare(profile, labels, val_labels, progress=progress) as dataset:
        run_folder.save_job(profile)
        dataset.save_split(run_folder.path / "split.json")
        return fit(profile, dataset, run_folder, progress=progress, callbacks=callbacks)


def fit(
    profile: Profile,
    dataset: Dataset,
    run_folder: RunFolder,
    *,
    progress: Progress = SILENT,
    callbacks: Sequence[Callback] = (),
) -> History:
    """Train a network on a dataset that was prepared.

    It ends after the last epoch, by early stopping, at the time limit, or when the user cancels
    (also by Ctrl+C); in each case the best model so far lies in the run folder.

    Args:
        profile: The completed profile.
        dataset: What to learn from and to judge by.
        run_folder: Where the models go.
        progress: Told of each step, and asked whether to go on.
        callbacks: Further listeners.

    Raises:
        CancelledError: If the user cancels before the first step is done.
        ModelError: If the loss is no longer a number.
        FileError: If a model cannot be saved.
    """
    monitor = profile.trainer.monitor_metric_name
    if monitor not in MONITORS:
        raise ProfileError(
            f"trainer.monitor_metric_name is '{monitor}', expected {' or '.join(MONITORS)}."
        )
    listeners = [*profile_callbacks(profile, run_folder, monitor), *callbacks]
    model = make_model(profile, dataset)
    return _Loop(profile, dataset, model, listeners, progress).run()


def make_model(profile: Profile, dataset: Dataset) -> "keras.Model":
    """Build the network with random weights of the profile's seed, ready to learn.

    Args:
        profile: The completed profile.
        dataset: What it will be fed with.
    """
    keras = load_keras()

    from sleap.nn.losses import make_mse
    from sleap.nn.model import build_network

    trainer = profile.trainer
    keras.utils.set_random_seed(trainer.seed)
    policy = choose_policy(trainer.precision)
    model = build_network(profile, dataset.channels, dataset.task.n_outputs, dtype=policy)
    optimizer = make_optimizer(trainer)
    # With its variables made beforehand, the graph of a step is traced once instead of twice.
    optimizer.build(model.trainable_variables)
    # XLA makes training on a CPU slower, and the network is small enough to do without.
    loss = make_mse(trainer.foreground_weight)
    model.compile(optimizer=optimizer, loss=loss, jit_compile=False)
    return model


def n_workers(profile: Profile) -> int:
    """Tell how many threads make examples."""
    wanted = profile.trainer.n_workers
    return wanted or min(MAX_WORKERS, max(1, (os.cpu_count() or 1) // 2))


class _Loop:
    """One training under way."""

    def __init__(
        self,
        profile: Profile,
        dataset: Dataset,
        model: Any,
        listeners: Sequence[Callback],
        progress: Progress,
    ) -> None:
        self.trainer = profile.trainer
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

    def run(self) -> History:
        """Train until one of the reasons to end."""
        self.began = now()
        self.progress.begin("Training", self.trainer.num_epochs * self.steps)
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

    def _prefetch(self, batches: Batches, n_steps: int | None = None) -> Prefetcher[Batch]:
        def make(number: int) -> Batch:
            return batches.batch(number % n_steps if n_steps else number)

        return Prefetcher(make, n_workers=self.n_workers, depth=self.n_workers + 1)

    def _run_epochs(self) -> None:
        with ExitStack() as stack:
            stack.enter_context(_one_thread_per_image())
            examples = stack.enter_context(self._prefetch(self.dataset.train))
            val_examples = None
            if self.dataset.val is not None:
                val_examples = self._prefetch(self.dataset.val, self.val_steps)
                stack.enter_context(val_examples)
            for index in range(self.trainer.num_epochs):
                is_last = self._run_epoch(index, examples, val_examples)
                self.history.waited_s = examples.waited_s
                self.history.waited_s += val_examples.waited_s if val_examples else 0.0
                if is_last:
                    return

    def _run_epoch(
        self, index: int, examples: Prefetcher[Batch], val_examples: Prefetcher[Batch] | None
    ) -> bool:
        """Learn and judge once; tell whether it was the last time."""
        began, rate = now(), self._rate
        loss = self._learn(index, examples)
        is_cancelled = self.history.end_reason == "cancelled"
        if is_cancelled and (self.history.epochs or math.isnan(loss)):
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
                if self._is_out_of_time(step) or self.progress.is_cancelled:
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
        if self.history.end_reason == "cancelled":
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
