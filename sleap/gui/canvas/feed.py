"""Brings frames to the canvas: what the session shows is asked of the loader, and played."""

from qtpy.QtCore import QObject

from sleap.core.video import Video
from sleap.editing.touched import Kind, Touched
from sleap.gui.bridge import SessionSignals
from sleap.gui.canvas.canvas import Canvas
from sleap.gui.canvas.player import Player
from sleap.gui.frames import FrameLoader, Image, Opened


class Feed(QObject):
    """Keeps a canvas showing the session's frame.

    Args:
        canvas: Where frames go; its session is followed.
        parent: Owner; None: the canvas.

    Attributes:
        loader: Decodes.
        player: Steps the session while it plays.
    """

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent or canvas)
        self.canvas, self.session = canvas, canvas.session
        self.loader = FrameLoader(self, darkroom=canvas.scene.picture.darkroom)
        self.player = Player(self)
        self.loader.ready.connect(self._show)
        self.loader.passed.connect(self._show)
        self.loader.failed.connect(self._fail)
        self.loader.opened.connect(self._note)
        self.player.frame_requested.connect(self.session.go_to)
        canvas.painted.connect(self.player.shown)
        signals = SessionSignals(self.session, self)
        signals.document_changed.connect(self._open)
        signals.video_changed.connect(self._change_video)
        signals.frame_changed.connect(self._go)
        signals.labels_changed.connect(self._follow)
        self._rates: dict[int, float] = {}
        self._open()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the session's frame anew."""
        video, frame_idx = self.session.video, self.session.frame_idx
        if video is None:
            self.canvas.show_frame(None)
            return
        self.canvas.await_frame(frame_idx)
        self.loader.request(video, frame_idx)

    def toggle(self) -> None:
        """Play, or pause."""
        if self.session.n_frames:
            self.player.set_range(0, self.session.n_frames - 1)
            self.player.toggle(self.session.frame_idx)

    def close(self) -> None:
        """Stop playing and decoding, and let go of the videos."""
        self.player.pause()
        self.loader.close()

    def _open(self) -> None:
        self.player.pause()
        self.loader.clear()
        path = self.session.document.path
        self.loader.search = (path.parent,) if path is not None else ()

    def _change_video(self) -> None:
        self.player.pause()
        video = self.session.video
        self.player.fps = self._rates.get(id(video), 25.0)
        if video is None:
            self.canvas.show_frame(None)

    def _go(self, frame_idx: int) -> None:
        self.player.seek(frame_idx)
        self.refresh()

    def _follow(self, touched: Touched) -> None:
        if Kind.VIDEOS in touched.kinds:
            self.refresh()

    def _show(self, video: Video, frame_idx: int, image: Image) -> None:
        self.canvas.show_frame(image, video, frame_idx)

    def _fail(self, video: Video, frame_idx: int, message: str) -> None:
        if video is self.session.video:
            self.canvas.show_message("This frame cannot be shown", message)
            self.player.shown(frame_idx)

    def _note(self, opened: Opened) -> None:
        self._rates[id(opened.video)] = opened.fps or 25.0
        if opened.video is self.session.video:
            self.player.fps = opened.fps or 25.0
