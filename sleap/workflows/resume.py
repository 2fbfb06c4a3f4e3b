"""Going on with a training that was killed or stopped."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sleap.errors import FileError, LabelsError, OptionError

if TYPE_CHECKING:
    from sleap.nn.config.profile import Profile
    from sleap.nn.saved.run_folder import RunFolder
    from sleap.nn.training.state import TrainingState
    from sleap.workflows.train_options import TrainOptions

FIXED = ("seed", "run_name", "save_dir", "base_checkpoint", "prefix", "suffix")
"""Options that make no sense for a run that has begun."""


def check_resumable(
    path: Path, options: "TrainOptions"
) -> "tuple[RunFolder, TrainingState | None]":
    """See whether a training can go on.

    Args:
        path: The run folder, or the ``training_job.json`` in it.
        options: What else was asked for.

    Returns:
        The folder, and the state it goes on from; None if it was killed in its first epoch.

    Raises:
        OptionError: If there is no such run, it is under way or complete, or an option contradicts.
    """
    from sleap.io.diary import summarize
    from sleap.nn.saved.run_folder import RunFolder
    from sleap.nn.training.state import TrainingState

    folder = RunFolder(path.parent if path.is_file() else path)
    if not folder.job_path.is_file():
        raise OptionError(
            f"Cannot resume '{path}': no training_job.json there. Give the folder of a run, which "
            f"sleap-train printed as its first line."
        )
    given = [f"--{name}" for name in FIXED if getattr(options, name)]
    if given:
        raise OptionError(f"{' and '.join(given)} cannot be given with --resume.")
    run = summarize(folder.path)
    if run.state == "running":
        raise OptionError(
            f"The training in '{folder.path}' is under way (process {run.pid} on {run.host}). "
            f"Stop it first."
        )
    state = TrainingState.load(folder.path)
    if state is None and (run.epochs or run.state == "unknown"):
        raise OptionError(
            f"Cannot resume '{folder.path}': it has no training_state.npz. Start a new training; "
            f"--base_checkpoint '{folder.path}' begins with the weights of its best model."
        )
    n_epochs = options.num_epochs or load_job(folder.path).trainer.num_epochs
    if state is not None and run.state == "ended" and len(state.history.epochs) >= n_epochs:
        raise OptionError(
            f"The training in '{folder.path}' is complete ({n_epochs} epochs). To train longer, "
            f"give --num_epochs."
        )
    if state is not None and run.state == "ended" and state.early_stopping is not None:
        state.early_stopping.forgive()
    return folder, state


def load_job(folder: Path) -> "Profile":
    """Read the profile of a run; it may hold keys of other versions."""
    from sleap.nn.config.profile import load_profile

    return load_profile(folder, strict=False)


def find_labels(stored: str | None, folder: Path) -> Path:
    """Find the labels of a run.

    Args:
        stored: Where they were.
        folder: The run folder; it is usually in ``models`` beside them.

    Raises:
        FileError: If they are not there.
    """
    if stored:
        name = stored.replace("\\", "/").rpartition("/")[2]
        for path in (Path(stored), folder.absolute().parent.parent / name):
            if path.is_file():
                return path
    raise FileError(
        f"The labels of the run '{folder}' are not at '{stored}', nor beside its folder 'models'. "
        f"Give them: sleap-train '{folder}' LABELS_PATH --resume."
    )


def check_split(folder: Path, record: dict[str, Any]) -> None:
    """See that the labels still give the same frames to learn from and to judge by.

    Raises:
        LabelsError: If they do not: what was learned from would be judged by.
    """
    try:
        then = json.loads((folder / "split.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    if then == record:
        return
    n_then, n_now = (
        len(one.get("train") or []) + len(one.get("val") or []) for one in (then, record)
    )
    raise LabelsError(
        f"The labels have changed since the training began ({n_then} labeled frames then, {n_now} "
        f"now), so it cannot go on. Start a new one; --base_checkpoint '{folder}' begins with the "
        f"weights of its best model."
    )
