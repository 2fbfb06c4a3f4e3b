"""What relinking takes and tells; light, it imports only attrs."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from sleap.core.video import Video


def _as_texts(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(items)


def _as_paths(items: Iterable[str | Path]) -> tuple[Path, ...]:
    return tuple(Path(item) for item in items)


class Content(StrEnum):
    """How the content of a file compares with what the project says of the video."""

    EQUAL = "equal"
    """The fingerprints are equal: it is the same recording."""
    ALIKE = "alike"
    """The project knows no fingerprint, but number and size of the frames are the same."""
    DIFFERS = "differs"
    """The fingerprint, or the number or size of the frames, is another."""
    UNCHECKED = "unchecked"
    """The project says nothing to compare with, or it was not asked for."""


@frozen(kw_only=True)
class RelinkOptions:
    """What is known of where the videos lie now.

    Args:
        prefixes: Texts ``OLD=NEW``: paths that begin with OLD now begin with NEW.
        files: By stored path, or by its last part if that is unambiguous: the file (or, for images,
            the folder) that shows this video now.
        folders: Folders to search, with all folders below them, for what is not found otherwise.
        check: Whether to compare the content with what the project says of the video.
        force: Whether to accept a file of other content.
        must_exist: Whether the new place must exist; if not, paths are rewritten as texts, to
            prepare a project for another machine.
        remember: Whether to remember, for this user, the prefixes that led to a video.
    """

    prefixes: tuple[str, ...] = field(default=(), converter=_as_texts)
    files: Mapping[str, str | Path] = field(factory=dict)
    folders: tuple[Path, ...] = field(default=(), converter=_as_paths)
    check: bool = True
    force: bool = False
    must_exist: bool = True
    remember: bool = True


@frozen(kw_only=True, eq=False)
class Relinked:
    """What became of one video.

    Attributes:
        video: The video; its ``filename`` is the new one if ``is_changed``.
        old: The path that was stored; of the first image for a sequence.
        new: Where it was found; of the first image for a sequence; None if it was not.
        rule: By what it was found, in words ("the prefix /a=/b"); "" if it was not.
        content: How the file compares with what the project says.
        is_changed: Whether the project now names another path.
        reason: Why it stays as it was, in words; "" if it was found.
    """

    video: "Video"
    old: str
    new: Path | None
    rule: str
    content: Content
    is_changed: bool
    reason: str = ""

    @property
    def is_found(self) -> bool:
        """Whether the video can be opened now."""
        return self.new is not None and not self.reason
