"""Values of changes as JSON and arrays, and back. Nothing is unpickled.

Numbers, texts, None and lists are themselves. All else is an object with one key that begins with
a dollar sign: ``$tuple``, ``$dict``, ``$bytes``, ``$array``, ``$runs`` (rows that follow one
another), ``$shape``, ``$suggestions``, and ``$object``: a video, skeleton or track by its number,
with its contents where it is named for the first time.
"""

import base64
from typing import Any

import attrs
import numpy as np
from attrs import define, field

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.editing.changes.change import CHANGES, Change, field_list
from sleap.editing.changes.skeleton import Shape
from sleap.editing.journal.records import Array
from sleap.errors import FormatError

MIN_RUNS = 16
"""Arrays with fewer numbers are written as they are."""


class Objects:
    """Videos, skeletons and tracks by number: first those of the labels, then as they come.

    Args:
        labels: The labels at the start.
    """

    def __init__(self, labels: Labels) -> None:
        self._items: list[Any] = []
        self._numbers: dict[int, int] = {}
        for suggestions_or_items in (
            labels.videos,
            (one.video for one in labels.suggestions),
            labels.skeletons,
            labels.tracks,
        ):
            for item in suggestions_or_items:
                if id(item) not in self._numbers:
                    self.add(item)

    def __len__(self) -> int:
        return len(self._items)

    def add(self, item: Any) -> int:
        """Enter an object; return its number."""
        self._numbers[id(item)] = len(self._items)
        self._items.append(item)
        return len(self._items) - 1

    def find(self, item: Any) -> int | None:
        """Return the number of an object, None if it has none."""
        return self._numbers.get(id(item))

    def __getitem__(self, number: int) -> Any:
        """Return the object of a number."""
        return self._items[number]

    def forget_from(self, n_items: int) -> None:
        """Forget the objects entered last, until there are so many."""
        for item in self._items[n_items:]:
            del self._numbers[id(item)]
        del self._items[n_items:]


@define
class Encoder:
    """Turns values into JSON, and collects their arrays.

    Args:
        objects: The objects known.
        arrays: The arrays so far.
    """

    objects: Objects
    arrays: list[Array] = field(factory=list)

    def change(self, change: Change) -> dict[str, Any]:
        """Write a change."""
        values = {
            one.name: self.value(getattr(change, one.name)) for one in field_list(type(change))
        }
        return {"tag": change.tag, **values}

    def value(self, value: Any) -> Any:
        """Write any value.

        Raises:
            TypeError: If there is no way to write it.
        """
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if isinstance(value, np.generic):
            return value.item()
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, tuple):
            if set(map(type, value)) == {SuggestionFrame}:
                return {"$suggestions": self._suggestions(value)}
            return {"$tuple": [self.value(item) for item in value]}
        if isinstance(value, dict):
            pairs = [[self.value(key), self.value(item)] for key, item in value.items()]
            return {"$dict": pairs}
        if isinstance(value, bytes):
            return {"$bytes": base64.b64encode(value).decode("ascii")}
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, Shape):
            return {"$shape": [self.value(item) for item in attrs.astuple(value, recurse=False)]}
        if isinstance(value, Video | Skeleton | Track):
            return self._object(value)
        raise TypeError(f"{type(value).__name__} cannot be kept in a journal")

    def _array(self, value: Array) -> dict[str, Any]:
        if value.dtype == np.int64 and value.ndim == 1 and len(value) >= MIN_RUNS:
            begins = np.flatnonzero(np.r_[True, np.diff(value) != 1])
            if len(begins) * 4 < len(value):
                lengths = np.diff(np.r_[begins, len(value)])
                return {"$runs": [self._plain(value[begins]), self._plain(lengths)]}
        return {"$array": self._plain(value)}

    def _plain(self, value: Array) -> int:
        self.arrays.append(value)
        return len(self.arrays) - 1

    def _object(self, item: Video | Skeleton | Track) -> dict[str, Any]:
        number = self.objects.find(item)
        if number is not None:
            return {"$object": number}
        if isinstance(item, Skeleton):
            content = self.value(Shape.of(item))
        else:
            names = [one.name for one in attrs.fields(type(item))]
            content = self.value({name: getattr(item, name) for name in names})
        return {"$object": self.objects.add(item), "is": [type(item).__name__, content]}

    def _suggestions(self, suggestions: tuple[SuggestionFrame, ...]) -> list[Any]:
        videos = {id(one.video): one.video for one in suggestions}
        places = {key: place for place, key in enumerate(videos)}
        numbers = np.array([places[id(one.video)] for one in suggestions], np.int64)
        indices = np.array([one.frame_idx for one in suggestions], np.int64)
        groups = {
            place: one.group for place, one in enumerate(suggestions) if one.group is not None
        }
        metadata = {place: one.metadata for place, one in enumerate(suggestions) if one.metadata}
        return [
            [self.value(video) for video in videos.values()],
            self.value(numbers),
            self.value(indices),
            self.value(groups),
            self.value(metadata),
        ]


