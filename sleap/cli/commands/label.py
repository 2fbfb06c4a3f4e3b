"""``sleap-label``: the labeling program."""

from pathlib import Path

from attrs import field, frozen

from sleap.cli.command import Command
from sleap.progress import Progress


@frozen(kw_only=True)
class LabelOptions:
    """What the labeling program begins with."""

    labels_path: Path | None = field(
        default=None,
        metadata={"help": "Project to open, or labels of any other format", "positional": True},
    )
    nonnative: bool = field(
        default=False,
        metadata={"help": "Use the file dialogs of Qt instead of those of the system"},
    )
    reset: bool = field(
        default=False, metadata={"help": "Forget preferences and the places of windows first"}
    )


def run(options: LabelOptions, progress: Progress) -> None:
    """Run the program until its last window is closed."""
    from sleap.gui.app import run as run_program

    run_program(options.labels_path, nonnative=options.nonnative, reset=options.reset)


COMMAND = Command(
    "sleap-label",
    "Label animals in videos, look at and correct predictions.",
    LabelOptions,
    run,
    ("sleap-label", "sleap-label project.slp"),
)
