r"""Beginnings of paths that changed: ``C:\lab`` is ``/mnt/lab`` here.

Paths are compared by their parts, written with slashes or backslashes. A path of Windows (with a
drive letter, or beginning with two backslashes) is compared without regard to case; others are
compared letter by letter.

Prefixes that once led to a video are remembered for each user, in ``video_prefixes.json`` in the
folder ``$SLEAP_CONFIG``, or else in that of the system for settings. The file is::

    {"version": 1, "prefixes": [{"old": "C:\\lab", "new": "/mnt/lab"}, ...]}

with the one learned last first. A file that is damaged counts as empty and is set aside at the next
change.
"""

import json
import logging
import os
import re
import secrets
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from sleap.errors import FileError, OptionError

logger = logging.getLogger(__name__)

FILENAME = "video_prefixes.json"
MAX_REMEMBERED = 200
_VERSION = 1
_WINDOWS = re.compile(r"[A-Za-z]:|\\\\|//")


@frozen
class Prefix:
    """A beginning of paths, and what it is here.

    Attributes:
        old: The beginning as stored, of any system.
        new: What stands for it on this machine.
    """

    old: str
    new: str

    def apply(self, filename: str) -> str | None:
        """Put the new beginning in the place of the old one; None if the path begins otherwise."""
        parts, old = split(filename), split(self.old)
        if not old or len(parts) < len(old) or is_rooted(filename) != is_rooted(self.old):
            return None
        if _keys(parts[: len(old)], self.old) != _keys(old, self.old):
            return None
        return _join(self.new, parts[len(old) :])

    def __str__(self) -> str:
        """Write it as on the command line."""
        return f"{self.old}={self.new}"


def parse(text: str) -> Prefix:
    """Read ``OLD=NEW``; the first equals sign parts the two.

    Raises:
        OptionError: If there is no equals sign, or nothing on one side of it.
    """
    old, sign, new = text.partition("=")
    if not sign or not split(old) or not new:
        raise OptionError(
            f"The prefix '{text}' is not written OLD=NEW, such as 'C:\\lab=/mnt/lab': the "
            "beginning of the stored paths, and what it is on this machine."
        )
    return Prefix(old, new)


def learn(stored: str, found: str | Path) -> Prefix | None:
    r"""Tell which beginning changed when a video is found elsewhere.

    ``C:\lab\day1\a.mp4``, found as ``/mnt/lab/day1/a.mp4``, teaches ``C: -> /mnt``: parts that are
    the same at the end are left off both.

    Args:
        stored: The path as stored.
        found: Where it lies here.

    Returns:
        The prefix; None if the last parts differ (the file was renamed, which says nothing of
        others), if nothing changed, or if the stored path is relative, as a prefix of it would be
        that of many projects.
    """
    if not is_rooted(stored):
        return None
    new_text = str(found)
    old, new = split(stored), split(new_text)
    n_same = _count_same_tail(old, new, "C:" if is_windows(new_text) else stored)
    # A drive, a server with its share, and the first folder are no part that could be left off.
    n_same = min(n_same, len(old) - max(_n_roots(stored), 1), len(new) - _n_roots(new_text))
    n_old, n_new = len(old) - n_same, len(new) - n_same
    if n_same < 1 or _keys(old[:n_old], stored) == _keys(new[:n_new], stored):
        return None
    return Prefix(_cut(stored, n_old), _cut(new_text, n_new) or "/")


def apply_all(prefixes: Iterable[Prefix], filename: str) -> list[tuple[Prefix, str]]:
    """Apply each prefix that fits, the longest old beginning first."""
    found = [(prefix, path) for prefix in prefixes if (path := prefix.apply(filename)) is not None]
    return sorted(found, key=lambda pair: -len(split(pair[0].old)))


def split(path: str) -> list[str]:
    """Return the parts of a path of any system; a drive letter is one of them."""
    return [part for part in re.split(r"[\\/]+", path) if part not in ("", ".")]


