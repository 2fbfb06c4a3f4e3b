"""``python -m sleap.nn.tracking``: track again, without predicting again."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.track import TrackOptions, track


def run(options: TrackOptions, progress: Progress) -> None:
    """Track, and print where the result lies."""
    print(track(options, progress))


COMMAND = Command(
    "python -m sleap.nn.tracking",
    "Link the poses of a predictions file into tracks, anew.",
    TrackOptions,
    run,
    (
        "python -m sleap.nn.tracking video.mp4.predictions.h5 --tracker flow",
        "python -m sleap.nn.tracking preds.slp --tracker simple --similarity iou --match hungarian",
    ),
)
