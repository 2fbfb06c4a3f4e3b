"""``sleap-inspect``: tell what is in a file or folder."""

import json

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.inspect import InspectOptions, inspect


def run(options: InspectOptions, progress: Progress) -> None:
    """Look, and print what was found: text, or one JSON object."""
    found = inspect(options, progress)
    print(
        json.dumps(found.facts, indent=2, default=str) if options.json else "\n".join(found.lines)
    )


COMMAND = Command(
    "sleap-inspect",
    "Tell what is in a labels file, package, model folder, skeleton or video.",
    InspectOptions,
    run,
    (
        "sleap-inspect labels.slp",
        "sleap-inspect labels.pkg.slp --json",
        "sleap-inspect models/fly.centroids --verbose",
    ),
)
