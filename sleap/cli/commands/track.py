"""``sleap-track``: find the poses in a video with trained models, and link them into tracks."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.predict import PredictOptions, predict


def run(options: PredictOptions, progress: Progress) -> None:
    """Predict, and print where the result lies."""
    print(predict(options, progress))


COMMAND = Command(
    "sleap-track",
    "Find the poses of animals in a video with trained models, and link them into tracks.",
    PredictOptions,
    run,
    (
        "sleap-track video.mp4 -m models/a.centroids -m models/b.topdown",
        "sleap-track video.mp4 -m models/confmaps -m models/pafs --tracking.tracker flow",
        "sleap-track video.h5 --video.dataset box -m models/confmaps --frames 123-456",
    ),
)
