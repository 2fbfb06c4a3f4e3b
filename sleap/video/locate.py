r"""Where a video lies now, from the path that a file says.

Labels travel between machines and systems, so the stored path may be of another system
(``C:\data\a.mp4``, ``\\server\share\a.mp4``), absolute on another machine, or relative to the
labels file.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from sleap.core.video import Video
from sleap.errors import VideoError


def find_video(video: Video, search: Sequence[Path] = ()) -> Path | list[Path] | None:
    r"""Find the file or files of a video.

    Tried in this order: the path as stored; with ``/`` for ``\``; in each folder of ``search``,
    the stored path and its tails (``a/b/c.mp4``, ``b/c.mp4``, ``c.mp4``); the same in the working
    directory.

    Args:
        video: The video; its ``filename`` may be a list. The folders in its ``metadata["search"]``
            (that of the labels file it was read from) are looked in after ``search``.
        search: Folders to look in, best first.

    Returns:
        The path, or the list of paths for a sequence of images; None if any was not found.
    """
    search = _all_folders(video, search)
    if isinstance(video.filename, str):
        return find_file(video.filename, search)
    found: list[Path] = []
    prefixes: dict[str, Path] = {}
    for name in video.filename:
        folder, _, base = name.replace("\\", "/").rpartition("/")
        path = prefixes[folder] / base if folder in prefixes else None
        if path is None or not path.exists():
            path = find_file(name, search)
        if path is None:
            return None
        prefixes[folder] = path.parent
        found.append(path)
    return found


def find_file(filename: str, search: Sequence[Path] = ()) -> Path | None:
    """Find one file or folder; see ``find_video``."""
    return next((path for path in places(filename, search) if _exists(path)), None)


def places(filename: str, search: Sequence[Path] = ()) -> Iterator[Path]:
    """Name the places where a stored path may lie, likeliest first.

    Args:
        filename: The stored path, written on any system.
        search: Folders to look in.

    Yields:
        Paths, whether they exist or not, each once.
    """
    seen: set[Path] = set()
    for path in _candidates(filename, search):
        if path not in seen:
            seen.add(path)
            yield path


def missing(video: Video, search: Sequence[Path] = ()) -> VideoError:
    """Build the error that says that a video was not found, where it was looked for, what to do."""
    search = _all_folders(video, search)
    names = [video.filename] if isinstance(video.filename, str) else video.filename
    lost = [name for name in names if find_file(name, search) is None]
    if not lost:
        return VideoError("Cannot open a video of no files: its list of images is empty.")
    looked = [str(path) for path in places(lost[0], search)]
    shown = looked if len(looked) <= 6 else [*looked[:3], "...", *looked[-2:]]
    more = f" (and {len(lost) - 1} more of {len(names)} images)" if len(lost) > 1 else ""
    return VideoError(
        f"Cannot open video '{lost[0]}'{more}: no such file. Looked at {', '.join(shown)}. "
        "Put the video beside the labels file, or give the path where it lies now."
    )


def _all_folders(video: Video, search: Sequence[Path]) -> list[Path]:
    return [*search, *map(Path, video.metadata.get("search", ()))]


def _candidates(filename: str, search: Sequence[Path]) -> Iterator[Path]:
    if not filename:
        return
    yield Path(filename)
    normal = filename.replace("\\", "/")
    yield Path(normal)
    parts = [part for part in re.sub(r"^[A-Za-z]:", "", normal).split("/") if part not in ("", ".")]
    is_absolute = normal.startswith("/") or re.match(r"[A-Za-z]:", normal) is not None
    for folder in [*search, Path.cwd()]:
        # The whole path below a folder makes sense for a relative path only.
        for first in range(1 if is_absolute else 0, len(parts)):
            yield Path(folder, *parts[first:])


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, or of characters that this system refuses
        return False
