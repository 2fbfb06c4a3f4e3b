"""One training as it lies in its folder, whoever trained it and however it ended."""

import csv
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import field, frozen

from sleap.errors import FileError, SleapError
from sleap.io.atomic import explain
from sleap.io.diary import RunState, summarize
from sleap.io.metrics_file import read_metrics
from sleap.workflows.comparing.settings import Described, describe_job
from sleap.workflows.inspection.models import JOBS, find_job

SPLITS = ("val", "test", "train")
"""What a model may have been judged on."""

FIGURES = (
    *("oks_voc.mAP", "oks_voc.mAR", "oks.mOKS", "pck_voc.mAP", "pck_voc.mAR", "pck.mPCK"),
    *("dist.p50", "dist.avg", "dist.p95", "vis.precision", "vis.recall"),
)
"""The metrics that are compared, by their names in files; distances are in pixels."""


@frozen(kw_only=True)
class Run:
    """One training.

    Attributes:
        path: Its folder.
        network: Word for what the network puts out, as "centroids"; "" if unknown.
        settings: What it was trained with, by name.
        state: As in a diary; "ended" without one if it left what a training leaves at its end;
            "unreadable" if its profile cannot be read.
        told: Why it ended, or what went wrong in it; "" if unknown.
        troubles: What of it cannot be read, and why.
        n_epochs: Epochs it was to take at most; None if unknown.
        losses: Training loss of each epoch; NaN where none is known.
        val_losses: Validation loss of each epoch; NaN where none is known.
        monitor: The figure that tells which epoch is best, "val_loss" or "loss".
        metrics: By split, then by name as in ``FIGURES``; only what is a number.
        seconds: Wall clock of the training; None if unknown.
        n_weights: Weights of the network; None if unknown.
    """

    path: Path
    network: str = ""
    settings: dict[str, Any] = field(factory=dict)
    state: str = "unknown"
    told: str = ""
    troubles: list[str] = field(factory=list)
    n_epochs: int | None = None
    losses: list[float] = field(factory=list)
    val_losses: list[float] = field(factory=list)
    monitor: str = "val_loss"
    metrics: dict[str, dict[str, float]] = field(factory=dict)
    seconds: float | None = None
    n_weights: int | None = None

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self.path.absolute().name

    @property
    def best_epoch(self) -> int | None:
        """Index of the epoch with the least watched loss, from 0; None if no loss is known."""
        watched = self.val_losses if self.monitor == "val_loss" else self.losses
        known = [(loss, index) for index, loss in enumerate(watched) if math.isfinite(loss)]
        return min(known)[1] if known else None

    @property
    def best(self) -> float | None:
        """The least watched loss."""
        watched = self.val_losses if self.monitor == "val_loss" else self.losses
        return None if self.best_epoch is None else watched[self.best_epoch]


