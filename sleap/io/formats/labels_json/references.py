"""The small parts of the JSON in each of the forms that programs have written."""

from collections.abc import Mapping, Sequence
from typing import Any

from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FormatError

Anchors = dict[int, list[tuple[int, float, float]]]

MAX_DIGITS = 12


def as_index(value: Any, what: str, n: int | None = None) -> int:
    """Read a number that counts something, or names an entry of a list: 3 or "3".

    Args:
        value: What the file says.
        what: What it counts, for the message.
        n: Length of the list that it names an entry of; None if it is no such number.

    Raises:
        FormatError: If it is no whole number from 0 on, or there is no such entry.
    """
    index = None
    if isinstance(value, str) and len(value) <= MAX_DIGITS and value.strip().isdecimal():
        index = int(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        index = value
    elif isinstance(value, float) and value.is_integer():
        index = int(value)
    if index is None or not 0 <= index < 10**MAX_DIGITS:
        raise FormatError(f"The {what} should be a number from 0 on, and is {value!r:.60}.")
    if n is not None and index >= n:
        raise FormatError(f"There is no {what} {index}: the file lists {n}.")
    return index


def read_track(item: Any) -> Track:
    """Read a track: ``[first frame, name]``, an object with these, or a name.

    Raises:
        FormatError: If it is something else.
    """
    if isinstance(item, str):
        return Track(item)
    if isinstance(item, list) and len(item) >= 2:
        spawned, name = item[:2]
    elif isinstance(item, dict) and "name" in item:
        spawned, name = item.get("spawned_on"), item["name"]
    else:
        raise FormatError(f"A track should be [first frame, name], and is {item!r:.60}.")
    return Track(str(name), as_index(spawned or 0, "first frame of a track"))


def read_suggestions(value: Any, videos: Sequence[Video]) -> list[SuggestionFrame]:
    """Read suggestions: a list of objects, or the older ``{video: [frames]}``.

    Raises:
        FormatError: If they are something else, or name a video that is not there.
    """
    if isinstance(value, Mapping):
        return [
            SuggestionFrame(_video(key, videos), as_index(frame, "suggested frame"))
            for key, frames in value.items()
            for frame in frames
        ]
    suggestions = []
    for item in value or ():
        if isinstance(item, list) and len(item) == 2:
            item = {"video": item[0], "frame_idx": item[1]}
        if not isinstance(item, dict) or not {"video", "frame_idx"} <= item.keys():
            raise FormatError(f"A suggestion has no video and frame: {item!r:.60}.")
        rest = {key: item[key] for key in item if key not in ("video", "frame_idx", "group")}
        group = item.get("group")
        if group is not None and not isinstance(group, int):
            rest, group = {**rest, "group": group}, None
        index = as_index(item["frame_idx"], "suggested frame")
        suggestions.append(SuggestionFrame(_video(item["video"], videos), index, group, rest))
    return suggestions


def read_anchors(value: Any) -> Anchors:
    """Read the places without an animal: by video, ``[frame, x, y]``, pixels."""
    if not isinstance(value, Mapping):
        return {}
    return {
        as_index(video, "video of a negative anchor"): [
            (as_index(frame, "frame of a negative anchor"), float(x), float(y))
            for frame, x, y in places
        ]
        for video, places in value.items()
    }


def _video(value: Any, videos: Sequence[Video]) -> Video:
    return videos[as_index(value, "video", len(videos))]
