"""What changes the course of a training: a loss that no longer falls."""

import math

from attrs import define, field

from sleap.nn.config.optimization import TrainerConfig


@define
class Plateau:
    """Lowers the learning rate when the watched figure stops falling.

    After a fall, ``cooldown`` epochs are not counted.
    """

    factor: float
    patience: int
    cooldown: int
    min_delta: float
    min_lr: float
    _best: float = field(default=math.inf, init=False)
    _waited: int = field(default=0, init=False)
    _cooling: int = field(default=0, init=False)

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> "Plateau | None":
        """Read the ``reduce_lr_*`` options; None if they are off."""
        if not trainer.reduce_lr_on_plateau:
            return None
        return cls(
            trainer.reduce_lr_factor,
            trainer.reduce_lr_patience,
            trainer.reduce_lr_cooldown,
            trainer.reduce_lr_min_delta,
            trainer.reduce_lr_min_lr,
        )

    def next_rate(self, figure: float, rate: float) -> float:
        """Choose the learning rate of the next epoch.

        Args:
            figure: The watched figure after this epoch.
            rate: The learning rate of this epoch.
        """
        if self._cooling > 0:
            self._cooling -= 1
            self._waited = 0
        if figure < self._best - self.min_delta:
            self._best, self._waited = figure, 0
            return rate
        if self._cooling > 0:
            return rate
        self._waited += 1
        if self._waited < self.patience or rate <= self.min_lr:
            return rate
        self._waited, self._cooling = 0, self.cooldown
        return max(rate * self.factor, self.min_lr)


@define
class EarlyStopping:
    """Ends the training when the watched figure has not fallen for a number of epochs."""

    patience: int
    min_delta: float
    _best: float = field(default=math.inf, init=False)
    _waited: int = field(default=0, init=False)

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> "EarlyStopping | None":
        """Read the ``early_stopping_*`` options; None if they are off."""
        if not trainer.early_stopping:
            return None
        return cls(trainer.early_stopping_patience, trainer.early_stopping_min_delta)

    def is_over(self, figure: float) -> bool:
        """Tell, after an epoch, whether to stop.

        Args:
            figure: The watched figure after this epoch.
        """
        if figure < self._best - self.min_delta:
            self._best, self._waited = figure, 0
            return False
        self._waited += 1
        return self._waited >= max(self.patience, 1)

    def forgive(self) -> None:
        """Count anew: somebody wants to go on."""
        self._waited = 0
