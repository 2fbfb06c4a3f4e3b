"""``python -m sleap.evaluation``: score predictions against a truth."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.evaluate import EvaluateOptions, evaluate


def run(options: EvaluateOptions, progress: Progress) -> None:
    """Score, and print the figures."""
    report = evaluate(options, progress)
    print("\n".join(report.lines))


COMMAND = Command(
    "python -m sleap.evaluation",
    "Compare predictions with labels that are right: errors, found animals, identity switches.",
    EvaluateOptions,
    run,
    ("python -m sleap.evaluation truth.slp video.mp4.predictions.h5 -o figures.json",),
)
