"""Frames worth labeling, chosen and written into a project: ``python -m sleap.suggestions``.

Light until ``suggest`` is called: the options import only attrs.
"""

from pathlib import Path

from attrs import field, frozen

from sleap.progress import SILENT, Progress
from sleap.suggestions.options import SuggestionOptions

SUFFIX = ".suggested.slp"


@frozen(kw_only=True)
class SuggestOptions:
    """Options of ``python -m sleap.suggestions``."""

    data_path: Path = field(
        converter=Path,
        metadata={"help": "Labels file of any known format", "positional": True},
    )
    output: str = field(
        default="",
        metadata={
            "help": "File to write (default: {stem}.suggested.slp beside the labels); the labels"
            " file itself may be named, and its old version is kept as a backup",
            "flags": ("-o",),
        },
    )
    video: str = field(
        default="",
        metadata={"help": "Only this video: its number, counted from 0, or its name"},
    )
    replace: bool = field(
        default=False,
        metadata={"help": "Drop the suggestions that the project has, of the videos looked at"},
    )
    suggestion: SuggestionOptions = field(factory=SuggestionOptions, metadata={"prefix": ""})


@frozen
class SuggestReport:
    """What was suggested.

    Args:
        path: The file written.
        lines: How many frames of which video.
    """

    path: Path
    lines: tuple[str, ...]


def suggest(options: SuggestOptions, progress: Progress = SILENT) -> SuggestReport:
    """Choose frames, add them to the suggestions of a project, and save it.

    Args:
        options: Which project, and how to choose.
        progress: Told how far it is.

    Returns:
        The file written and how many frames were chosen.

    Raises:
        OptionError: If there is no such video.
        SleapError: If a file or video cannot be read, or the output not be written.
    """
    from sleap.io.files import load_file, save_file
    from sleap.suggestions import suggest as suggestions
    from sleap.workflows.outputs import find_video

    path = options.data_path
    labels = load_file(path)
    videos = [find_video(labels, options.video)] if options.video else list(labels.videos)
    looked_at = {id(video) for video in videos}
    if options.replace:
        labels.suggestions = [one for one in labels.suggestions if id(one.video) not in looked_at]
    folders = (path.absolute().parent,)
    new = suggestions.suggest(labels, videos, options.suggestion, progress, folders)
    labels.suggestions = suggestions.merge(labels.suggestions, new)
    output = Path(options.output) if options.output else _name_output(path)
    save_file(labels, output, backups=1)
    counts = {id(video): 0 for video in videos}
    for one in new:
        counts[id(one.video)] += 1
    lines = [f"{video.name}: {counts[id(video)]} new suggestions" for video in videos]
    lines.append(f"{len(labels.suggestions)} suggestions in all")
    return SuggestReport(output, tuple(lines))


def _name_output(path: Path) -> Path:
    stem = path.stem.removesuffix(".json") if path.suffix == ".zip" else path.stem
    return path.with_name(stem + SUFFIX)