@define
class Decoder:
    """Turns JSON and arrays back into values.

    Args:
        objects: The objects known.
        arrays: The arrays of the record.
    """

    objects: Objects
    arrays: list[Array]

    def change(self, data: dict[str, Any]) -> Change:
        """Read a change.

        Raises:
            FormatError: If there is no such kind of change, or it has other values.
        """
        kind = CHANGES.get(str(data.get("tag")))
        if kind is None:
            raise FormatError(f"A journal holds an unknown change '{data.get('tag')}'.")
        try:
            return kind(**{one.name: self.value(data[one.name]) for one in field_list(kind)})
        except (LookupError, TypeError, ValueError) as error:
            raise FormatError(f"A journal holds a damaged change '{kind.tag}'.") from error

    def value(self, data: Any) -> Any:
        """Read any value."""
        if isinstance(data, list):
            return [self.value(item) for item in data]
        if not isinstance(data, dict):
            return data
        form = next(iter(data))
        content = data[form]
        match form:
            case "$tuple":
                return tuple(self.value(item) for item in content)
            case "$dict":
                return {self.value(key): self.value(item) for key, item in content}
            case "$bytes":
                return base64.b64decode(content, validate=True)
            case "$array":
                return self.arrays[content]
            case "$runs":
                return _spread(*(self.arrays[place] for place in content))
            case "$shape":
                return Shape(*(self.value(item) for item in content))
            case "$suggestions":
                return self._suggestions(content)
            case "$object":
                return self._object(data)
        raise ValueError(f"a journal holds an unknown value {form!r}")

    def _object(self, data: dict[str, Any]) -> Any:
        if "is" not in data:
            return self.objects[data["$object"]]
        kind, content = data["is"][0], self.value(data["is"][1])
        made: Any
        if kind == "Skeleton":
            made = content.make()
        else:
            made = {"Video": Video, "Track": Track}[kind](**content)
        if self.objects.add(made) != data["$object"]:
            raise ValueError("an object of a journal has a wrong number")
        return made

    def _suggestions(self, content: list[Any]) -> tuple[SuggestionFrame, ...]:
        videos = [self.value(video) for video in content[0]]
        numbers, indices = self.value(content[1]).tolist(), self.value(content[2]).tolist()
        groups, metadata = self.value(content[3]), self.value(content[4])
        return tuple(
            SuggestionFrame(videos[number], index, groups.get(place), metadata.get(place, {}))
            for place, (number, index) in enumerate(zip(numbers, indices, strict=True))
        )


def _spread(firsts: IntArray, lengths: IntArray) -> IntArray:
    """Write runs of following numbers out."""
    ends = np.cumsum(lengths)
    rows: IntArray = np.repeat(firsts - (ends - lengths), lengths) + np.arange(ends[-1])
    return rows
