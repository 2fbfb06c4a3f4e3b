"""JSON with comments, as people write profiles."""

import json
import re
from typing import Any

from sleap.errors import ProfileError

# A string is matched first, so that a comment mark inside of it is left alone.
_STRING_OR_COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)


def parse(text: str, source: str) -> Any:
    """Parse JSON that may hold ``//`` and ``/* */`` comments.

    Args:
        text: The file's text.
        source: Its name, for messages.

    Raises:
        ProfileError: If it is not JSON (naming line and column), or gives a key twice.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in pairs:
            if key in result:
                raise ProfileError(f"{source}: the key '{key}' is given twice in one object.")
            result[key] = value
        return result

    try:
        return json.loads(_STRING_OR_COMMENT.sub(_blank_comment, text), object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise ProfileError(
            f"{source} is not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        ) from None


def _blank_comment(match: re.Match[str]) -> str:
    """Replace a comment by blanks, so that positions in messages stay true."""
    found = match.group()
    return found if found.startswith('"') else re.sub(r"[^\n]", " ", found)
