"""Training a network from a profile and labels: ``sleap-train``.

Light until ``train`` is called: the options import only attrs.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from sleap.errors import OptionError
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    from sleap.core.labels import Labels
    from sleap.nn.config.profile import Profile
    from sleap.nn.training.callbacks import Callback
    from sleap.nn.training.history import History

OVERRIDES = ("seed", "num_epochs", "max_minutes", "precision", "n_workers")
"""Options that take the place of those in the profile's ``trainer``."""


@frozen(kw_only=True)
class TrainOptions:
    """Options of ``sleap-train``."""

    training_job_path: str = field(
        metadata={
            "help": "Training profile (.json), the bare name of a shipped one, or a run folder",
            "positional": True,
        }
    )
    labels_path: Path = field(
        converter=Path, metadata={"help": "Project or training package", "positional": True}
    )
    val_labels: Path | None = field(
        default=None,
        metadata={
            "help": "Labels to validate with, instead of a part of the others",
            "flags": ("--val",),
        },
    )
    test_labels: Path | None = field(
        default=None,
        metadata={
            "help": "Labels to test with; recorded in the run folder",
            "flags": ("--test",),
        },
    )
    run_name: str = field(
        default="",
        metadata={"help": "Exact name of the run folder, instead of one made", "flags": ("-o",)},
    )
    prefix: list[str] = field(
        factory=list, metadata={"help": "Word before a name that is made; may be repeated"}
    )
    suffix: list[str] = field(
        factory=list, metadata={"help": "Word after a name that is made; may be repeated"}
    )
    save_dir: Path | None = field(
        default=None,
        metadata={"help": "Folder of run folders (default: 'models' beside the labels)"},
    )
    tensorboard: bool = field(
        default=False, metadata={"help": "Write TensorBoard events into the run folder"}
    )
    seed: int | None = field(
        default=None, metadata={"help": "Seed of everything random, instead of the profile's"}
    )
    num_epochs: int | None = field(
        default=None, metadata={"help": "Epochs at most, instead of the profile's"}
    )
    max_minutes: float | None = field(
        default=None,
        metadata={"help": "Time limit, instead of the profile's; 0: none", "unit": "minutes"},
    )
    precision: str | None = field(
        default=None,
        metadata={
            "help": "Precision of the computation, instead of the profile's",
            "choices": ("auto", "float32", "bfloat16"),
        },
    )
    n_workers: int | None = field(
        default=None, metadata={"help": "Threads that prepare examples, instead of the profile's"}
    )


def train(
    options: TrainOptions,
    progress: Progress = SILENT,
    on_start: Callable[[Path], None] | None = None,
    on_end: "Callable[[History], None] | None" = None,
) -> Path:
    """Train a network.

    Args:
        options: What to train, on what.
        progress: Told of frames read and steps done; asked whether to go on.
        on_start: Called with the run folder before the first step.
        on_end: Called with what happened, after the last step.

    Returns:
        The run folder. It holds the best model also when the training was cancelled.

    Raises:
        SleapError: If the profile, the labels or an option cannot be used, or the loss diverges.
    """
    profile = _profile(options)
    labels = _load(options.labels_path, "labels_path")
    val_labels = _load(options.val_labels, "--val_labels") if options.val_labels else None
    if options.test_labels:
        _load(options.test_labels, "--test_labels")

    from sleap.nn.saved.run_folder import RunFolder
    from sleap.nn.training.datasets import prepare
    from sleap.nn.training.trainer import fit

    paths = [options.labels_path, options.val_labels]
    search = tuple(dict.fromkeys(path.absolute().parent for path in paths if path))
    with prepare(profile, labels, val_labels, search=search, progress=progress) as dataset:
        folder = RunFolder.create(
            options.labels_path, profile, options.run_name, options.prefix, options.suffix
        )
        folder.save_job(profile)
        dataset.save_split(folder.path / "split.json")
        if on_start is not None:
            on_start(folder.path)
        listeners = _listeners(options, folder.path)
        history = fit(profile, dataset, folder, progress=progress, callbacks=listeners)
    # Test labels are loaded above, so that a wrong path is found at once, and named in the job.
    # Scoring them here needs inference on the new model: `sleap-track` and `evaluate` do it.
    if on_end is not None:
        on_end(history)
    return folder.path


def _profile(options: TrainOptions) -> "Profile":
    """Load the profile and enter the options in it."""
    from sleap.nn.config.profile import load_profile

    # A run folder is a profile too, and a saved job may hold keys of other versions.
    is_saved_job = Path(options.training_job_path).is_dir()
    profile = load_profile(options.training_job_path, strict=not is_saved_job)
    if is_saved_job:
        profile.run_name = profile.save_dir = None
    for name in OVERRIDES:
        value = getattr(options, name)
        if value is not None:
            setattr(profile.trainer, name, value)
    if options.save_dir is not None:
        profile.save_dir = str(options.save_dir)
    profile.labels_filename = str(options.labels_path)
    profile.val_set_filename = str(options.val_labels) if options.val_labels else None
    profile.test_set_filename = str(options.test_labels) if options.test_labels else None
    return profile


def _load(path: Path, name: str) -> "Labels":
    from sleap.io.files import load_file

    if path.is_dir():
        raise OptionError(f"{name} is the folder '{path}', expected a labels file.")
    return load_file(path)


def _listeners(options: TrainOptions, folder: Path) -> "list[Callback]":
    if not options.tensorboard:
        return []
    from sleap.nn.training.callbacks import TensorBoard

    return [TensorBoard(folder)]
