"""Labels from any file, and to any file: the format is told from the name and the first bytes."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sleap.io.formats  # noqa: F401  (enters the formats into the registry)
from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FileError, FormatError, LabelsError, did_you_mean
from sleap.io import backups as earlier
from sleap.io import guard
from sleap.io.atomic import explain, keeping
from sleap.io.format import FORMATS, Format
from sleap.io.slp.hdf5 import read_head

logger = logging.getLogger(__name__)


def load_file(
    path: str | Path, *, format: str | None = None, videos_search: Sequence[Path] = ()
) -> Labels:
    """Read labels from a file of any known format.

    A format whose filenames end like this one and that recognizes the first bytes is used; else
    any that recognizes them, whatever the file is called.

    Args:
        path: The file.
        format: Name of the format; None to tell it from the file.
        videos_search: Folders in which videos may lie, to look in after that of the file. Stored
            paths stay as they are; a video is looked for when it is opened.

    Returns:
        The labels.

    Raises:
        UnknownNameError: If there is no format of that name.
        FileError: If the file is not there or cannot be opened, or the format is only written.
        FormatError: If its format is not known, or it is damaged.
    """
    path = Path(path)
    state = guard.FileState.of(path)
    entry = find_reader(path) if format is None else FORMATS.get(format)
    read = entry.read
    if read is None:
        raise FileError(f"Cannot read '{path}': {entry.title} is a format only written here.")
    labels = read(path, videos_search)
    if state is not None:
        guard.remember(labels, path, state)
    return labels


def find_reader(path: Path) -> Format:
    """Find the format by which a file is read; see ``load_file``.

    Raises:
        FileError: If the file is not there or cannot be opened.
        FormatError: If its format is not known.
    """
    head = b"" if path.is_dir() else read_head(path)
    formats = [entry for name in FORMATS if (entry := FORMATS.get(name)).read is not None]
    by_name = sorted(
        (entry for entry in formats if entry.find_suffix(path)),
        key=lambda entry: (-len(entry.find_suffix(path)), not entry.can_write),
    )
    fitting = (entry for entry in [*by_name, *formats] if entry.recognizes(path, head))
    # What has the right name but not the right bytes is read too: its reader says what is wrong.
    if found := next(fitting, None) or next(iter(by_name), None):
        return found
    if path.is_dir():
        raise FileError(f"Cannot read '{path}': it is a folder without labels. Give a file.")
    raise FormatError(
        f"Cannot read '{path}': its format is not known. Known: {_list_formats(formats)}."
    )


def save_file(
    labels: Labels,
    path: str | Path,
    *,
    format: str | None = None,
    video: Video | None = None,
    backups: int = 0,
) -> None:
    """Write labels to a file, in the format that its name asks for, whole or not at all.

    If another program changed the file since the labels were read from it, or last saved to it,
    its version is kept as a backup, and the log names that; ``guard.has_changed`` tells before.

    Args:
        labels: What to write.
        path: Where; an old file is replaced.
        format: Name of the format; None to tell from the ending of ``path``.
        video: Which video, for formats that hold one video a file; None if only one has frames.
        backups: How many earlier versions to keep in ``{path}.backups``. If the disk refuses, that
            is logged and the labels are saved all the same.

    Raises:
        UnknownNameError: If there is no format of that name.
        FileError: If no format has that ending, or the file cannot be written, or what another
            program made of it cannot be kept; an old file is as it was.
        LabelsError: If the format holds one video a file and it is open which.
    """
    path = Path(path)
    entry = find_format(path, format)
    with keeping(path, lambda old: _keep(labels, old, backups)):
        if entry.write is not None:
            entry.write(labels, path)
        elif entry.write_video is not None:
            entry.write_video(labels, path, video or _only_video(labels, entry))
    guard.remember(labels, path, guard.FileState.of(path))


@contextmanager
def _keep(labels: Labels, path: Path, n_kept: int) -> Iterator[None]:
    """Surround the replacement of a file with what keeps its present version."""
    theirs: Path | None = None
    with ExitStack() as stack:
        if guard.has_changed(labels, path):
            try:
                theirs = stack.enter_context(earlier.kept(path, n_kept or None, forever=True))
            except OSError as error:
                raise FileError(
                    f"Cannot write '{path}': another program has changed it since it was read, "
                    f"and its version cannot be kept ({explain(error)}). Save under another name."
                ) from error
        elif n_kept > 0:
            stack.enter_context(earlier.kept_or_warned(path, n_kept))
        yield
    if theirs is not None:
        logger.warning(
            "Another program has changed '%s' since it was read. Its version is kept as '%s'.",
            path,
            theirs,
        )


def find_format(path: Path, name: str | None = None) -> Format:
    """Find the format in which a file is to be written.

    Args:
        path: The file.
        name: Name of the format; None to tell from the ending of ``path``.

    Raises:
        UnknownNameError: If there is no format of that name.
        FileError: If no format has that ending, or it is only read.
    """
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
