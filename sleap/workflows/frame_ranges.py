"""Frame numbers as people type them: ``1,2,3``, ``123-456``, ``1-3,7``."""

import re
from collections.abc import Iterable

from sleap.errors import OptionError

_PART = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")
_OPEN_RANGE = re.compile(r"(\d)\s*,\s*-\s*(\d)")
EXPECTED = "expected numbers and ranges such as 1,2,3 or 123-456 or 1-3,7"


def parse_frames(text: str) -> list[range]:
    """Read frame numbers.

    Args:
        text: Numbers and inclusive ranges joined by commas; ``5,-10`` stands for ``5-10``.

    Returns:
        The ranges, in the order given.

    Raises:
        OptionError: If it is anything else, or a range ends before it begins.
    """
    ranges = []
    for part in _OPEN_RANGE.sub(r"\1-\2", text).split(","):
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise OptionError(f"Cannot read the frames '{text}' at '{part.strip()}': {EXPECTED}.")
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        if last < first:
            raise OptionError(
                f"The frames '{text}' hold the range {first}-{last}, which ends before it begins."
            )
        ranges.append(range(first, last + 1))
    return ranges


def format_frames(frames: Iterable[int], limit: int = 8) -> str:
    """Write frame numbers as ``parse_frames`` reads them, shortened after ``limit`` parts."""
    parts: list[list[int]] = []
    for frame in sorted(set(frames)):
        if parts and frame == parts[-1][1] + 1:
            parts[-1][1] = frame
        else:
            parts.append([frame, frame])
    words = [f"{first}-{last}" if last > first else f"{first}" for first, last in parts]
    return ",".join([*words[:limit], *(["…"] if len(words) > limit else [])])
