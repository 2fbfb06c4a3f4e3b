"""All that an interrupted training needs to go on: one file in the run folder."""

import json
import math
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter as now
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt
from attrs import define, field, frozen

from sleap.errors import FileError, ModelError
from sleap.io.atomic import replacing
from sleap.nn.training.course import EarlyStopping, Plateau
from sleap.nn.training.history import Epoch, History

STATE_NAME = "training_state.npz"

COST_SHARE = 0.01
"""Share of the time that saving may take."""

Array = npt.NDArray[Any]


@frozen(eq=False)
class TrainingState:
    """How a training stands after an epoch.

    Attributes:
        weights: The weights of the network, in the order of Keras.
        optimizer: The variables of the optimizer, the learning rate among them.
        history: The epochs so far.
        plateau: What watches for a loss that no longer falls, with its counters; None if off.
        early_stopping: The same for the end of the training.
    """

    weights: list[Array]
    optimizer: list[Array]
    history: History
    plateau: Plateau | None
    early_stopping: EarlyStopping | None

    @classmethod
    def of(
        cls,
        model: Any,
        history: History,
        plateau: Plateau | None,
        early_stopping: EarlyStopping | None,
    ) -> "TrainingState":
        """Take the state of a training; it is a copy only where Keras copies."""
        weights = [np.asarray(one) for one in model.weights]
        optimizer = [np.asarray(one) for one in model.optimizer.variables]
        return cls(weights, optimizer, history, plateau, early_stopping)

    def restore(self, model: Any) -> None:
        """Put the weights and the optimizer of a new model into this state.

        Raises:
            ModelError: If it is another network or another optimizer.
        """
        pairs = [(self.weights, model.weights), (self.optimizer, model.optimizer.variables)]
        for arrays, variables in pairs:
            shapes = [tuple(one.shape) for one in variables]
            if [one.shape for one in arrays] != shapes:
                raise ModelError(
                    f"The saved state ({STATE_NAME}) is of another network or optimizer than "
                    f"training_job.json describes. Was that file changed? Start a new training."
                )
        for arrays, variables in pairs:
            for array, variable in zip(arrays, variables, strict=True):
                variable.assign(array)

    def save(self, folder: Path) -> None:
        """Write the state; the one before is replaced only when all is written.

        Raises:
            FileError: If it cannot be written.
        """
        facts = {
            "history": attrs.asdict(self.history),
            "plateau": attrs.asdict(self.plateau) if self.plateau else None,
            "early_stopping": attrs.asdict(self.early_stopping) if self.early_stopping else None,
        }
        arrays = {f"weights.{row}": array for row, array in enumerate(self.weights)}
        arrays |= {f"optimizer.{row}": array for row, array in enumerate(self.optimizer)}
        arrays["facts"] = np.array(json.dumps(facts))
        with replacing(folder / STATE_NAME) as temporary, temporary.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, folder: Path) -> "TrainingState | None":
        """Read the state of a run; None if it has none.

        Raises:
            FileError: If it cannot be read.
        """
        path = folder / STATE_NAME
        if not path.is_file():
            return None
        try:
            with np.load(path, allow_pickle=False) as file:
                facts = json.loads(str(file["facts"][()]))
                weights, optimizer = (
                    [file[f"{group}.{row}"] for row in range(_count(file.files, group))]
                    for group in ("weights", "optimizer")
                )
            epochs = [Epoch(**one) for one in facts["history"].pop("epochs")]
            return cls(
                weights,
                optimizer,
                History(epochs=epochs, **facts["history"]),
                _restored(Plateau, facts["plateau"]),
                _restored(EarlyStopping, facts["early_stopping"]),
            )
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise FileError(
                f"Cannot read the saved state '{path}' ({error}). Start a new training; "
                f"--base_checkpoint '{folder}' begins with the weights of the best model."
            ) from error


@define
class Saving:
    """Saves the newest state, but not so often that it slows the training."""

    folder: Path
    _next: float = field(default=-math.inf, init=False)

    def save(self, take: Callable[[], TrainingState], *, at_once: bool = False) -> None:
        """Save, unless the last time is too near.

        Args:
            take: Takes the state; called only if it is saved.
            at_once: Whether to save however near the last time is.

        Raises:
            FileError: If the state cannot be written.
        """
        began = now()
        if began < self._next and not at_once:
            return
        take().save(self.folder)
        self._next = now() + (now() - began) / COST_SHARE


def _count(names: list[str], group: str) -> int:
    return sum(name.startswith(f"{group}.") for name in names)


def _restored(kind: Any, facts: dict[str, Any] | None) -> Any:
    if facts is None:
        return None
    given = {name: facts[name] for name in facts if not name.startswith("_")}
    made = kind(**given)
    for name in facts.keys() - given.keys():
        setattr(made, name, facts[name])
    return made
