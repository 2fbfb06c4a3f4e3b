"""Points and tracks as arrays for MATLAB: ``python -m sleap.info.write_tracking_h5``.

Light until ``write_tracking`` is called: the options import only attrs.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from sleap.errors import LabelsError, OptionError
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    from sleap.core.labels import Labels
    from sleap.core.video import Video

SUFFIX = ".tracking.h5"


@frozen(kw_only=True)
class WriteTrackingOptions:
    """Options of ``python -m sleap.info.write_tracking_h5``."""

    data_path: Path = field(
        converter=Path,
        metadata={"help": "Labels file of any known format", "positional": True},
    )
    output: str = field(
        default="",
        metadata={
            "help": "File to write (default: {stem}.tracking.h5 beside the labels; of several "
            "videos {stem}.{number}_{video}.tracking.h5)",
            "flags": ("-o",),
        },
    )
    all_frames: bool = field(
        default=False,
        metadata={
            "help": "Begin with the first frame of the video, and end with its last, in place of "
            "the first and last labeled frame",
            "flags": ("--all-frames",),
        },
    )
    video: int | None = field(
        default=None,
        metadata={"help": "Number of the video, from 0 (default: all that have frames)"},
    )


def write_tracking(options: WriteTrackingOptions, progress: Progress = SILENT) -> list[Path]:
    """Write points and tracks in the layout of the first releases, a file per video.

    Args:
        options: What to write, and where.
        progress: Told how far it is.

    Returns:
        The files.

    Raises:
        OptionError: If there is no such video, or one output for several.
        LabelsError: If there are no labeled frames.
        SleapError: If a file cannot be read or written.
    """
    from sleap.io.files import load_file
    from sleap.io.formats import analysis_hdf5

    labels = load_file(options.data_path)
    videos = _choose_videos(labels, options)
    paths = []
    progress.begin("Writing", len(videos))
    for video in videos:
        path = _name_output(options, labels.videos.index(video), video, len(videos))
        analysis_hdf5.write(labels, path, video, all_frames=options.all_frames, classic=True)
        paths.append(path)
        progress.advance()
    progress.end()
    return paths


def _choose_videos(labels: "Labels", options: WriteTrackingOptions) -> "list[Video]":
    if options.video is not None:
        if not 0 <= options.video < len(labels.videos):
            raise OptionError(
                f"video is {options.video}; '{options.data_path}' holds {len(labels.videos)}, "
                "counted from 0."
            )
        return [labels.videos[options.video]]
    videos = [video for video in labels.videos if labels.frame_rows(video).size]
    if not videos:
        raise LabelsError(f"'{options.data_path}' holds no labeled frames: nothing to write.")
    if options.output and len(videos) > 1:
        raise OptionError(
            f"One output for {len(videos)} videos. Say which with --video, or leave out -o."
        )
    return videos


def _name_output(options: WriteTrackingOptions, number: int, video: "Video", n_videos: int) -> Path:
    if options.output:
        return Path(options.output)
    path = options.data_path
    stem = path.stem.removesuffix(".json") if path.suffix == ".zip" else path.stem
    if n_videos > 1:
        stem += f".{number:03}_{Path(video.name).stem}"
    return path.with_name(stem + SUFFIX)
