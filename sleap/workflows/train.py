"""Training a network from a profile and labels: ``sleap-train``.

Light until ``train`` is called: the options import only attrs.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from sleap.errors import CancelledError, OptionError, SleapError
from sleap.progress import SILENT, Progress
from sleap.workflows.train_options import OVERRIDES
from sleap.workflows.train_options import TrainOptions as TrainOptions

if TYPE_CHECKING:
    from sleap.core.labels import Labels
    from sleap.io.diary import Diary
    from sleap.nn.config.profile import Profile
    from sleap.nn.data.providers import UsableFrame
    from sleap.nn.saved.run_folder import RunFolder
    from sleap.nn.training.callbacks import Callback
    from sleap.nn.training.datasets import Dataset
    from sleap.nn.training.history import History
    from sleap.nn.training.state import TrainingState


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
    run = _Run.resume(options) if options.resume else _Run.begin(options)
    labels = _load(run.labels_path, "labels_path")
    val_labels = _load(run.val_path, "--val_labels") if run.val_path else None
    test_path = options.test_labels or run.test_path
    test_labels = _load(test_path, "--test_labels") if test_path else None

    from sleap.io.diary import Diary
    from sleap.nn.data.providers import usable_frames
    from sleap.nn.training.datasets import prepare
    from sleap.nn.training.history import History
    from sleap.nn.training.watching import tell_end

    paths = [run.labels_path, run.val_path]
    search = tuple(dict.fromkeys(path.absolute().parent for path in paths if path))
    with prepare(run.profile, labels, val_labels, search=search, progress=progress) as dataset:
        folder = run.make_folder(options, dataset)
        diary = Diary(folder.path)
        diary.write("stage", title="Building the network")
        if on_start is not None:
            on_start(folder.path)
        try:
            history = _fit(options, run, dataset, folder, progress, diary)
        except CancelledError:
            tell_end(diary, History(end_reason="cancelled"))
            raise
        except BaseException as error:
            diary.write("error", message=str(error) or type(error).__name__)
            raise
        if on_end is not None:
            on_end(history)
        splits, places = dataset.splits, dict.fromkeys(dataset.splits, search)
        if test_labels is not None and test_path is not None:
            splits["test"] = usable_frames(test_labels, dataset.task.skeleton.node_names)
            places["test"] = (test_path.absolute().parent,)
        try:
            if history.end_reason != "cancelled" and not options.skip_metrics:
                _score(folder.path, splits, places, progress, diary)
        finally:
            tell_end(diary, history)
    return folder.path


def _fit(
    options: TrainOptions,
    run: "_Run",
    dataset: "Dataset",
    folder: "RunFolder",
    progress: Progress,
    diary: "Diary",
) -> "History":
    """Train in a run folder that was made, and keep its diary."""
    from sleap.nn.training.examples import Examples
    from sleap.nn.training.trainer import fit
    from sleap.nn.training.watching import DiaryKeeper

    listeners = [DiaryKeeper(diary), *_listeners(options, folder.path)]
    if options.save_viz:
        output = run.profile.model.output_type
        listeners.append(Examples(folder.path, output, dataset, diary, options.keep_viz))
    return fit(
        run.profile,
        dataset,
        folder,
        progress=progress,
        callbacks=listeners,
        state=run.state,
        base=options.base_checkpoint,
    )


def _score(
    folder: Path,
    splits: "dict[str, list[UsableFrame]]",
    search: dict[str, tuple[Path, ...]],
    progress: Progress,
    diary: "Diary",
) -> None:
    """Score the model; tell what came of it, also if nothing did."""
    from sleap.workflows.scoring import score_run

    diary.write("stage", title="Evaluating")
    try:
        reports, why = score_run(folder, splits, search=search, progress=progress)
    except CancelledError as error:
        diary.write("note", text=str(error))
        return
    except SleapError as error:
        diary.write("note", text=f"Not scored: {error}")
        raise
    if why:
        diary.write("note", text=why)
        progress.say(why)
    for split, report in reports.items():
        for line in report.lines[:3]:
            diary.write("note", text=f"{split}: {line}")
            progress.say(f"{split:5} {line}")


@frozen(eq=False)
class _Run:
    """What is trained, on what, and where it goes on."""

    profile: "Profile"
    labels_path: Path
    val_path: Path | None
    test_path: Path | None = None
    folder: "RunFolder | None" = None
    """The folder of a run that is resumed."""
    state: "TrainingState | None" = None

    @classmethod
    def begin(cls, options: TrainOptions) -> "_Run":
        """Set out on a new training."""
        if options.labels_path is None:
            hint = ""
            if Path(options.training_job_path).is_dir():
                hint = (
                    f" To go on with that run: sleap-train '{options.training_job_path}' --resume."
                )
            raise OptionError(f"No labels given: name a project or training package.{hint}")
        return cls(_profile(options), options.labels_path, options.val_labels, options.test_labels)

    @classmethod
    def resume(cls, options: TrainOptions) -> "_Run":
        """Find out where an interrupted training was."""
        from sleap.io.stop_request import forget_to_stop
        from sleap.workflows.resume import check_resumable, find_labels, load_job

        path = Path(options.training_job_path)
        folder, state = check_resumable(path, options)
        profile = _overridden(load_job(folder.path), options)
        labels_path = options.labels_path or find_labels(profile.labels_filename, folder.path)
        val_path = options.val_labels
        if val_path is None and profile.val_set_filename:
            val_path = find_labels(profile.val_set_filename, folder.path)
        test_path = options.test_labels
        if test_path is None and profile.test_set_filename:
            test_path = find_labels(profile.test_set_filename, folder.path)
        forget_to_stop(folder.path)
        return cls(profile, labels_path, val_path, test_path, folder, state)

    def make_folder(self, options: TrainOptions, dataset: "Dataset") -> "RunFolder":
        """Make the run folder, or see that the one there is fits the labels."""
        from sleap.nn.saved.run_folder import RunFolder
        from sleap.workflows.resume import check_split

        folder = self.folder
        if folder is None:
            folder = RunFolder.create(
                self.labels_path, self.profile, options.run_name, options.prefix, options.suffix
            )
        else:
            check_split(folder.path, dataset.split_record)
        folder.save_job(self.profile)
        dataset.save_split(folder.path / "split.json")
        return folder


def _profile(options: TrainOptions) -> "Profile":
    """Load the profile and enter the options in it."""
    from sleap.nn.config.profile import load_profile

    # A run folder is a profile too, and a saved job may hold keys of other versions.
    is_saved_job = Path(options.training_job_path).is_dir()
    profile = load_profile(options.training_job_path, strict=not is_saved_job)
    if is_saved_job:
        profile.run_name = profile.save_dir = None
    _overridden(profile, options)
    if options.save_dir is not None:
        profile.save_dir = str(options.save_dir)
    profile.labels_filename = _absolute(options.labels_path)
    profile.val_set_filename = _absolute(options.val_labels)
    profile.test_set_filename = _absolute(options.test_labels)
    return profile


def _overridden(profile: "Profile", options: TrainOptions) -> "Profile":
    for name in OVERRIDES:
        value = getattr(options, name)
        if value is not None:
            setattr(profile.trainer, name, value)
    return profile


def _absolute(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())


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
