"""Whether a file holds the recording that a project knows."""

from pathlib import Path

from attrs import evolve, frozen

from sleap.core.video import Shape, Video
from sleap.errors import VideoError
from sleap.video import fingerprint, open_video
from sleap.video.locate import FOUND, RECORDING
from sleap.workflows.relink_options import Content

PLACES = frozenset({FOUND, RECORDING, "search"})
"""Keys of ``Video.metadata`` for where a video may lie."""


@frozen
class Check:
    """What comparing a file with a video told.

    Attributes:
        content: The verdict.
        reason: Why it is not, or may not be, this recording; "" if nothing speaks against it.
        mark: Fingerprint of the file; None if not taken.
        shape: Its shape; None if it was not opened.
    """

    content: Content
    reason: str = ""
    mark: str | None = None
    shape: Shape | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether nothing speaks against the file."""
        return not self.reason

    def note(self, video: Video) -> None:
        """Note what was found out in the description of a video that now names the file."""
        if self.mark is not None:
            video.fingerprint = self.mark
        if self.shape is not None and (video.shape is None or self.content is Content.DIFFERS):
            video.shape = self.shape


def compare(video: Video, location: Path | list[Path], *, is_asked: bool = True) -> Check:
    """Compare a file, or images, with what is known of a video.

    Equal fingerprints need no more than a few blocks; only where they do not tell, the file is
    opened for its number and size of frames. Nothing is left open.

    Args:
        video: What is known.
        location: The file or files.
        is_asked: Whether to compare at all.
    """
    if not is_asked:
        return Check(Content.UNCHECKED)
    mark = None if video.fingerprint is None else fingerprint.of_location(location)
    if video.compare_fingerprint(mark):
        return Check(Content.EQUAL, mark=mark)
    if video.fingerprint is None and video.shape is None:
        return Check(Content.UNCHECKED)
    filename = location if isinstance(location, Path) else [str(path) for path in location]
    metadata = {key: value for key, value in video.metadata.items() if key not in PLACES}
    described = evolve(video, filename=filename, fingerprint=None, shape=None, metadata=metadata)
    try:
        with open_video(described) as reader:
            mark, shape = reader.describe().fingerprint, reader.shape
    except VideoError as error:
        return Check(Content.UNCHECKED, reason=str(error))
    is_equal = video.compare_fingerprint(mark)
    if is_equal:
        return Check(Content.EQUAL, mark=mark, shape=shape)
    is_alike = _is_alike(video.shape, shape)
    if is_alike is False:
        reason = f"its frames are {_say(shape)}, and not {_say(video.shape)}"
        return Check(Content.DIFFERS, reason, mark, shape)
    if is_equal is False:
        more = ", though number and size of the frames are the same" if is_alike else ""
        reason = f"its content is not that of the recording{more}: it may be encoded anew"
        return Check(Content.DIFFERS, reason, mark, shape)
    return Check(Content.ALIKE if is_alike else Content.UNCHECKED, "", mark, shape)


def _is_alike(known: Shape | None, found: Shape) -> bool | None:
    """Compare frames, height and width as far as they are known; None if none is."""
    pairs = [(a, b) for a, b in zip((known or ())[:3], found, strict=False) if a]
    return all(a == b for a, b in pairs) if pairs else None


def _say(shape: Shape | None) -> str:
    frames, height, width, _ = shape or (0, 0, 0, 0)
    return f"{frames} of {width}x{height}"
