"""Comparing trainings: ``sleap-compare``.

Light until ``compare`` is called: the options import only attrs.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from sleap.errors import ModelError, OptionError
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    from sleap.workflows.comparing.run import Run

PAGES = (".html", ".htm")
"""How the name of a report ends: so that a mistake replaces no model."""


def _as_paths(value: Any) -> tuple[Path, ...]:
    return (Path(value),) if isinstance(value, str | Path) else tuple(Path(one) for one in value)


def _as_path(value: Any) -> Path | None:
    return None if value is None else Path(value)


@frozen(kw_only=True)
class CompareOptions:
    """Options of ``sleap-compare``."""

    runs: tuple[Path, ...] = field(
        converter=_as_paths,
        metadata={"help": "Run folders, or folders of run folders", "positional": True},
    )
    output: Path | None = field(
        default=None,
        converter=_as_path,
        metadata={
            "help": "Report to write: one HTML file with the table and the curves of the losses",
            "flags": ["-o"],
        },
    )
    json: bool = field(
        default=False, metadata={"help": "Print JSON, with all settings, figures and losses"}
    )

    @output.validator
    def _check(self, attribute: object, value: Path | None) -> None:
        if value is not None and value.suffix.lower() not in PAGES:
            raise OptionError(
                f"The report '{value}' is no name of an HTML file; expected one as report.html."
            )


@frozen
class Comparison:
    """What was found.

    Attributes:
        facts: Plain data that fits into JSON.
        lines: The same for people.
    """

    facts: dict[str, Any]
    lines: tuple[str, ...]


def compare(options: CompareOptions, progress: Progress = SILENT) -> Comparison:
    """Compare trainings, and write a report if one is asked for.

    Args:
        options: Which runs.
        progress: Told of what is left out, and of the report.

    Returns:
        The runs, those of one network together, the best first. A run that is unfinished, failed
        or damaged is one of them.

    Raises:
        ModelError: If there is no run.
        FileError: If the report cannot be written.
    """
    from sleap.io.atomic import replacing
    from sleap.workflows.comparing.page import render_page
    from sleap.workflows.comparing.run import find_runs, read_run
    from sleap.workflows.comparing.table import collect_facts, make_table, render_lines

    folders, others = find_runs(options.runs)
    for path in others:
        progress.say(f"Left out '{path}': it is no run folder.")
    if not folders:
        raise ModelError(
            "No training to compare: expected run folders, as models/* beside the labels."
        )
    runs = _in_order(map(read_run, folders))
    table = make_table(runs)
    if options.output is not None:
        with replacing(options.output) as temporary:
            temporary.write_text(render_page(runs), encoding="utf-8")
        progress.say(f"Wrote {options.output}.")
    return Comparison(collect_facts(runs), tuple(render_lines(table, runs)))


def _in_order(runs: "Iterable[Run]") -> "list[Run]":
    """Put runs of one network together, the most precise first, then the least loss."""

    def rank(run: "Run") -> tuple[Any, ...]:
        figures = run.metrics.get("val", {})
        precision = figures.get("oks_voc.mAP", figures.get("pck_voc.mAP"))
        by_precision = precision is None, -(precision or 0)
        return run.network, *by_precision, run.best is None, run.best or 0

    return sorted(runs, key=rank)
