"""Labels of another program: which file, of which format, and where its video is."""

from pathlib import Path

from attrs import frozen
from qtpy.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from sleap.gui.dialogs.base import Dialog
from sleap.gui.dialogs.filters import ALL_FILES, filter_for, readable, reading_filters

NEEDS_VIDEO = {"leap", "analysis", "analysis.csv", "deeplabcut"}
"""Formats that may lie apart from their video, or name it only by an old path."""


@frozen
class ImportChoice:
    """The answer.

    Attributes:
        path: The file.
        format: Name of its format in the registry; None to tell from the file.
        video: The video that the labels were made on; None to look for what the file names.
    """

    path: Path
    format: str | None = None
    video: Path | None = None

    @property
    def folders(self) -> list[Path]:
        """Folders to look for videos in, for ``load_file``."""
        return [] if self.video is None else [self.video.parent]


class ImportDialog(Dialog[ImportChoice]):
    """Asks for a file, its format, and where it matters for a video.

    Args:
        parent: The window it belongs to.
        folder: Where the choice of a file begins.
        format: Name of the format that is shown first; None to tell from the file.
    """

    def __init__(
        self, parent: QWidget | None, folder: Path | None = None, format: str | None = None
    ) -> None:
        super().__init__(
            "Import labels",
            parent,
            accept="&Import",
            intro="The labels are opened as a new project. The file stays as it is.",
        )
        self.folder = folder or Path.home()
        self.formats = list(readable())
        self.format = QComboBox()
        self.format.addItem("Told from the file", None)
        for name, entry in self.formats:
            self.format.addItem(entry.title[:1].upper() + entry.title[1:], name)
        self.format.setCurrentIndex(max(self.format.findData(format), 0))
        self.path, browse = _path_row("Choose labels")
        self.video, browse_video = _path_row("Choose a video")
        self.video.setPlaceholderText("looked for where the labels say, and beside them")
        self.form = QFormLayout()
        for text, line, button in (
            ("&File", self.path, browse),
            ("&Video", self.video, browse_video),
        ):
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(line, 1)
            row.addWidget(button)
            label = QLabel(text)
            label.setBuddy(line)
            self.form.addRow(label, holder)
        label = QLabel("F&ormat")
        label.setBuddy(self.format)
        self.form.insertRow(1, label, self.format)
        self.body.addLayout(self.form)
        self.body.addStretch(1)
        self.browse, self.browse_video = browse, browse_video
        browse.clicked.connect(self._browse)
        browse_video.clicked.connect(self._browse_video)
        self.format.currentIndexChanged.connect(lambda _: self._check())
        for line in (self.path, self.video):
            line.textChanged.connect(lambda _: self._check())
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 76)
        self._check()

    def value(self) -> ImportChoice:
        """Return what was entered."""
        video = self.video.text().strip()
        return ImportChoice(
            Path(self.path.text().strip()),
            self.format.currentData(),
            Path(video) if video and self._asks_for_video() else None,
        )

    def _asks_for_video(self) -> bool:
        format = self.format.currentData()
        is_leap = format is None and self.path.text().lower().endswith(".mat")
        return is_leap or format in NEEDS_VIDEO

    def _check(self) -> None:
        self.form.setRowVisible(2, self._asks_for_video())
        choice = self.value()
        if not self.path.text().strip():
            self.ok.setEnabled(False)
            self.say("")
        elif not choice.path.exists():
            self.allow(f"There is no file '{choice.path}'.")
        elif choice.video is not None and not choice.video.exists():
            self.allow(f"There is no video '{choice.video}'.")
        else:
            self.allow()

    def _browse(self) -> None:
        name = self.format.currentData()
        entry = dict(self.formats).get(name)
        filters = reading_filters() if entry is None else f"{filter_for(entry)};;{ALL_FILES}"
        path, _ = QFileDialog.getOpenFileName(self, "Import labels", str(self.folder), filters)
        if path:
            self.path.setText(path)

    def _browse_video(self) -> None:
        start = self.value().path.parent
        path, _ = QFileDialog.getOpenFileName(self, "The video of these labels", str(start))
        if path:
            self.video.setText(path)


def _path_row(tip: str) -> tuple[QLineEdit, QPushButton]:
    button = QPushButton("Browse…")
    button.setAutoDefault(False)
    button.setToolTip(tip)
    return QLineEdit(), button


def ask_import(
    parent: QWidget | None, folder: Path | None = None, format: str | None = None
) -> ImportChoice | None:
    """Ask for labels of another program; None if the user gave up."""
    return ImportDialog(parent, folder, format).ask()
