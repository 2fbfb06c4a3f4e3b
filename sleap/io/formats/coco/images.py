"""The table of images, and which videos they make up.

Images that name a video (``video_id``, ``vid_id``) belong to it. If the table of videos gives the
file of that video, its images are frames of that file; else the video is the list of its images, in
the order of their ``frame_id``. Images that name no video are one video for each folder and size,
because all images of a video have one size.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from attrs import define, field

from sleap.core.tables import IntArray
from sleap.core.video import Shape, Video
from sleap.errors import FormatError

Json = Mapping[str, Any]
Key = tuple[Any, ...]

FRAME_KEYS = ("frame_id", "frame_idx")
VIDEO_KEYS = ("video_id", "vid_id")
NAME_KEYS = ("file_name", "path", "coco_url")


@define(eq=False)
class _Group:
    """The images of one video, by their places in the table."""

    entry: Json
    places: list[int] = field(factory=list)
    numbers: list[Any] = field(factory=list)


class ImageTable:
    """Collects the images of a file.

    Attributes:
        places: Place of each image in the table, by id.
        is_labeled: Whether each image says that it was labeled, with or without annotations.
    """

    def __init__(self) -> None:
        self.places: dict[Any, int] = {}
        self.is_labeled: list[bool] = []
        self._names: list[str] = []
        self._keys: list[Key] = []
        self._numbers: list[Any] = []

    def __len__(self) -> int:
        """Count the images."""
        return len(self._names)

    def add(self, item: Any) -> None:
        """Take in one image.

        Raises:
            FormatError: If it is no object, or has no id or name, or an id that another one has.
        """
        if not isinstance(item, dict) or "id" not in item:
            raise FormatError(f"An image should be an object with an 'id', and is {item!r:.80}.")
        name = next((item[key] for key in NAME_KEYS if isinstance(item.get(key), str)), None)
        if name is None:
            raise FormatError(f"Image {item['id']!r:.40} has no 'file_name'.")
        if self.places.setdefault(item["id"], len(self._names)) != len(self._names):
            raise FormatError(f"Two images have the id {item['id']!r:.40}.")
        video = next((item[key] for key in VIDEO_KEYS if item.get(key) is not None), None)
        folder = name.replace("\\", "/").rpartition("/")[0]
        self._names.append(name)
        self._keys.append(
            (video,) if video is not None else (folder, item.get("height"), item.get("width"))
        )
        self._numbers.append(next((item[key] for key in FRAME_KEYS if key in item), None))
        self.is_labeled.append(item.get("is_labeled") is True)

    def make_videos(self, entries: Iterable[Any]) -> tuple[list[Video], IntArray, IntArray]:
        """Make videos of the images.

        Args:
            entries: The table of videos; those that give no file and have no image are left out.

        Returns:
            The videos; (n,) number of the video of each image; (n,) its index in that video.

        Raises:
            FormatError: If a video has no id, or a frame of a video file no index.
        """
        groups: dict[Key, _Group] = {}
        for entry in entries:
            if not isinstance(entry, dict) or "id" not in entry:
                raise FormatError(f"A video should be an object with an 'id': {entry!r:.80}.")
            groups[(entry["id"],)] = _Group(entry)
        for place, (key, number) in enumerate(zip(self._keys, self._numbers, strict=True)):
            group = groups.setdefault(key, _Group({}))
            group.places.append(place)
            group.numbers.append(number)
        videos: list[Video] = []
        numbers, indices = np.zeros(len(self), np.int64), np.zeros(len(self), np.int64)
        for group in groups.values():
            if isinstance(group.entry.get("file_name"), str):
                indices[group.places] = [self._index(*pair) for pair in _pairs(group)]
                video = _media(group.entry)
            elif group.places:
                _sort(group)
                indices[group.places] = np.arange(len(group.places))
                video = _sequence(group.entry, [self._names[place] for place in group.places])
            else:
                continue
            numbers[group.places] = len(videos)
            videos.append(video)
        return videos, numbers, indices

    def _index(self, place: int, number: Any) -> int:
        """Return the frame index of an image of a video file."""
        if type(number) is not int or number < 0:
            raise FormatError(
                f"Image '{self._names[place]}' is a frame of a video, and its 'frame_id' should be "
                f"a number from 0 on, not {number!r:.40}."
            )
        return number


def _pairs(group: _Group) -> Iterable[tuple[int, Any]]:
    return zip(group.places, group.numbers, strict=True)


def _sort(group: _Group) -> None:
    """Order images by their frame numbers where all have one; else they stay as in the file."""
    if all(type(number) is int for number in group.numbers):
        group.places.sort(key=dict(zip(group.places, group.numbers, strict=True)).__getitem__)


def _media(entry: Json) -> Video:
    dataset, axes = entry.get("dataset"), entry.get("input_format")
    return Video(
        str(entry["file_name"]),
        shape=_shape(entry, entry.get("n_frames")),
        grayscale=_grayscale(entry),
        dataset=dataset if isinstance(dataset, str) else None,
        input_format=axes if isinstance(axes, str) else None,
    )


def _sequence(entry: Json, names: list[str]) -> Video:
    return Video(names, shape=_shape(entry, len(names)), grayscale=_grayscale(entry))


def _shape(entry: Json, n_frames: Any) -> Shape | None:
    height, width, channels = (entry.get(key) for key in ("height", "width", "channels"))
    for size in (n_frames, height, width, channels):
        if type(size) is not int or size < 0:
            return None
    return n_frames, height, width, channels  # type: ignore[return-value]


def _grayscale(entry: Json) -> bool | None:
    value = entry.get("grayscale")
    return value if isinstance(value, bool) else None
