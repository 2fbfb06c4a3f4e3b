"""The thread that decodes: the newest wish first, then what lies ahead of it."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import define, frozen

from sleap.core.video import Video
from sleap.errors import SleapError
from sleap.gui.darkroom import Darkroom
from sleap.gui.frames.kept import Image, KeptFrames
from sleap.gui.frames.plan import plan
from sleap.video import open_video
from sleap.video.reader import Reader

logger = logging.getLogger(__name__)

N_AHEAD = 24
_RETRY = 3.0  # seconds after which a video that could not be opened is tried again


@frozen(eq=False)
class Opened:
    """What is known of a video since it was opened.

    Attributes:
        video: The video.
        shape: (n_frames, height, width, channels), px.
        fps: Frames per second; None if it does not say.
    """

    video: Video
    shape: tuple[int, int, int, int]
    fps: float | None


@frozen(eq=False)
class Wish:
    """A frame that was asked for, and where the user was heading."""

    video: Video
    frame_idx: int
    stride: int
    search: tuple[Path, ...] = ()

    @property
    def key(self) -> tuple[int, int]:
        """Under which the frame is kept."""
        return id(self.video), self.frame_idx


@define(eq=False)
class _Source:
    """An open video. It holds the video, so that its id stays its own."""

    video: Video
    nature: tuple[Any, ...]
    reader: Reader | None
    error: str = ""
    since: float = 0.0


def nature_of(video: Video) -> tuple[Any, ...]:
    """Return what tells whether a description still means the same pixels."""
    name = video.filename if isinstance(video.filename, str) else tuple(video.filename)
    return name, video.dataset, video.input_format, video.grayscale, video.is_embedded


class Decoder(threading.Thread):
    """The thread: serves the newest wish, then decodes ahead of it until there is another.

    Args:
        kept: Where frames go.
        tell: Called in this thread with a wish and its image, or the reason why there is none.
        tell_opened: Called in this thread when a video was opened.
        darkroom: Develops frames before they are told of; None to leave that to the window.
    """

    def __init__(
        self,
        kept: KeptFrames,
        tell: Callable[[Wish, Image | str], None],
        tell_opened: Callable[[Opened], None],
        darkroom: Darkroom | None = None,
    ) -> None:
        super().__init__(name="frames", daemon=True)
        self._kept, self._tell, self._tell_opened = kept, tell, tell_opened
        self._darkroom = darkroom
        self._change = threading.Condition()
        self._wish: Wish | None = None
        self._heading: Wish | None = None
        self._forgotten: list[Video | None] = []
        self._is_stopped = False
        self._sources: dict[int, _Source] = {}

    def ask(self, wish: Wish, *, is_kept: bool) -> None:
        """Take a wish in place of all before; of one that is kept only what lies ahead is due."""
        with self._change:
            self._wish = None if is_kept else wish
            self._heading = wish
            self._change.notify()

    def forget(self, video: Video | None) -> None:
        """Open a video, or all of them, anew when next asked for."""
        with self._change:
            self._forgotten.append(video)
            self._change.notify()

    def stop(self) -> None:
        """End the thread once the frame in hand is done."""
        with self._change:
            self._is_stopped = True
            self._change.notify()

    def run(self) -> None:
        """Serve until stopped."""
        while (task := self._next()) is not None:
            wish, is_asked = task
            if is_asked:
                result = self._decode(wish)
                self._develop(result)
                self._tell(wish, result)
            else:
                self._decode_ahead(wish)
        for source in self._sources.values():
            if source.reader is not None:
                source.reader.close()

    def _next(self) -> tuple[Wish, bool] | None:
        with self._change:
            while True:
                if self._is_stopped:
                    return None
                while self._forgotten:
                    video = self._forgotten.pop()
                    for key in list(self._sources) if video is None else [id(video)]:
                        self._close(key)
                if self._wish is not None:
                    wish, self._wish = self._wish, None
                    return wish, True
                if self._heading is not None:
                    wish, self._heading = self._heading, None
                    return wish, False
                self._change.wait()

    def _is_interrupted(self) -> bool:
        return self._is_stopped or self._heading is not None or bool(self._forgotten)

    def _develop(self, result: Image | str) -> None:
        if self._darkroom is not None and not isinstance(result, str):
            self._darkroom.develop(result)

    def _decode(self, wish: Wish) -> Image | str:
        kept = self._kept.get(wish.key)
        if kept is not None:
            return kept
        source = self._source(wish)
        if source.reader is None:
            return source.error
        try:
            image = source.reader.read(wish.frame_idx)
        except SleapError as error:
            return str(error)
        except Exception as error:
            logger.exception("Frame %d of '%s' could not be read.", wish.frame_idx, wish.video.name)
            return f"Cannot read frame {wish.frame_idx} of '{wish.video.name}': {error}."
        image.flags.writeable = False
        self._kept.put(wish.key, image)
        return image

    def _source(self, wish: Wish) -> _Source:
        """Return the video of a wish, opened; with the reason if it cannot be."""
        key, nature = id(wish.video), nature_of(wish.video)
        source = self._sources.get(key)
        if source is not None and source.nature == nature:
            is_settled = source.reader is not None or time.monotonic() - source.since < _RETRY
            if is_settled:
                return source
        if source is not None:
            self._close(key)
        reader, message = None, ""
        try:
            reader = open_video(wish.video, search=wish.search)
        except SleapError as error:
            message = str(error)
        except Exception as error:
            logger.exception("'%s' could not be opened.", wish.video.name)
            message = f"Cannot open video '{wish.video.name}': {error}."
        source = _Source(wish.video, nature, reader, message, time.monotonic())
        self._sources[key] = source
        if reader is not None:
            self._tell_opened(Opened(wish.video, reader.shape, reader.fps))
        return source

    def _close(self, key: int) -> None:
        self._kept.drop(key)
        source = self._sources.pop(key, None)
        if source is not None and source.reader is not None:
            source.reader.close()

    def _decode_ahead(self, wish: Wish) -> None:
        source = self._sources.get(id(wish.video))
        if source is None or source.reader is None:
            return
        _, height, width, channels = source.reader.shape
        n_fitting = self._kept.max_bytes // max(1, 2 * height * width * channels)
        known = source.reader.frame_indices if wish.video.is_embedded else None
        count, n_frames = min(N_AHEAD, n_fitting), source.reader.n_frames
        missing = [
            frame_idx
            for frame_idx in plan(wish.frame_idx, wish.stride, count, n_frames, known)
            if not self._kept.has((id(wish.video), frame_idx))
        ]
        # Each way back begins at a key frame, so it is gone rarely and far.
        is_early = wish.stride < 0 and missing and len(missing) < count // 2
        if is_early and max(missing) < wish.frame_idx + wish.stride * (count // 2):
            return
        n_developed = 0 if self._darkroom is None else self._darkroom.n_fitting // 2
        for number, frame_idx in enumerate(missing):
            if self._is_interrupted():
                return
            result = self._decode(Wish(wish.video, frame_idx, wish.stride, wish.search))
            if isinstance(result, str):
                return
            if number < n_developed:
                self._develop(result)
