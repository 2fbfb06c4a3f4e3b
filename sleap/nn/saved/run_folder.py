"""The folder of one training: its completed profile and its models.

``models/<run_name>/`` beside the labels holds ``training_job.json``, ``best_model.h5``,
``newest_model.h5``, ``final_model.h5`` and ``training_log.csv``, each if the profile asks for it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path, PureWindowsPath

from attrs import frozen

from sleap.errors import FileError, ModelError, OptionError
from sleap.io.atomic import explain
from sleap.nn.config.profile import COORDINATES, Profile, load_profile, save_profile
from sleap.nn.config.shipped import JOB_NAME
from sleap.version import __version__

KINDS = ("best", "newest", "final")
"""Models of a run, in the order in which one is looked for."""

NEWER_JOB = "training_config.json"


@frozen
class RunFolder:
    """One run folder.

    Attributes:
        path: The folder.
    """

    path: Path

    @property
    def job_path(self) -> Path:
        """The completed profile."""
        return self.path / JOB_NAME

    @property
    def best_path(self) -> Path:
        """The model with the lowest validation loss."""
        return self.path / "best_model.h5"

    @property
    def newest_path(self) -> Path:
        """The model of the last finished epoch."""
        return self.path / "newest_model.h5"

    @property
    def final_path(self) -> Path:
        """The model at the end of the training."""
        return self.path / "final_model.h5"

    @classmethod
    def create(
        cls,
        labels_path: str | Path,
        profile: Profile,
        run_name: str = "",
        prefix: Sequence[str] = (),
        suffix: Sequence[str] = (),
        *,
        now: datetime | None = None,
    ) -> "RunFolder":
        """Make the folder of a new run, in the profile's ``save_dir`` or ``models`` by the labels.

        Args:
            labels_path: The labels that are trained on.
            profile: The profile; where the results are is entered in it.
            run_name: Exact name; else one is made of the time, the backbone and the output.
            prefix: Words before a name that is made.
            suffix: Words after a name that is made.
            now: The time; the present by default.

        Returns:
            A new, empty folder. If there is one of that name, ``.1``, ``.2``... is appended.

        Raises:
            OptionError: If the name is no name of a folder.
            FileError: If the folder cannot be made.
        """
        parent = Path(profile.save_dir or Path(labels_path).absolute().parent / "models")
        name = run_name or automatic_name(profile, prefix, suffix, now or datetime.now())
        if name in (".", "..") or PureWindowsPath(name).name != name:
            raise OptionError(
                f"The run name '{name}' is no name of a folder. Give a name without '/' and ':'; "
                f"the folder it is made in is the profile's save_dir, or 'models' by the labels."
            )
        folder = cls(_make_folder(parent, name))
        profile.save_dir = str(parent)
        profile.run_name = folder.path.name
        trainer = profile.trainer
        for kind, is_saved in zip(
            KINDS,
            (trainer.save_best_val, trainer.save_every_epoch, trainer.save_final_model),
            strict=True,
        ):
            setattr(profile, f"{kind}_model_filename", f"{kind}_model.h5" if is_saved else None)
        return folder

    def save_job(self, profile: Profile) -> None:
        """Write the completed profile.

        Raises:
            FileError: If it cannot be written.
        """
        profile.sleap_version, profile.coordinates = __version__, COORDINATES
        save_profile(profile, self.job_path)

    @staticmethod
    def load(path: str | Path) -> tuple[Profile, Path]:
        """Find the profile and the best model of a run.

        Args:
            path: The folder, its ``training_job.json``, or a model in it; also the oldest layout,
                ``<run>.json`` beside the folder ``<run>``. The folder may have been moved.

        Returns:
            The completed profile, and the path of the first model there is: best, newest, final
            (or the very model given).

        Raises:
            ModelError: If there is no run, or none of its models.
            ProfileError: If its profile is damaged.
        """
        job_path, model_path = _find_job(Path(path))
        profile = load_profile(job_path, strict=False)
        if model_path is not None:
            return profile, model_path
        tried = dict.fromkeys(_candidates(job_path, profile))
        for candidate in tried:
            if candidate.is_file():
                return profile, candidate
        folders = ", ".join(f"'{folder}'" for folder in dict.fromkeys(c.parent for c in tried))
        raise ModelError(
            f"The run '{path}' has no trained model: looked for best_model.h5, newest_model.h5 "
            f"and final_model.h5 in {folders}. Was the training stopped before its first epoch? "
            f"Resume it: sleap-train '{path}' --resume."
        )


def automatic_name(
    profile: Profile, prefix: Sequence[str], suffix: Sequence[str], now: datetime
) -> str:
    """Make a name as ``191205_162402.UNet.confmaps``.

    A ``run_name`` in the profile counts as one more prefix.
    """
    words = [*prefix, profile.run_name or "", now.strftime("%y%m%d_%H%M%S")]
    words += [profile.model.backbone_name, profile.model.output_type.word, *suffix]
    return ".".join(word for word in words if word)


def _make_folder(parent: Path, name: str) -> Path:
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for attempt in range(10_000):
            path = parent / (f"{name}.{attempt}" if attempt else name)
            try:
                path.mkdir()
            except FileExistsError:
                continue
            return path
    except OSError as error:
        raise FileError(f"Cannot make a run folder in '{parent}': {explain(error)}.") from error
    raise FileError(f"Cannot make the run folder '{name}' in '{parent}': too many of that name.")


def _find_job(path: Path) -> tuple[Path, Path | None]:
    """Find the profile that a path stands for, and the model if the path is one."""
    if path.is_file() and path.suffix == ".h5":
        beside = path.parent / JOB_NAME
        if beside.is_file():
            return beside, path
        raise ModelError(f"The model '{path}' has no {JOB_NAME} beside it. Name its run folder.")
    if path.is_file():
        return path, None
    for candidate in (path / JOB_NAME, path.with_name(path.name + ".json")):
        if path.name and candidate.is_file():
            return candidate, None
    if (path / NEWER_JOB).is_file():
        raise ModelError(
            f"The model '{path}' was trained with version 1.0 or later of the original "
            f"({NEWER_JOB}); only those with a {JOB_NAME} can be used."
        )
    if path.is_dir():
        raise ModelError(f"The folder '{path}' holds no {JOB_NAME}. Expected a run folder.")
    raise ModelError(f"No model '{path}': there is no such file or folder.")


def _candidates(job_path: Path, profile: Profile) -> Iterator[Path]:
    """Yield where models may be, best first; near the profile before where it says it was."""
    beside = job_path.parent
    run_name = profile.run_name or job_path.stem
    for kind in KINDS:
        stored = getattr(profile, f"{kind}_model_filename") or f"{kind}_model.h5"
        stored = str(stored).replace("\\", "/")
        name = PureWindowsPath(stored).name
        if job_path.name == JOB_NAME:
            yield beside / name
        yield beside / job_path.stem / name
        yield beside / run_name / name
        if profile.save_dir:
            save_dir = Path(profile.save_dir.replace("\\", "/"))
            yield save_dir / run_name / name
            yield save_dir / stored
        yield Path(stored)
