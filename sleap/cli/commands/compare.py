"""``sleap-compare``: put trainings side by side."""

import json

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.compare import CompareOptions, compare


def run(options: CompareOptions, progress: Progress) -> None:
    """Compare, and print the table: text, or one JSON object."""
    found = compare(options, progress)
    print(json.dumps(found.facts, indent=2) if options.json else "\n".join(found.lines))


COMMAND = Command(
    "sleap-compare",
    "Compare trainings: settings that differ, losses, metrics, time.",
    CompareOptions,
    run,
    (
        "sleap-compare models/*",
        "sleap-compare models/* -o report.html",
        "sleap-compare models/fly.topdown models/fly.topdown.1 --json",
    ),
)
