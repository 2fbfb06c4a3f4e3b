"""Labels from any file, and to any file: the format is told from the name and the first bytes."""

from collections.abc import Sequence
from pathlib import Path

import sleap.io.formats  # noqa: F401  (enters the formats into the registry)
from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FileError, FormatError, LabelsError, did_you_mean
from sleap.io.format import FORMATS, Format
from sleap.io.slp.hdf5 import read_head


def load_file(path: str | Path, *, videos_search: Sequence[Path] = ()) -> Labels:
    """Read labels from a file of any known format.

    A format whose filenames end like this one and that recognizes the first bytes is used; else
    any that recognizes them, whatever the file is called.

    Args:
        path: The file.
        videos_search: Folders in which videos may lie, to look in after that of the file. Stored
            paths stay as they are; a video is looked for when it is opened.

    Returns:
        The labels.

    Raises:
        FileError: If the file is not there or cannot be opened.
        FormatError: If its format is not known, or it is damaged.
    """
    path = Path(path)
    head = read_head(path)
    formats = [entry for name in FORMATS if (entry := FORMATS.get(name)).read is not None]
    by_name = sorted(
        (entry for entry in formats if entry.find_suffix(path)),
        key=lambda entry: -len(entry.find_suffix(path)),
    )
    fitting = [entry for entry in [*by_name, *formats] if entry.recognizes(path, head)]
    # What has the right name but not the right bytes is read too: its reader says what is wrong.
    for entry in (*fitting, *by_name):
        if entry.read is not None:
            return entry.read(path, videos_search)
    raise FormatError(
        f"Cannot read '{path}': its format is not known. Known: {_list_formats(formats)}."
    )


def save_file(
    labels: Labels, path: str | Path, *, format: str | None = None, video: Video | None = None
) -> None:
    """Write labels to a file, in the format that its name asks for, whole or not at all.

    Args:
        labels: What to write.
        path: Where; an old file is replaced.
        format: Name of the format; None to tell from the ending of ``path``.
        video: Which video, for formats that hold one video a file; None if only one has frames.

    Raises:
        UnknownNameError: If there is no format of that name.
        FileError: If no format has that ending, or the file cannot be written; an old file is as
            it was.
        LabelsError: If the format holds one video a file and it is open which.
    """
    path = Path(path)
    entry = _format_to_write(path, format)
    if entry.write is not None:
        entry.write(labels, path)
    elif entry.write_video is not None:
        entry.write_video(labels, path, video or _only_video(labels, entry))


def _format_to_write(path: Path, name: str | None) -> Format:
    if name is not None:
        entry = FORMATS.get(name)
        if not entry.can_write:
            raise FileError(f"Cannot write '{path}': {entry.title} is a format only read here.")
        return entry
    formats = [entry for name in FORMATS if (entry := FORMATS.get(name)).can_write]
    fitting = [(len(suffix), entry) for entry in formats if (suffix := entry.find_suffix(path))]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    known = [suffix for entry in formats for suffix in entry.suffixes]
    raise FileError(
        f"Cannot write '{path}': the ending '{path.suffix}' is not known."
        f"{did_you_mean(path.suffix, known) if path.suffix else ''} "
        f"Known: {_list_formats(formats)}."
    )


def _only_video(labels: Labels, entry: Format) -> Video:
    used = [video for video in labels.videos if labels[video]] or labels.videos
    if len(used) == 1:
        return used[0]
    raise LabelsError(
        f"{entry.title} holds one video a file, and the labels have {len(used)}"
        f"{': ' + ', '.join(video.name for video in used[:5]) if used else ''}. Say which."
    )


def _list_formats(formats: Sequence[Format]) -> str:
    return "; ".join(f"{entry.title} ({', '.join(entry.suffixes)})" for entry in formats)
