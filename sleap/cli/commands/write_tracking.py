"""``python -m sleap.info.write_tracking_h5``: points and tracks as arrays for MATLAB."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.write_tracking import WriteTrackingOptions, write_tracking


def run(options: WriteTrackingOptions, progress: Progress) -> None:
    """Write, and print where the files lie."""
    for path in write_tracking(options, progress):
        print(path)


COMMAND = Command(
    "python -m sleap.info.write_tracking_h5",
    "Write the points and tracks of a labels file as arrays, one HDF5 file per video.",
    WriteTrackingOptions,
    run,
    (
        "python -m sleap.info.write_tracking_h5 video.mp4.predictions.h5",
        "python -m sleap.info.write_tracking_h5 labels.slp --all-frames -o tracks.tracking.h5",
    ),
)
