"""What happened in a training."""

import math

from attrs import define, field, frozen

END_REASONS = ("all epochs", "early stopping", "time limit", "stopped", "cancelled")


@frozen
class Epoch:
    """One epoch."""

    index: int
    """0 for the first."""
    loss: float
    """Mean over the training examples seen."""
    val_loss: float
    """Mean over the validation examples; NaN without any."""
    lr: float
    """Learning rate it was trained with."""
    seconds: float
    """Wall clock, validation included."""

    def figure(self, name: str) -> float:
        """Return the watched figure; the loss stands in for a ``val_loss`` that is not there."""
        return self.loss if name == "loss" or math.isnan(self.val_loss) else self.val_loss


@frozen
class Begin:
    """What a training sets out to do."""

    outputs: str
    """Word of what the network puts out."""
    n_epochs: int
    """Epochs at most."""
    first_epoch: int
    """Index of the first; above 0 where an interrupted training goes on."""
    steps_per_epoch: int
    n_train: int
    """Examples to learn from."""
    n_val: int
    """Examples to judge by."""
    monitor: str
    """The watched figure."""
    heads: list[str]
    """Names of the losses."""


@frozen
class Step:
    """One step."""

    epoch: int
    """Index of its epoch."""
    index: int
    """0 for the first of the epoch."""
    loss: float
    """Mean over the examples of the epoch so far."""
    lr: float
    """Learning rate."""
    seconds: float
    """Wall clock since the training began."""


@define
class History:
    """A training's epochs and what it spent its time on."""

    monitor: str = "val_loss"
    """The watched figure, "val_loss" or "loss"."""
    epochs: list[Epoch] = field(factory=list)
    end_reason: str = "all epochs"
    """Why it ended, one of ``END_REASONS``."""
    seconds: float = 0.0
    """Wall clock of the whole loop."""
    waited_s: float = 0.0
    """How much of it the network waited for examples."""
    n_examples: int = 0
    """Training examples seen."""

    @property
    def best(self) -> Epoch | None:
        """The epoch with the lowest watched figure; None before the first."""
        return min(self.epochs, key=lambda epoch: epoch.figure(self.monitor), default=None)

    @property
    def waited_share(self) -> float:
        """Share of the time that the network waited for examples, 0 to 1."""
        return self.waited_s / self.seconds if self.seconds else 0.0
