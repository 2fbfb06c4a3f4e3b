"""What a file format is, and the table of all that are known."""

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

from sleap.core.labels import Labels
from sleap.registry import Registry

Read = Callable[[Path, Sequence[Path]], Labels]
Write = Callable[[Labels, Path], None]


@frozen
class Format:
    """A kind of file that labels come from or go to.

    Args:
        title: What it is, in a few words.
        suffixes: Ends of filenames, lower case, with the dot; the first is the usual one.
        recognizes: Tells from the path and the first bytes whether a file is of this format.
        read: Reads a file, given its path and folders in which videos may lie; None if it is only
            written.
        write: Writes labels to a path, whole or not at all; None if it is only read.
    """

    title: str
    suffixes: tuple[str, ...]
    recognizes: Callable[[Path, bytes], bool]
    read: Read | None = None
    write: Write | None = None

    def has_suffix(self, path: Path) -> bool:
        """Tell whether a filename ends as those of this format do."""
        return path.name.lower().endswith(self.suffixes)


FORMATS: Registry[Format] = Registry("file format")
