"""What a file format is, and the table of all that are known."""

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.registry import Registry

Read = Callable[[Path, Sequence[Path]], Labels]
Write = Callable[[Labels, Path], None]
WriteVideo = Callable[[Labels, Path, Video], None]

FACETS = {
    "videos": "more than one video",
    "skeletons": "more than one skeleton",
    "edges": "edges of the skeleton",
    "symmetries": "symmetries of the skeleton",
    "tracks": "tracks",
    "user": "which instances the user set and which were predicted",
    "scores": "scores of instances and points",
    "visibility": "points that are set and not visible",
    "empty frames": "frames without instances",
    "suggestions": "suggestions",
    "provenance": "where the labels come from",
}
"""What labels hold beyond the points of instances on frames, by name."""


@frozen
class Format:
    """A kind of file that labels come from or go to.

    Args:
        title: What it is, in a few words.
        suffixes: Ends of filenames, lower case, with the dot; the first is the usual one.
        recognizes: Tells from the path and the first bytes whether a file is of this format.
        read: Reads a file, given its path and folders in which videos may lie; None if it is only
            written.
        write: Writes labels to a path, whole or not at all; None if it is only read, or holds one
            video a file.
        write_video: Writes what the labels say of one video; for formats of one video a file.
        holds: What of ``FACETS`` comes back when it is written and read again; what a format does
            not hold is told to the user at each export.
    """

    title: str
    suffixes: tuple[str, ...]
    recognizes: Callable[[Path, bytes], bool]
    read: Read | None = None
    write: Write | None = None
    write_video: WriteVideo | None = None
    holds: frozenset[str] = frozenset()

    @property
    def can_write(self) -> bool:
        """Whether labels can be written in this format."""
        return self.write is not None or self.write_video is not None

    def find_suffix(self, path: Path) -> str:
        """Return the longest of the suffixes that a filename ends with; "" if none."""
        name = path.name.lower()
        return max(
            (suffix for suffix in self.suffixes if name.endswith(suffix)), key=len, default=""
        )


FORMATS: Registry[Format] = Registry("file format")
