"""``python -m sleap.info.trackcleaner``: join broken tracks, knowing how many animals there are."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.clean_tracks import CleanTracksOptions, clean_tracks


def run(options: CleanTracksOptions, progress: Progress) -> None:
    """Clean, tell what was done, and print where the result lies."""
    report = clean_tracks(options, progress)
    progress.say(
        f"{report.n_tracks_before} tracks became {report.n_tracks}; "
        f"{report.n_dropped} instances dropped."
    )
    print(report.path)


COMMAND = Command(
    "python -m sleap.info.trackcleaner",
    "Drop the worst predictions beyond the number of animals, and join broken tracks.",
    CleanTracksOptions,
    run,
    (
        "python -m sleap.info.trackcleaner video.mp4.predictions.h5",
        "python -m sleap.info.trackcleaner predictions.slp -c 4 -o cleaned.slp",
    ),
)
