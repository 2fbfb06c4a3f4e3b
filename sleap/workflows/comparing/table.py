"""Runs as a table: one row each, a column for all that differs or was measured."""

import math
from collections.abc import Sequence
from pathlib import PureWindowsPath
from typing import Any

from attrs import frozen

from sleap.workflows.comparing.run import FIGURES, SPLITS, Run
from sleap.workflows.comparing.settings import find_differences

TITLES = {
    "oks_voc.mAP": "mAP",
    "oks_voc.mAR": "mAR",
    "oks.mOKS": "mOKS",
    "pck_voc.mAP": "PCK mAP",
    "pck_voc.mAR": "PCK mAR",
    "dist.p50": "median px",
    "dist.avg": "mean px",
    "dist.p95": "95 % px",
    "pck.mPCK": "mPCK",
    "vis.precision": "visible precision",
    "vis.recall": "visible recall",
}
"""Titles of metrics; distances are in pixels."""

BRIEF = ("oks_voc.mAP", "pck_voc.mAP", "dist.p50")
"""The metrics that a terminal has room for."""

FINISHED = ("ended", "unknown")

NOTHING = "-"
"""Stands where there is nothing to tell."""


@frozen
class Table:
    """Texts in rows and columns.

    Attributes:
        titles: Of the columns.
        rows: One for each run, as long as the titles.
        is_number: Whether a column is of figures.
    """

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_number: tuple[bool, ...]


def make_table(runs: Sequence[Run], *, figures: Sequence[str] = BRIEF) -> Table:
    """Put runs into a table. Columns in which no run has anything are left out.

    Args:
        runs: In the order of the rows.
        figures: The metrics to show, of ``FIGURES``.
    """
    columns: list[tuple[str, list[str], bool]] = [
        ("run", names_of(runs), False),
        ("network", [run.network or NOTHING for run in runs], False),
        ("state", [_state(run) for run in runs], False),
    ]
    for name in find_differences([(run.network, run.settings) for run in runs]):
        columns.append((name, _show_setting(name, runs), False))
    columns.append(("epochs", [_epochs(run) for run in runs], True))
    for monitor in ("val_loss", "loss"):
        losses = [run.best if run.monitor == monitor else None for run in runs]
        columns.append((f"best {monitor}", [_show(loss, ".3g") for loss in losses], True))
    for split in SPLITS:
        for figure in figures:
            found = [run.metrics.get(split, {}).get(figure) for run in runs]
            digits = ".2f" if figure.startswith("dist.") else ".3f"
            texts = [_show(one, digits) for one in found]
            columns.append((f"{split} {TITLES[figure]}", texts, True))
    columns.append(("time", [_time(run.seconds) for run in runs], True))
    columns.append(("s/epoch", [_show(_pace(run), ".3g") for run in runs], True))
    columns.append(("weights", [_show(run.n_weights, ",") for run in runs], True))
    kept = [column for column in columns if any(text != NOTHING for text in column[1])]
    return Table(
        tuple(title for title, _, _ in kept),
        tuple(zip(*(texts for _, texts, _ in kept), strict=True)),
        tuple(is_number for _, _, is_number in kept),
    )


def render_lines(table: Table, runs: Sequence[Run]) -> list[str]:
    """Write a table as lines, and below it what is to be told of single runs."""
    widths = [max(map(len, column)) for column in zip(table.titles, *table.rows, strict=True)]

    def align(texts: Sequence[str]) -> str:
        cells = zip(texts, widths, table.is_number, strict=True)
        return "  ".join(
            text.rjust(width) if is_number else text.ljust(width)
            for text, width, is_number in cells
        ).rstrip()

    lines = [align(table.titles), *map(align, table.rows)]
    notes = find_notes(runs)
    return [*lines, *([""] if notes else []), *notes]


def find_notes(runs: Sequence[Run]) -> list[str]:
    """Tell what is the matter with runs that did not end as they should."""
    names = zip(names_of(runs), runs, strict=True)
    notes = []
    for name, run in names:
        if run.state == "interrupted":
            notes.append(f"{name}: interrupted; go on with: sleap-train {run.path} --resume")
        elif run.told and run.state != "ended":
            notes.append(f"{name}: {run.told}")
        elif run.state == "unknown" and not run.losses:
            notes.append(f"{name}: no epoch is on record")
        notes += [f"{name}: {trouble}" for trouble in run.troubles]
    return notes


def names_of(runs: Sequence[Run]) -> list[str]:
    """Return the names of runs; of those of one name, the paths."""
    names = [run.name for run in runs]
    return [
        name if names.count(name) == 1 else str(run.path)
        for name, run in zip(names, runs, strict=True)
    ]


def collect_facts(runs: Sequence[Run]) -> dict[str, Any]:
    """Collect all about runs as plain data: losses too, null where there is no number."""
    return {
        "differing": find_differences([(run.network, run.settings) for run in runs]),
        "metrics": list(FIGURES),
        "runs": [
            {
                "name": name,
                "path": str(run.path),
                "network": run.network,
                "state": run.state,
                "told": run.told,
                "troubles": run.troubles,
                "settings": run.settings,
                "epochs": len(run.losses),
                "max_epochs": run.n_epochs,
                "monitor": run.monitor,
                "best": run.best,
                "best_epoch": run.best_epoch,
                "metrics": run.metrics,
                "seconds": run.seconds,
                "seconds_per_epoch": _pace(run),
                "weights": run.n_weights,
                "loss": [one if math.isfinite(one) else None for one in run.losses],
                "val_loss": [one if math.isfinite(one) else None for one in run.val_losses],
            }
            for name, run in zip(names_of(runs), runs, strict=True)
        ],
    }


def _show_setting(name: str, runs: Sequence[Run]) -> list[str]:
    """Write the values of a setting; of paths the names, if these tell them apart."""
    values = [run.settings.get(name, NOTHING) for run in runs]
    texts = [_show_value(value) for value in values]
    if name in ("labels", "val_labels"):
        short = [PureWindowsPath(text).name for text in texts]
        if len(set(short)) == len(set(texts)):
            return short
    return texts


def _show_value(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _state(run: Run) -> str:
    """Write how a run stands; of one that ended, why."""
    return f"{run.state}, {run.told}" if run.state == "ended" and run.told else run.state


def _epochs(run: Run) -> str:
    """Write how many epochs there were, of how many, and the best of them, from 1."""
    of = "" if run.n_epochs is None else f"/{run.n_epochs}"
    best = "" if run.best_epoch is None else f" (best {run.best_epoch + 1})"
    return f"{len(run.losses)}{of}{best}"


def _pace(run: Run) -> float | None:
    """Return the seconds of an epoch; None if unknown."""
    return run.seconds / len(run.losses) if run.seconds and run.losses else None


def _time(seconds: float | None) -> str:
    if seconds is None:
        return NOTHING
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"


def _show(value: float | None, digits: str) -> str:
    return NOTHING if value is None else f"{value:{digits}}"
