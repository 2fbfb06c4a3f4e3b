"""Training a network: from a profile and labels, or from a dataset that was prepared."""

from collections.abc import Sequence
from pathlib import Path

from sleap.core.labels import Labels
from sleap.errors import ProfileError
from sleap.nn.config.profile import Profile
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training.callbacks import Callback, profile_callbacks
from sleap.nn.training.datasets import Dataset, prepare
from sleap.nn.training.history import History
from sleap.nn.training.loop import Loop
from sleap.nn.training.network import make_model, take_weights
from sleap.nn.training.state import TrainingState
from sleap.progress import SILENT, Progress

MONITORS = ("val_loss", "loss")


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
    state: TrainingState | None = None,
    base: str | Path | None = None,
) -> History:
    """Train a network on a dataset that was prepared.

    It ends after the last epoch, by early stopping, at the time limit, or when the user stops or
    cancels it (by Ctrl+C, or the file ``stop``); in each case the best model so far lies in the
    run folder.

    Args:
        profile: The completed profile.
        dataset: What to learn from and to judge by.
        run_folder: Where the models go.
        progress: Told of each step, and asked whether to go on.
        callbacks: Further listeners.
        state: Where an interrupted training goes on; None: from the start.
        base: A run folder whose weights the network begins with; None: random ones.

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
    epochs = state.history.epochs if state is not None else []
    listeners = [*profile_callbacks(profile, run_folder, monitor, epochs), *callbacks]
    model = make_model(profile, dataset)
    if base is not None and state is None:
        taken, n_layers = take_weights(model, base)
        progress.say(f"{taken} of {n_layers} layers begin with the weights of '{base}'.")
    return Loop(profile, dataset, model, listeners, progress, run_folder, state).run()
