"""``python -m sleap.suggestions``: choose frames worth labeling."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.suggest import SuggestOptions, suggest


def run(options: SuggestOptions, progress: Progress) -> None:
    """Choose, and print how many frames of which video, and the file."""
    report = suggest(options, progress)
    print("\n".join([*report.lines, str(report.path)]))


COMMAND = Command(
    "python -m sleap.suggestions",
    "Choose frames worth labeling, and add them to the suggestions of a project.",
    SuggestOptions,
    run,
    (
        "python -m sleap.suggestions labels.slp",
        "python -m sleap.suggestions labels.slp --method image_features -o labels.slp",
        "python -m sleap.suggestions predictions.slp --method velocity --velocity.threshold 0.5",
        "python -m sleap.suggestions labels.slp --video 0 --sample.per_video 100",
    ),
)
