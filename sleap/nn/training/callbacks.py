"""What listens to a training: the table of losses, the saved models, TensorBoard."""

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import define, field

from sleap.errors import FileError, OptionError
from sleap.nn.config.profile import Profile
from sleap.nn.saved.keras_h5 import save_network
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training.history import Begin, Epoch, History, Step


class Callback:
    """Is told of each step, of each epoch and of the end; this base class does nothing."""

    def on_begin(self, begin: Begin) -> None:
        """Take note of what is about to begin."""

    def on_step(self, step: Step) -> None:
        """Take note of a finished step; must be quick."""

    def on_epoch(self, epoch: Epoch, model: Any) -> None:
        """Take note of a finished epoch.

        Args:
            epoch: What happened in it.
            model: The Keras model as it is now.
        """

    def on_end(self, history: History, model: Any) -> None:
        """Take note of the end; also called when a training is cancelled."""


@define
class CsvLog(Callback):
    """Writes one line per epoch to a table: epoch, loss, val_loss, lr."""

    path: Path
    earlier: Sequence[Epoch] = ()
    """Epochs of an interrupted training that goes on."""
    _is_begun: bool = field(default=False, init=False)

    def on_epoch(self, epoch: Epoch, model: Any) -> None:
        """Append a line.

        Raises:
            FileError: If the table cannot be written.
        """
        rows: list[list[Any]] = [] if self._is_begun else [["epoch", "loss", "val_loss", "lr"]]
        for one in [epoch] if self._is_begun else [*self.earlier, epoch]:
            val_loss = "" if math.isnan(one.val_loss) else one.val_loss
            rows.append([one.index, one.loss, val_loss, one.lr])
        try:
            with self.path.open("a" if self._is_begun else "w", newline="") as file:
                csv.writer(file).writerows(rows)
        except OSError as error:
            raise FileError(
                f"Cannot write the training log '{self.path}': {error.strerror}."
            ) from error
        self._is_begun = True


@define
class Checkpoints(Callback):
    """Saves the model whenever it is the best so far, after each epoch, or at the end."""

    folder: RunFolder
    monitor: str
    """The watched figure, "val_loss" or "loss"."""
    keeps_best: bool = True
    keeps_newest: bool = False
    keeps_final: bool = True
    _best: float = math.inf

    def on_epoch(self, epoch: Epoch, model: Any) -> None:
        """Save the best and the newest model.

        Raises:
            FileError: If the model cannot be written.
        """
        figure = epoch.figure(self.monitor)
        if self.keeps_best and figure < self._best:
            save_network(model, self.folder.best_path)
            self._best = figure
        if self.keeps_newest:
            save_network(model, self.folder.newest_path)

    def on_end(self, history: History, model: Any) -> None:
        """Save the final model.

        Raises:
            FileError: If the model cannot be written.
        """
        if self.keeps_final:
            save_network(model, self.folder.final_path)


class TensorBoard(Callback):
    """Writes the losses and the learning rate as TensorBoard events.

    Args:
        folder: Where the events go.

    Raises:
        OptionError: If TensorFlow is not installed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import tensorflow as tf
        except ImportError:
            raise OptionError(
                "TensorBoard logs (--tensorboard) are written with TensorFlow, which is not "
                "installed. Install it, or train without them."
            ) from None
        self._tf = tf
        self._writer = tf.summary.create_file_writer(str(folder))
        # The public tf.summary.scalar asks for the package tensorboard, only to make this mark.
        plugin = tf.compat.v1.SummaryMetadata.PluginData(plugin_name="scalars")
        self._mark = tf.compat.v1.SummaryMetadata(plugin_data=plugin)

    def on_epoch(self, epoch: Epoch, model: Any) -> None:
        """Write the figures of the epoch."""
        with self._writer.as_default():
            for name in ("loss", "val_loss", "lr"):
                value = getattr(epoch, name)
                if not math.isnan(value):
                    self._tf.summary.write(
                        f"epoch_{name}", value, step=epoch.index, metadata=self._mark
                    )
        self._writer.flush()

    def on_end(self, history: History, model: Any) -> None:
        """Close the file."""
        self._writer.close()


def profile_callbacks(
    profile: Profile, folder: RunFolder, monitor: str, earlier: Sequence[Epoch] = ()
) -> list[Callback]:
    """Make the callbacks that a profile asks for.

    Args:
        profile: The profile; its ``save_*`` and ``csv_*`` options count.
        folder: Where everything goes.
        monitor: The watched figure.
        earlier: Epochs of an interrupted training that goes on.
    """
    trainer = profile.trainer
    best = min((epoch.figure(monitor) for epoch in earlier), default=math.inf)
    callbacks: list[Callback] = [
        Checkpoints(
            folder,
            monitor,
            keeps_best=trainer.save_best_val,
            keeps_newest=trainer.save_every_epoch,
            keeps_final=trainer.save_final_model,
            best=best,
        )
    ]
    if trainer.csv_logging:
        callbacks.append(CsvLog(folder.path / trainer.csv_log_filename, earlier))
    return callbacks
