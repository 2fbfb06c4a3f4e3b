"""``sleap-render``: a video with the poses drawn on it."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.render import RenderOptions, render


def run(options: RenderOptions, progress: Progress) -> None:
    """Render, and print how much was drawn, and the file."""
    report = render(options, progress)
    print(f"{report.line}\n{report.path}")


COMMAND = Command(
    "sleap-render",
    "Write a video with the poses, and if wanted their trails, drawn on it.",
    RenderOptions,
    run,
    (
        "sleap-render predictions.slp",
        "sleap-render predictions.slp -o clip.mp4 --frames 100-400 --trail_length 50",
        "sleap-render predictions.slp -o clip.mp4 --crop 400,400 --scale 2 --track_names",
        "sleap-render predictions.slp --background black --distinctly_color edges",
    ),
)
