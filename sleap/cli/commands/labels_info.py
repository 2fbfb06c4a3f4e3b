"""``python -m sleap.info.labels``: count what a labels file holds."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.labels_info import LabelsInfoOptions, labels_info


def run(options: LabelsInfoOptions, progress: Progress) -> None:
    """Count, and print."""
    print("\n".join(labels_info(options)))


COMMAND = Command(
    "python -m sleap.info.labels",
    "Count the labeled frames and tracks of a labels file, over all and by video.",
    LabelsInfoOptions,
    run,
    ("python -m sleap.info.labels labels.slp",),
)