def find_runs(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Find the run folders that paths stand for.

    Args:
        paths: Run folders, files in them, folders of run folders, patterns as ``models/*``.

    Returns:
        The folders, each once; and the paths that hold no run.
    """
    runs: dict[Path, None] = {}
    others = []
    for path in (one for pattern in paths for one in _expand(pattern)):
        found = _runs_at(path)
        if not found:
            others.append(path)
        runs |= dict.fromkeys(found)
    return list(runs), others


def _runs_at(path: Path) -> list[Path]:
    """Return the run folders that one path stands for."""
    if path.is_dir():
        inside = [path] if find_job(path) else sorted(path.iterdir())
        return [one for one in inside if one.is_dir() and find_job(one)]
    if not path.is_file():
        return []
    if path.name in JOBS or path.suffix == ".h5":
        return [path.parent] if find_job(path.parent) else []
    folder = path.with_suffix("")  # the oldest runs have their job beside them
    return [folder] if path.suffix == ".json" and find_job(folder) == path else []


def _expand(path: Path) -> list[Path]:
    """Return what a pattern stands for, where the terminal left that to us."""
    if path.exists() or not any(mark in path.name for mark in "*?["):
        return [path]
    return sorted(path.parent.glob(path.name)) or [path]


def read_run(folder: Path) -> Run:
    """Read a run folder.

    Args:
        folder: One of ``find_runs``.

    Returns:
        What is known. What is damaged is told in ``troubles``, and the rest is there all the same.
    """
    diary = summarize(folder)
    troubles = []
    try:
        job = describe_job(find_job(folder) or folder / JOBS[1])
    except SleapError as error:
        troubles.append(str(error))
        job = None
    try:
        losses, val_losses = _read_losses(folder, job, diary)
    except SleapError as error:
        troubles.append(str(error))
        losses, val_losses = [], []
    metrics, wrong = _read_metrics(folder)
    if job and job.network == "centroids":  # a single point has no size to be similar in
        metrics = {
            split: {name: one for name, one in figures.items() if not name.startswith("oks")}
            for split, figures in metrics.items()
        }
    has_validation = any(map(math.isfinite, val_losses))
    monitor = job.monitor if job else diary.monitor
    return Run(
        path=folder,
        network=job.network if job else "",
        settings=(job.settings if job else {}) | _counts(diary),
        state=_state(folder, diary) if job else "unreadable",
        told=diary.message or diary.reason,
        troubles=[*troubles, *wrong],
        n_epochs=diary.n_epochs or (job.n_epochs if job else None),
        losses=losses,
        val_losses=val_losses,
        monitor="val_loss" if has_validation and monitor != "loss" else "loss",
        metrics=metrics,
        seconds=_seconds(diary),
        n_weights=job.n_weights if job else None,
    )


def _counts(diary: RunState) -> dict[str, Any]:
    """Return how many examples there were: they differ where the labels or the split do."""
    if not diary.n_train:
        return {}
    return {"training examples": diary.n_train, "validation examples": diary.n_val}


def _state(folder: Path, diary: RunState) -> str:
    if diary.state != "unknown":
        return diary.state
    left = [folder / "final_model.h5", *(folder / f"metrics.{split}.npz" for split in SPLITS)]
    return "ended" if any(path.is_file() for path in left) else "unknown"


def _seconds(diary: RunState) -> float | None:
    """Return how long a training took; of one that has no end, how long its epochs took."""
    known = [_number(event.get("seconds")) for event in diary.epochs]
    of_epochs = sum(seconds for seconds in known if math.isfinite(seconds))
    whole = _number(diary.seconds)
    return whole if math.isfinite(whole) and whole > 0 else of_epochs or None


def _read_losses(
    folder: Path, job: Described | None, diary: RunState
) -> tuple[list[float], list[float]]:
    """Read the losses of all epochs from the table, or from the diary where there is none."""
    path = folder / (job.log_name if job else "training_log.csv")
    rows: list[dict[str, Any]] = diary.epochs
    if path.is_file():
        try:
            with path.open(encoding="utf-8", errors="replace", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, csv.Error) as error:
            text = explain(error) if isinstance(error, OSError) else error
            raise FileError(f"Cannot read the losses '{path}': {text}.") from error
    return tuple([_number(row.get(key)) for row in rows] for key in ("loss", "val_loss"))  # type: ignore[return-value]


def _read_metrics(folder: Path) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Read the metrics of each split, and tell what is wrong with those that cannot be read."""
    metrics, wrong = {}, []
    for split in SPLITS:
        path = folder / f"metrics.{split}.npz"
        if not path.is_file():
            continue
        try:
            found = read_metrics(path)
        except SleapError as error:
            wrong.append(str(error))
            continue
        figures = {name: _number(found.get(name)) for name in FIGURES}
        metrics[split] = {name: one for name, one in figures.items() if math.isfinite(one)}
    return metrics, wrong


def _number(value: Any) -> float:
    """Convert a number, or a text that is one; NaN for anything else."""
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan
