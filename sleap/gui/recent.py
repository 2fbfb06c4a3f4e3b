"""Projects opened lately, and where the user was in them: ``recent.yaml``."""

from pathlib import Path
from typing import Any

from attrs import asdict, evolve, field, frozen, validators

from sleap.gui import settings_file

FILENAME = "recent.yaml"
MAX_KEPT = 20


@frozen
class RecentProject:
    """A project that was opened.

    Attributes:
        path: Its file.
        video: Number of the video that was shown last.
        frame_idx: Index of the frame that was shown last.
    """

    path: str = field(validator=validators.instance_of(str))
    video: int = field(default=0, validator=[validators.instance_of(int), validators.ge(0)])
    frame_idx: int = field(default=0, validator=[validators.instance_of(int), validators.ge(0)])


def load() -> list[RecentProject]:
    """Return the projects, the last one first; entries that make no sense are left out."""
    entries = settings_file.read(FILENAME).values.get("projects")
    return [one for entry in entries if (one := _parse(entry))] if isinstance(entries, list) else []


def note(path: Path, video: int | None = None, frame_idx: int = 0) -> None:
    """Put a project first.

    Args:
        path: Its file.
        video: Number of the video that is shown; None: as it was noted before.
        frame_idx: Index of the frame that is shown.

    Raises:
        FileError: If the file cannot be written.
    """
    projects = load()
    text = str(path.absolute())
    before = next((one for one in projects if one.path == text), RecentProject(text))
    new = before if video is None else evolve(before, video=max(video, 0), frame_idx=frame_idx)
    _save([new, *(one for one in projects if one.path != text)])


def find(path: Path) -> RecentProject | None:
    """Return what was noted of a project."""
    text = str(path.absolute())
    return next((one for one in load() if one.path == text), None)


def clear() -> None:
    """Forget all projects.

    Raises:
        FileError: If the file cannot be written.
    """
    _save([])


def _save(projects: list[RecentProject]) -> None:
    settings_file.write(FILENAME, {"projects": [asdict(one) for one in projects[:MAX_KEPT]]})


def _parse(entry: Any) -> RecentProject | None:
    try:
        return RecentProject(**entry)
    except (TypeError, ValueError):
        return None
