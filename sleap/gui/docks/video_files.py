"""Which videos are where their project says, found out off the thread of the window."""

from collections.abc import Callable, Sequence
from copy import copy
from pathlib import Path

from qtpy.QtCore import QObject

from sleap.core.video import Shape, Video
from sleap.errors import SleapError
from sleap.gui.jobs import Job
from sleap.progress import Progress


class VideoFiles(QObject):
    """Remembers which videos were found; a slow network drive never holds the window up.

    Args:
        changed: Called when more is known.
        parent: Who owns it.
    """

    def __init__(self, changed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._changed = changed
        self._places: dict[int, tuple[object, str | None]] = {}
        self._shapes: dict[int, tuple[object, Shape | None]] = {}
        self._asked: set[tuple[int, object]] = set()
        self._videos: list[Video] = []

    def is_missing(self, video: Video) -> bool:
        """Tell whether a video was looked for in vain."""
        name, place = self._places.get(id(video), (None, ""))
        return name == _key(video) and place is None

    def place(self, video: Video) -> str | None:
        """Return where a video was found; None if it was not, or is not known yet."""
        name, place = self._places.get(id(video), (None, None))
        return place if name == _key(video) else None

    def shape(self, video: Video) -> Shape | None:
        """Return (frames, height, width, channels) as found in the file; None if not known."""
        name, shape = self._shapes.get(id(video), (None, None))
        return shape if name == _key(video) else None

    def look_for(self, videos: Sequence[Video], folders: Sequence[Path]) -> None:
        """Look for those videos that are not known yet; ``changed`` is called when that is done."""
        self._videos = list(videos)
        new = [video for video in videos if (id(video), _key(video)) not in self._asked]
        if not new:
            return
        keys = [(id(video), _key(video)) for video in new]
        self._asked.update(keys)
        job = Job("Look for videos", self)

        def work(progress: Progress) -> list[str | None]:
            return [_find(video, folders) for video in new]

        def finish(found: list[str | None] | None, error: BaseException | None) -> None:
            for (number, key), place in zip(keys, found or [], strict=False):
                self._places[number] = key, place
            self._changed()
            self._measure([video for video in new if video.shape is None], folders)

        job.start(work, finish)

    def _measure(self, videos: list[Video], folders: Sequence[Path]) -> None:
        """Open those found whose size nobody noted, to tell it."""
        videos = [video for video in videos if self.place(video)]
        if not videos:
            return
        keys = [(id(video), _key(video)) for video in videos]
        job = Job("Open videos", self)

        def work(progress: Progress) -> list[Shape | None]:
            return [_shape(video, folders) for video in videos]

        def finish(found: list[Shape | None] | None, error: BaseException | None) -> None:
            for (number, key), shape in zip(keys, found or [], strict=False):
                self._shapes[number] = key, shape
            self._changed()

        job.start(work, finish)

    def forget(self) -> None:
        """Look again for all, when next asked."""
        self._places.clear()
        self._shapes.clear()
        self._asked.clear()


def _key(video: Video) -> object:
    name = video.filename
    return name if isinstance(name, str) else tuple(name)


def _find(video: Video, folders: Sequence[Path]) -> str | None:
    from sleap.video.locate import find_video

    found = find_video(video, folders)
    if isinstance(found, list):
        return str(found[0].parent) if found else None
    return None if found is None else str(found)


def _shape(video: Video, folders: Sequence[Path]) -> Shape | None:
    from sleap.video import open_video

    try:
        with open_video(copy(video), search=folders) as reader:  # notes what it finds
            return reader.shape
    except SleapError:
        return None