def is_rooted(path: str) -> bool:
    """Tell whether a path of any system is absolute, or at least begins with a drive or root."""
    return bool(re.match(r"[A-Za-z]:|[\\/]", path))


def is_windows(path: str) -> bool:
    """Tell whether a path has a drive letter or names a server."""
    return bool(_WINDOWS.match(path))


# -- what is remembered ------------------------------------------------------------------------


def config_folder() -> Path:
    """Return the folder for settings of the user: ``$SLEAP_CONFIG``, or that of the system."""
    given = os.environ.get("SLEAP_CONFIG")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base, "sleap")


def remembered() -> list[Prefix]:
    """Return the prefixes remembered for this user, the newest first; none if unreadable."""
    try:
        data = json.loads((config_folder() / FILENAME).read_text(encoding="utf-8"))
        return [
            Prefix(item["old"], item["new"])
            for item in data["prefixes"]
            if isinstance(item["old"], str) and isinstance(item["new"], str) and split(item["old"])
        ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, RuntimeError, ValueError, LookupError, TypeError) as error:
        logger.warning("Cannot read the remembered video prefixes: %s", error)
        return []


def remember(prefix: Prefix) -> None:
    """Remember a prefix for this user; one of the same old beginning is replaced.

    Raises:
        FileError: If the file cannot be written.
    """
    kept = [one for one in remembered() if not _is_same(one.old, prefix.old)]
    _save([prefix, *kept][:MAX_REMEMBERED])


def forget(old: str) -> bool:
    """Forget the prefix of an old beginning, and tell whether there was one.

    Raises:
        FileError: If the file cannot be written.
    """
    before = remembered()
    kept = [prefix for prefix in before if not _is_same(prefix.old, old)]
    if len(kept) < len(before):
        _save(kept)
    return len(kept) < len(before)


def _save(prefixes: list[Prefix]) -> None:
    path = config_folder() / FILENAME
    items = [{"old": prefix.old, "new": prefix.new} for prefix in prefixes]
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _set_damaged_aside(path)
        text = json.dumps({"version": _VERSION, "prefixes": items}, indent=2, ensure_ascii=False)
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise FileError(
            f"Cannot remember where videos lie in '{path}': {error.strerror or error}."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _set_damaged_aside(path: Path) -> None:
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except ValueError:
        path.replace(path.with_suffix(".damaged.json"))


# -- parts of paths ----------------------------------------------------------------------------


def _keys(parts: list[str], of: str) -> list[str]:
    """Return what the parts of a path ``of`` a system are compared by."""
    plain = [unicodedata.normalize("NFC", part) for part in parts]
    return [part.casefold() for part in plain] if is_windows(of) else plain


def _is_same(one: str, other: str) -> bool:
    return is_windows(one) == is_windows(other) and _keys(split(one), one) == _keys(
        split(other), other
    )


def _count_same_tail(old: list[str], new: list[str], of: str) -> int:
    pairs = zip(reversed(_keys(old, of)), reversed(_keys(new, of)), strict=False)
    n_same = 0
    for one, other in pairs:
        if one != other:
            break
        n_same += 1
    return n_same


def _n_roots(path: str) -> int:
    """Count the parts that name a drive, or a server and its share."""
    if re.match(r"\\\\|//", path):
        return 2
    return 1 if re.match(r"[A-Za-z]:", path) else 0


def _cut(path: str, n_parts: int) -> str:
    """Return the beginning of a path up to a number of parts, as it is written."""
    ends = [match.end() for match in re.finditer(r"[^\\/]+", path) if match.group() != "."]
    return path[: ends[n_parts - 1]] if n_parts else ""


def _join(new: str, rest: list[str]) -> str:
    """Put parts behind a beginning, with the separator that it uses."""
    if not rest:
        return new
    separator = "\\" if is_windows(new) and "/" not in new else "/"
    return new.rstrip("\\/") + separator + separator.join(rest)
