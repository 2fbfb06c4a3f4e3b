"""What the window asks for frames."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qtpy.QtCore import QCoreApplication, QObject, Qt, Signal

from sleap.core.video import Video
from sleap.gui.darkroom import Darkroom
from sleap.gui.frames.decoder import Decoder, Wish, nature_of
from sleap.gui.frames.kept import Image, KeptFrames

logger = logging.getLogger(__name__)

MAX_BYTES = 256 * 2**20
_LONGEST_STRIDE = 1000


class FrameLoader(QObject):
    """Gives the window the frames of videos, without ever keeping it waiting.

    Args:
        parent: Owner.
        search: Folders in which to look for missing videos: that of the project.
        max_bytes: How much memory decoded frames may take.
        darkroom: Develops frames in the thread that decodes; None to leave that to the window.

    Attributes:
        search: May be set whenever another project is opened.
    """

    ready = Signal(object, int, object)
    """(video, frame_idx, image): the frame asked for last; (height, width, channels) uint8, not
    to be written to. Given at once, from within ``request``, if the frame was in memory (and
    developed, where there is a darkroom)."""
    passed = Signal(object, int, object)
    """The same of a frame asked for before the last, so that a quick drag shows something."""
    failed = Signal(object, int, str)
    """(video, frame_idx, message): the frame asked for last cannot be had, and why."""
    opened = Signal(object)
    """An ``Opened``, when a video was opened."""

    _arrived = Signal(object, object)
    _found = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        search: Sequence[Path] = (),
        max_bytes: int = MAX_BYTES,
        darkroom: Darkroom | None = None,
    ) -> None:
        super().__init__(parent)
        self.search = tuple(search)
        self._kept = KeptFrames(max_bytes)
        self._darkroom = darkroom
        self._decoder: Decoder | None = None
        self._wish: Wish | None = None
        self._last: Wish | None = None
        self._natures: dict[int, tuple[Any, ...]] = {}
        self._is_closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._arrived.connect(self._deliver, queued)
        self._found.connect(self.opened.emit, queued)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    @property
    def n_bytes(self) -> int:
        """Memory taken by decoded frames."""
        return self._kept.n_bytes

    @property
    def is_waiting(self) -> bool:
        """Whether the frame asked for last is not there yet."""
        return self._wish is not None

    def request(self, video: Video, frame_idx: int) -> None:
        """Ask for a frame; what was asked for before and is not there yet does not matter more."""
        if self._is_closed:
            return
        nature = nature_of(video)
        if self._natures.setdefault(id(video), nature) != nature:
            self.forget(video)
            self._natures[id(video)] = nature
        wish = Wish(video, int(frame_idx), self._stride_to(video, int(frame_idx)), self.search)
        self._last = wish
        image = self._kept.get(wish.key)
        if image is not None and self._darkroom is not None and not self._darkroom.has(image):
            image = None  # the thread develops it, sooner than it could be missed
        self._wish = None if image is not None else wish
        self._thread().ask(wish, is_kept=image is not None)
        if image is not None:
            self.ready.emit(video, wish.frame_idx, image)

    def forget(self, video: Video) -> None:
        """Open a video anew: its description was changed, or its file."""
        self._kept.drop(id(video))
        if self._decoder is not None:
            self._decoder.forget(video)

    def clear(self) -> None:
        """Let go of all videos and frames: another project is opened."""
        self._wish = self._last = None
        self._natures.clear()
        if self._darkroom is not None:
            self._darkroom.clear()
        if self._decoder is not None:
            self._decoder.forget(None)

    def close(self) -> None:
        """End the thread and close all videos. Nothing is told afterwards."""
        self._is_closed = True
        self._wish = None
        decoder, self._decoder = self._decoder, None
        if decoder is not None:
            decoder.stop()
            decoder.join(timeout=5.0)

    def _stride_to(self, video: Video, frame_idx: int) -> int:
        """Tell from the last step how the user travels."""
        last = self._last
        if last is None or last.video is not video:
            return 1
        step = frame_idx - last.frame_idx
        if step == 0:
            return last.stride
        if abs(step) > _LONGEST_STRIDE:
            return 1
        return step

    def _thread(self) -> Decoder:
        if self._decoder is None:
            arrived, found = self._arrived, self._found
            decoder = Decoder(
                self._kept,
                lambda wish, result: _emit(arrived, wish, result),
                lambda opened: _emit(found, opened),
                self._darkroom,
            )
            self.destroyed.connect(decoder.stop)
            decoder.start()
            self._decoder = decoder
        return self._decoder

    def _deliver(self, wish: Wish, result: Image | str) -> None:
        if self._is_closed:
            return
        if wish is not self._wish:
            is_on_the_way = self._wish is not None and self._wish.video is wish.video
            if is_on_the_way and not isinstance(result, str):
                self.passed.emit(wish.video, wish.frame_idx, result)
            return
        self._wish = None
        if isinstance(result, str):
            self.failed.emit(wish.video, wish.frame_idx, result)
        else:
            self.ready.emit(wish.video, wish.frame_idx, result)


def _emit(signal: Any, *facts: object) -> None:
    """Emit a signal of an object that may be gone by now."""
    try:
        signal.emit(*facts)
    except RuntimeError:
        logger.debug("A frame came after its window was gone.")
