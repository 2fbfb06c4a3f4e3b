"""``python -m sleap.io.visuals``: ``sleap-render`` under its first name, 15 frames per second."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.render import VisualsOptions, render


def run(options: VisualsOptions, progress: Progress) -> None:
    """Render, and print where the clip lies."""
    print(render(options, progress).path)


COMMAND = Command(
    "python -m sleap.io.visuals",
    "Write a video with the poses drawn on it: sleap-render under its first name.",
    VisualsOptions,
    run,
    (
        "python -m sleap.io.visuals video.mp4.predictions.h5",
        "python -m sleap.io.visuals video.mp4.predictions.h5 -o clip.avi --frames 100-400",
    ),
)
