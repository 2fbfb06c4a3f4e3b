"""What the entry of a video says of the recording beyond its path, so that it is found again.

Beside ``backend`` in the entry of a video stands an object ``recording``, which other programs do
not look at::

    {"backend": {"filename": "/data/day1/videos/a.mp4", ...},
     "recording": {"relative": "videos/a.mp4", "absolute": "...", "shape": [n, h, w, c],
                   "fingerprint": "1:size:digest"}}

- ``relative``: the path from the folder of the labels file, with slashes; left out if ``filename``
  is that path, or if the two have no folder in common but the root;
- ``absolute``: the absolute path where it was last; left out if ``filename`` is that path;
- ``shape``: frames, height, width, channels; left out if ``backend`` says it;
- ``fingerprint``: see ``sleap.video.fingerprint``.

For a sequence of images both paths are of the folder that all have in common.

``filename`` stays as it is, whatever is found out: it is what the user said, and what other
programs read. What is known comes from opening the video; saving into the folder that labels were
read from looks at no file, and into another only at the places beside the old labels file, so that
a missing video or a slow disk holds nothing up.
"""

import os
from pathlib import Path
from typing import Any

from attrs import frozen

from sleap.core.video import Shape, Video
from sleap.video import prefixes
from sleap.video.locate import FOUND, RECORDING, head

Json = dict[str, Any]

KEY = RECORDING
"""Name of the object in the entry; and key of ``Video.metadata`` for the two paths in it."""

SEARCH = "search"
"""Key of ``Video.metadata`` for the folders to look in; never written to a file."""

_MAX_PATH = 1 << 15
_MAX_MARK = 200


@frozen
class Facts:
    """What an entry says of a recording.

    Attributes:
        places: ``relative`` and ``absolute``, those that are told.
        shape: (frames, height, width, channels); None if not told.
        fingerprint: None if not told.
    """

    places: dict[str, str]
    shape: Shape | None
    fingerprint: str | None


def read(item: Json) -> Facts:
    """Read what the entry of a video says; what is not as expected counts as not told."""
    told = item.get(KEY)
    told = told if isinstance(told, dict) else {}
    places = {
        key: value
        for key in ("relative", "absolute")
        if isinstance(value := told.get(key), str) and 0 < len(value) < _MAX_PATH
    }
    mark = told.get("fingerprint")
    is_mark = isinstance(mark, str) and len(mark) < _MAX_MARK
    return Facts(places, _shape(told.get("shape")), mark if is_mark else None)


def _shape(told: Any) -> Shape | None:
    if not isinstance(told, list) or len(told) != 4:
        return None
    frames, height, width, channels = told
    is_shape = all(type(size) is int and size >= 0 for size in told)
    return (frames, height, width, channels) if is_shape else None


def write(video: Video, folder: Path | None, *, has_shape: bool) -> Json:
    """Tell what to write of a recording; {} if there is nothing to tell.

    Args:
        video: The video.
        folder: Absolute path of the folder of the labels file; None if it is not known.
        has_shape: Whether the rest of the entry tells the shape.
    """
    told: Json = dict(_places(video, folder))
    if video.shape is not None and not has_shape:
        told["shape"] = list(video.shape)
    if video.fingerprint is not None:
        told["fingerprint"] = video.fingerprint
    return told


def _places(video: Video, folder: Path | None) -> dict[str, str]:
    noted: dict[str, str] = dict(video.metadata.get(KEY) or {})
    stored = Path(str(video.filename)).absolute().as_posix() if video.is_embedded else head(video)
    if not stored:
        return noted
    search = video.metadata.get(SEARCH)
    base = Path(search[0]) if search else None
    has_moved = folder is not None and folder != (base or Path.cwd())
    place = _found(video)
    if place is None and has_moved:
        place = _beside(base or Path.cwd(), stored, noted)
    if place is None and not noted and Path(stored).is_absolute():
        place = stored  # not looked at: as far as is known, it lies there
    if place is None:
        return _moved(noted, stored, base, folder) if has_moved else noted
    told = {**noted, "absolute": Path(place).as_posix()}
    if folder is not None:
        told["relative"] = _relative(place, folder)
    same = (stored.replace("\\", "/"), Path(stored).as_posix())
    return {key: value for key, value in told.items() if value and value not in same}


def _found(video: Video) -> str | None:
    """Return where the video was found when it was opened, if it is still called the same."""
    found = video.metadata.get(FOUND)
    return str(found[1]) if found is not None and found[0] == video.filename else None


def _beside(base: Path, stored: str, noted: dict[str, str]) -> str | None:
    """Look where the video should lie by its relative paths from the old labels file."""
    relative = [noted.get("relative", ""), stored.replace("\\", "/")]
    for name in relative:
        if name and not prefixes.is_rooted(name):
            path = os.path.normpath(base / name)
            try:
                if Path(path).exists():
                    return path
            except (OSError, ValueError):
                continue
    return None


def _moved(
    noted: dict[str, str], stored: str, base: Path | None, folder: Path | None
) -> dict[str, str]:
    """Restate where a video was that is not there now, for a labels file in another folder."""
    if base is None or folder is None:
        return noted
    name = noted.get("relative") or ("" if prefixes.is_rooted(stored) else stored)
    if not name:
        return noted
    place = os.path.normpath(base / name.replace("\\", "/"))
    told = {"relative": _relative(place, folder), "absolute": noted.get("absolute") or place}
    return {key: value for key, value in told.items() if value}


def _relative(place: str, folder: Path) -> str:
    """Return the path from a folder, with slashes; "" if only the root is common to both."""
    try:
        common = os.path.commonpath([place, folder])
        relative = os.path.relpath(place, folder)
    except ValueError:  # on different drives
        return ""
    return "" if Path(common).parent == Path(common) else Path(relative).as_posix()
