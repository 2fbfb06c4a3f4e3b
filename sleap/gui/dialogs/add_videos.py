"""Videos to add: each with its first image, and with what can be chosen about it."""

from collections.abc import Iterable
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt
from qtpy.QtCore import QSize, Qt
from qtpy.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPixmap
from qtpy.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from sleap.core.video import Video
from sleap.gui.dialogs.base import Dialog, count
from sleap.gui.dialogs.video_probe import ORDERS, Probe, VideoChoice, describe, probe
from sleap.gui.forms.tones import ToneLabel

PATTERNS = (
    "*.mp4 *.avi *.mov *.mkv *.mpg *.mpeg *.m4v *.wmv *.webm *.h5 *.hdf5 *.npy "
    "*.tif *.tiff *.png *.jpg *.jpeg *.bmp"
)
_GRAY = (None, True, False)


class Picture(QWidget):
    """An image, scaled to the room there is and never enlarged beyond four times."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pixmap: QPixmap | None = None
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 150)
        self.setAccessibleName("First image of the video")

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(420, 300)

    def show_image(self, image: npt.NDArray[np.uint8] | None, text: str = "") -> None:
        """Show an image, (height, width, 1 or 3) uint8, or a text in its place."""
        self.text, self.pixmap = text, None
        if image is not None:
            pixels = np.ascontiguousarray(image)
            height, width, channels = pixels.shape
            kind = QImage.Format.Format_Grayscale8 if channels == 1 else QImage.Format.Format_RGB888
            shown = QImage(pixels.tobytes(), width, height, width * channels, kind)
            self.pixmap = QPixmap.fromImage(shown)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the image in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if self.pixmap is None:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.pixmap.size()
        scale = min(self.width() / size.width(), self.height() / size.height(), 4.0)
        width, height = round(size.width() * scale), round(size.height() * scale)
        painter.drawPixmap(
            (self.width() - width) // 2, (self.height() - height) // 2, width, height, self.pixmap
        )


class AddVideosDialog(Dialog[list[Video]]):
    """Shows files as videos; reading them goes on in threads.

    Args:
        parent: The window it belongs to.
        paths: Files, or folders of images.
    """

    def __init__(self, parent: QWidget | None, paths: Iterable[Path] = ()) -> None:
        super().__init__("Add videos", parent, accept="&Add")
        self.choices: list[VideoChoice] = []
        self.probes: list[Probe | None] = []
        self.names = QListWidget()
        self.names.setMinimumWidth(170)
        self.names.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.more = QPushButton("&More files…")
        self.folder = QPushButton("&Folder of images…")
        self.remove = QPushButton("&Remove")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.names, 1)
        for button in (self.more, self.folder, self.remove):
            button.setAutoDefault(False)
            column.addWidget(button)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self._details())
        splitter.setSizes([220, 480])
        splitter.setStretchFactor(1, 1)
        self.body.addWidget(splitter, 1)
        self.names.currentRowChanged.connect(lambda _: self._show())
        self.more.clicked.connect(self._ask_files)
        self.folder.clicked.connect(self._ask_folder)
        self.remove.clicked.connect(self._remove)
        self.set_size(104, 32)
        self._show()
        self.add(paths)

    def _details(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        self.picture = Picture()
        self.facts = ToneLabel()
        column.addWidget(self.picture, 1)
        column.addWidget(self.facts)
        self.form = QFormLayout()
        self.dataset, self.order, self.gray = QComboBox(), QComboBox(), QComboBox()
        for text, combo in (
            ("&Dataset", self.dataset),
            ("A&xes", self.order),
            ("&Colour", self.gray),
        ):
            label = QLabel(text)
            label.setBuddy(combo)
            self.form.addRow(label, combo)
        self.order.addItems(["frames, height, width, channels", "frames, channels, width, height"])
        self.gray.addItems(["Told from the pixels", "Grayscale", "Colour"])
        column.addLayout(self.form)
        self.to_all = QPushButton("Read all &like this")
        self.to_all.setAutoDefault(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.to_all)
        column.addLayout(row)
        self.dataset.activated.connect(lambda _: self._choose(is_dataset=True))
        self.order.activated.connect(lambda _: self._choose())
        self.gray.activated.connect(lambda _: self._choose())
        self.to_all.clicked.connect(self._like_this)
        return right

    def value(self) -> list[Video]:
        """Return the videos that can be read, described, in the order of the list."""
        return [found.video for found in self.probes if found is not None and found.video]

    def add(self, paths: Iterable[Path]) -> None:
        """Add files or folders to the list."""
        known = {choice.path for choice in self.choices}
        first = len(self.choices)
        for path in paths:
            if path not in known:
                known.add(path)
                self.choices.append(VideoChoice(path=path))
                self.probes.append(None)
                self.names.addItem(path.name)
                self.names.item(self.names.count() - 1).setToolTip(str(path))
                self._read(len(self.choices) - 1)
        if first < len(self.choices):
            self.names.setCurrentRow(first)
        self._summarize()

    def _ask_files(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self, "Add videos", "", f"Videos ({PATTERNS});;All files (*)"
        )
        self.add(Path(path) for path in paths)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Add a folder of images")
        if folder:
            self.add([Path(folder)])

    def _remove(self) -> None:
        row = self.names.currentRow()
        if row >= 0:
            del self.choices[row], self.probes[row]
            self.names.takeItem(row)
            self._show()
            self._summarize()

    def _choose(self, *, is_dataset: bool = False) -> None:
        """Take over what the user chose for the current video, and read it anew."""
        row = self.names.currentRow()
        choice = attrs.evolve(self.choices[row], grayscale=_GRAY[self.gray.currentIndex()])
        if self.dataset.count():
            order = None if is_dataset else ORDERS[self.order.currentIndex()]
            name = str(self.dataset.currentData())
            choice = attrs.evolve(choice, dataset=name, input_format=order)
        self.choices[row] = choice
        self._read(row)

    def _like_this(self) -> None:
        this = self.choices[self.names.currentRow()]
        suffix = this.path.suffix.lower()
        for row, other in enumerate(self.choices):
            if other.path.suffix.lower() == suffix and other is not this:
                self.choices[row] = attrs.evolve(this, path=other.path)
                self._read(row)

    def _read(self, row: int) -> None:
        self.probes[row] = None
        choice = self.choices[row]
        self.work(
            f"Read {choice.path.name}",
            lambda progress: probe(choice),
            lambda found: self._take(choice, found),
            lambda error: self._take(choice, Probe(error=str(error))),
        )
        self._show()
        self._summarize()

    def _take(self, choice: VideoChoice, found: Probe) -> None:
        for row, one in enumerate(self.choices):
            if one is choice:  # else it was removed, or chosen otherwise meanwhile
                self.probes[row] = found
                mark = "" if found.video else "⚠ "
                self.names.item(row).setText(mark + choice.path.name)
                if row == self.names.currentRow():
                    self._show()
        self._summarize()

    def _show(self) -> None:
        row = self.names.currentRow()
        found = self.probes[row] if 0 <= row < len(self.probes) else None
        datasets = found.datasets if found is not None else ()
        self.remove.setEnabled(row >= 0)
        self.gray.setEnabled(row >= 0)
        self.to_all.setVisible(len(self.choices) > 1)
        for combo in (self.dataset, self.order):
            self.form.setRowVisible(combo, bool(datasets))
        if found is None:
            self.picture.show_image(None, "Reading…" if row >= 0 else "Add a video to see it here")
            self.facts.setText("")
            return
        choice = self.choices[row]
        self.gray.setCurrentIndex(_GRAY.index(choice.grayscale))
        self.dataset.clear()
        for name, shape in datasets:
            self.dataset.addItem(f"{name}  ({' × '.join(map(str, shape))})", name)
        if found.video is not None:
            self.dataset.setCurrentIndex(max(self.dataset.findData(found.video.dataset), 0))
            order = found.video.input_format
            self.order.setCurrentIndex(ORDERS.index(order) if order in ORDERS else 0)
        self.picture.show_image(found.image, "" if found.video else "Cannot be read")
        self.facts.set_tone("error" if found.error else "quiet")
        self.facts.setText(found.error or describe(found))

    def _summarize(self) -> None:
        n_waiting = sum(found is None for found in self.probes)
        n_bad = sum(found is not None and found.video is None for found in self.probes)
        n_good = len(self.probes) - n_waiting - n_bad
        self.ok.setEnabled(n_good > 0 and not n_waiting)
        if n_waiting:
            self.say(f"Reading {count(n_waiting, 'video')}…")
        elif n_bad:
            rest = f"{count(n_good, 'video')} can be added; " if n_good else ""
            self.say(f"{rest}{n_bad} cannot be read and would be left out.", "warning")
        else:
            self.say(f"{count(n_good, 'video')} can be added." if n_good else "")


def ask_videos(parent: QWidget | None, paths: Iterable[Path] = ()) -> list[Video] | None:
    """Ask which videos to add, and how to read them; None if the user gave up."""
    return AddVideosDialog(parent, paths).ask()
