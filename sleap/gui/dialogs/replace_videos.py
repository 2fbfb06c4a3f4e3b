"""Other files for videos of the project: the labels stay, the pixels come from elsewhere."""

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen
from qtpy.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from sleap.core.video import Video
from sleap.gui.dialogs.base import Dialog, as_table, count
from sleap.gui.dialogs.video_probe import Probe, VideoChoice, probe
from sleap.gui.forms.tones import ToneLabel

LastLabeled = Callable[[Video], int]


@frozen(eq=False)
class Replacement:
    """One video that becomes another.

    Attributes:
        number: Its number in the project.
        video: What it becomes.
        truncate: Whether labels beyond the end of the new one are removed.
    """

    number: int
    video: Video
    truncate: bool


class ReplaceVideosDialog(Dialog[list[Replacement]]):
    """Lists the videos, and asks for files to replace them.

    Args:
        parent: The window it belongs to.
        videos: The videos of the project.
        last_labeled: Tells the last labeled frame of a video; -1 if it has none.
        current: Number of the video that is selected first.
    """

    HEADS = ("Video", "Frames", "Replace by", "Its frames")

    def __init__(
        self,
        parent: QWidget | None,
        videos: Sequence[Video],
        last_labeled: LastLabeled,
        current: int = 0,
    ) -> None:
        super().__init__(
            "Replace videos",
            parent,
            accept="&Replace",
            intro="Labels stay where they are; choose a recording with the same frames, such as "
            "the same video encoded anew.",
        )
        self.videos, self.last_labeled = list(videos), last_labeled
        self.chosen: dict[int, Probe] = {}
        self.table = QTableWidget(len(self.videos), len(self.HEADS))
        self.table.setHorizontalHeaderLabels(self.HEADS)
        as_table(self.table, stretch=2)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for row, video in enumerate(self.videos):
            self._write(row, 0, video.name, str(video.filename))
            self._write(row, 1, _say_shape(video))
        self.body.addWidget(self.table, 1)
        self.why = ToneLabel("", "warning")
        self.body.addWidget(self.why)
        self.choose = QPushButton("&Choose a file…")
        self.keep = QPushButton("&Keep")
        self.keep.setToolTip("Do not replace the selected video")
        self.truncate = QCheckBox("Remove &labels beyond the end of a shorter video")
        row_layout = QHBoxLayout()
        for widget in (self.choose, self.keep, self.truncate):
            row_layout.addWidget(widget)
        row_layout.addStretch(1)
        self.body.addLayout(row_layout)
        for button in (self.choose, self.keep):
            button.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        self.keep.clicked.connect(self._keep)
        self.table.itemDoubleClicked.connect(lambda _: self._choose())
        self.truncate.toggled.connect(lambda _: self._check())
        self.table.setCurrentCell(current, 0)
        self.set_size(100, 24)
        self._check()

    def value(self) -> list[Replacement]:
        """Return what becomes of the videos that are replaced, for the edit ``replace_video``."""
        return [
            Replacement(number, found.video, self.truncate.isChecked())
            for number, found in sorted(self.chosen.items())
            if found.video is not None
        ]

    def _choose(self) -> None:
        number = self.table.currentRow()
        if number < 0:
            return
        title = f"Replace {self.videos[number].name} by"
        path, _ = QFileDialog.getOpenFileName(self, title)
        if not path:
            return
        self._write(number, 2, "Reading…")
        old = self.videos[number]
        choice = VideoChoice(path=Path(path), grayscale=old.grayscale)
        self.work(
            f"Read {choice.path.name}",
            lambda progress: probe(choice),
            lambda found: self._take(number, choice.path, found),
            lambda error: self._take(number, choice.path, Probe(error=str(error))),
        )

    def _take(self, number: int, path: Path, found: Probe) -> None:
        self.chosen[number] = found
        self._write(number, 2, path.name, str(path))
        self._write(number, 3, "cannot be read" if found.video is None else _say_shape(found.video))
        self._check()

    def _keep(self) -> None:
        number = self.table.currentRow()
        self.chosen.pop(number, None)
        for column in (2, 3):
            self._write(number, column, "")
        self._check()

    def _write(self, row: int, column: int, text: str, tip: str = "") -> None:
        cell = QTableWidgetItem(text)
        cell.setToolTip(tip)
        self.table.setItem(row, column, cell)

    def _check(self) -> None:
        doubts = [self._doubt(number) for number in sorted(self.chosen)]
        self.why.setText("\n".join(doubt for doubt in doubts if doubt))
        broken = [found.error for found in self.chosen.values() if found.error]
        too_short = [
            one for one in self.chosen if self._n_beyond(one) and not self.truncate.isChecked()
        ]
        if broken:
            self.allow(broken[0])
        elif too_short:
            self.allow(
                "Labels lie beyond the end of a new video: choose the whole recording, or have "
                "them removed."
            )
        else:
            self.allow("", f"{count(len(self.chosen), 'video')} would be replaced.")
            self.ok.setEnabled(bool(self.chosen))

    def _n_beyond(self, number: int) -> int:
        """Tell how many frames the last label lies beyond the end of the new video."""
        new = self.chosen[number].video
        if new is None or not new.n_indices:
            return 0
        return max(self.last_labeled(self.videos[number]) + 1 - new.n_indices, 0)

    def _doubt(self, number: int) -> str:
        old, new = self.videos[number], self.chosen[number].video
        if new is None or new.shape is None or old.shape is None:
            return ""
        if old.shape[1:3] != new.shape[1:3]:
            sizes = [f"{shape[2]} × {shape[1]}" for shape in (old.shape, new.shape)]
            return (
                f"{old.name}: frames are {sizes[1]} pixels, and not {sizes[0]}; labels may not fit."
            )
        if old.shape[0] != new.shape[0]:
            return f"{old.name}: {new.shape[0]:,} frames, and not {old.shape[0]:,}."
        return ""


def _say_shape(video: Video) -> str:
    if video.shape is None:
        return "not known"
    frames, height, width, _ = video.shape
    return f"{frames:,} of {width} × {height}"


def ask_replacements(
    parent: QWidget | None,
    videos: Sequence[Video],
    last_labeled: LastLabeled = lambda _: -1,
    current: int = 0,
) -> list[Replacement] | None:
    """Ask for files to replace videos; None if the user gave up."""
    return ReplaceVideosDialog(parent, videos, last_labeled, current).ask()
