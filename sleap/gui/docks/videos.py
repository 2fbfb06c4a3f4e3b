"""The dock of the videos of a project."""

from pathlib import Path

import numpy as np
from qtpy.QtCore import Signal
from qtpy.QtGui import QIcon
from qtpy.QtWidgets import QStyle, QWidget

from sleap.core.arrays import frames_of
from sleap.core.tables import PREDICTED
from sleap.core.video import Video
from sleap.editing.edits import videos as edits
from sleap.editing.touched import Kind, Touched
from sleap.gui.docks.button_bar import ButtonBar
from sleap.gui.docks.dock import Dock, button, count, listed
from sleap.gui.docks.video_files import VideoFiles
from sleap.gui.session import Session
from sleap.gui.tables.column import Align, Column
from sleap.gui.tables.model import TableModel
from sleap.gui.tables.order import natural
from sleap.gui.tables.view import TableView

SIZES = ("n_frames", "height", "width", "channels")
"""What the shape of a video tells, in its order."""


class VideosDock(Dock):
    """Lists the videos; shows, removes, and asks for more or for where they lie.

    Args:
        session: What is shown and edited.
        parent: The parent.

    Signals:
        add_requested: The user wants to add videos.
        relink_requested(list): The user wants to say where these videos lie, ``list[Video]``.
    """

    kinds = Kind.VIDEOS

    add_requested = Signal()
    relink_requested = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Videos", parent)
        self.files = VideoFiles(self._on_files, self)
        self.model = TableModel(self._columns(), lambda row: id(self._videos[row]), self)
        self._videos: list[Video] = []
        self.table = TableView(self.model, "No videos yet.\nAdd some to begin.", is_multiple=True)
        self.table.setObjectName("videos")
        self.table.setAccessibleName("Videos of the project")
        self.table.chosen.connect(self._show_row)
        self.table.picked.connect(self._enable)
        self.table.delete_pressed.connect(self.remove_selected)
        self.show_button = button(
            "Show Video", "Show the selected video (double-click)", self._show_selected
        )
        self.add_button = button(
            "Add Videos…", "Add videos or images to the project", self.add_requested.emit
        )
        self.relink_button = button(
            "Replace…", "Say where the selected videos lie now", self._relink_selected
        )
        self.remove_button = button(
            "Remove Video",
            "Take the selected videos off the list, with their labels (Delete)",
            self.remove_selected,
        )
        self.body.addWidget(self.table, 1)
        self.body.addWidget(
            ButtonBar(self.show_button, self.add_button, self.relink_button, self.remove_button)
        )
        self.signals.video_changed.connect(self._on_video)
        self.refresh_later()

    # -- showing --------------------------------------------------------------------------------

    def refresh(self, touched: Touched | None = None) -> None:  # noqa: D102
        self._videos = self.session.labels.videos
        self.files.look_for(self._videos, self._folders())
        self.model.renew(len(self._videos))
        if touched is None:
            self._select_current()
        self._enable()

    def _columns(self) -> list[Column]:
        def number(name: str) -> list[float]:
            values = [self._size(video, name) for video in self._videos]
            return [np.nan if value is None else float(value) for value in values]

        def size(title: str, name: str, sample: str, hint: str, optional: int) -> Column:
            return Column(
                title=title,
                hint=hint,
                text=lambda row: _number(self._size(self._videos[row], name)),
                tip=lambda row: hint,
                align=Align.RIGHT,
                keys=lambda: np.array(number(name)),
                is_faint=lambda row: self.files.is_missing(self._videos[row]),
                sample=sample,
                optional=optional,
            )

        return [
            Column(
                title="Video",
                hint="File of the video; its folder is told when the mouse rests on a name",
                text=lambda row: self._videos[row].name,
                tip=lambda row: self._tip(self._videos[row]),
                keys=lambda: natural([video.name for video in self._videos]),
                icon=self._icon,
                is_bold=lambda row: self._videos[row] is self.session.video,
                is_faint=lambda row: self.files.is_missing(self._videos[row]),
            ),
            size("Frames", "n_frames", "000000", "Number of frames", 0),
            size("Height", "height", "0000", "Height of a frame, pixels", 1),
            size("Width", "width", "0000", "Width of a frame, pixels", 2),
            size("Ch.", "channels", "0", "Channels: 1 is grayscale, 3 is colour", 3),
        ]

    def _size(self, video: Video, name: str) -> int | None:
        """Return frames, height, width or channels; if not noted, as found in the file."""
        noted: int | None = getattr(video, name)
        shape = self.files.shape(video)
        if noted is None and shape is not None:
            return shape[SIZES.index(name)]
        return noted

    def _tip(self, video: Video) -> str:
        name = video.filename if isinstance(video.filename, str) else video.filename[0]
        lines = [name]
        if not isinstance(video.filename, str):
            lines.append(f"{count(len(video.filename), 'image')}, from this one on")
        frames, height, width, channels = (self._size(video, name) for name in SIZES)
        if frames is not None:
            lines.append(f"{frames:,} frames of {width} × {height} pixels, {_color(channels)}")
        if video.is_embedded:
            origin = "" if video.source is None else f", taken from {video.source.name}"
            lines.append(f"Frames inside a labels file{origin}")
        if self.files.is_missing(video):
            lines.append("Not found: choose Replace… to say where it lies now")
        elif (place := self.files.place(video)) and place != name:
            lines.append(f"Found at {place}")
        return "\n".join(lines)

    def _icon(self, row: int) -> QIcon | None:
        if not self.files.is_missing(self._videos[row]):
            return None
        return self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)

    def _folders(self) -> list[Path]:
        path = self.session.document.path
        return [] if path is None else [path.parent]

    def _on_files(self) -> None:
        self.model.update_rows(range(self.model.n_rows))
        self._enable()

    def _on_video(self) -> None:
        if not self._is_stale:
            self.model.update_rows(range(self.model.n_rows))
            self._select_current()
            self._enable()

    def _select_current(self) -> None:
        video = self.session.video
        rows = [row for row, other in enumerate(self._videos) if other is video]
        self.table.select(rows)

    def _enable(self) -> None:
        n_selected = len(self.table.selected())
        self.show_button.setEnabled(n_selected == 1)
        self.relink_button.setEnabled(n_selected > 0)
        self.remove_button.setEnabled(n_selected > 0)

    # -- what the user does ---------------------------------------------------------------------

    def selected(self) -> list[Video]:
        """Return the selected videos."""
        return [self._videos[row] for row in self.table.selected()]

    def _show_selected(self) -> None:
        for row in self.table.selected()[:1]:
            self._show_row(row)

    def _show_row(self, row: int) -> None:
        video = self._videos[row]
        if video is not self.session.video:
            self.session.go_to(_first_frame(self.session, video), video)

    def _relink_selected(self) -> None:
        self.relink_requested.emit(self.selected())

    def remove_selected(self) -> None:
        """Remove the selected videos; asks first if labels go with them."""
        videos = self.selected()
        if not videos:
            return
        goes = self._contents(videos)
        names = f"“{videos[0].name}”" if len(videos) == 1 else count(len(videos), "video")
        title = f"Remove {names}"
        if not goes:
            self.run(edits.remove_videos, videos, title=title)
            return
        self.confirm(
            f"{title}?",
            f"With {'it' if len(videos) == 1 else 'them'} go {goes}. The files stay where they "
            "are, and you can undo this.",
            "Remove",
            lambda: self.run(edits.remove_videos, videos, title=title),
        )

    def _contents(self, videos: list[Video]) -> str:
        """Tell in words what is labeled in some videos; "" if nothing is."""
        labels = self.session.labels
        store = labels.store
        numbers = [store.find_in(labels.videos, video) for video in videos]
        is_chosen = np.isin(store.frames.rows["video"], numbers)
        n_frames = int(is_chosen[store.live_frames].sum())
        rows = store.live_instances
        rows = rows[is_chosen[frames_of(store, rows)]]
        n_predicted = int((store.instances.rows["instance_type"][rows] == PREDICTED).sum())
        n_user = len(rows) - n_predicted
        chosen = {id(video) for video in videos}
        n_suggested = sum(id(one.video) in chosen for one in labels.suggestions)
        parts = [
            (n_frames, "labeled frame"),
            (n_user, "user instance"),
            (n_predicted, "prediction"),
            (n_suggested, "suggestion"),
        ]
        return listed([count(number, noun) for number, noun in parts if number])


def _first_frame(session: Session, video: Video) -> int:
    """Return the frame to begin with: of embedded images the first there is."""
    numbers = video.frame_numbers
    if video.is_embedded and numbers is not None and len(numbers):
        return int(numbers.min())
    return 0


def _number(value: int | None) -> str:
    return "?" if value is None else str(value)


def _color(channels: int | None) -> str:
    return "grayscale" if channels == 1 else "colour"
