"""Videos that are not where they were: one is located, and the others are found by it."""

from collections.abc import Sequence
from pathlib import Path

from qtpy.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTableView,
    QWidget,
)

from sleap.core.video import Video
from sleap.gui.dialogs.base import Dialog, as_table, count
from sleap.gui.dialogs.relink_table import RelinkTable, Row, State, look
from sleap.gui.forms.tones import ToneLabel

Filenames = dict[int, str | list[str]]


class MissingVideosDialog(Dialog[Filenames]):
    """Shows which videos are found, and asks for those that are not.

    Looking and comparing goes on in a thread; the answer is what the edit ``relink_videos`` takes.

    Args:
        parent: The window it belongs to.
        videos: The videos of the project.
        project: The project file.
    """

    def __init__(self, parent: QWidget | None, videos: Sequence[Video], project: Path) -> None:
        super().__init__(
            "Find missing videos",
            parent,
            accept="&Use these",
            intro="Locate one video: others that moved with it are found by the same change of "
            "folder. Each file is compared with what the project knows of it.",
        )
        self.videos, self.project = list(videos), project
        self.files: dict[str, Path] = {}
        self.folders: list[Path] = []
        self.model = RelinkTable(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        as_table(self.table, stretch=3)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.doubleClicked.connect(lambda _: self._locate())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_selection())
        self.body.addWidget(self.table, 1)
        self.why = ToneLabel()
        self.body.addWidget(self.why)
        self.locate = QPushButton("&Locate…")
        self.search = QPushButton("Search a &folder…")
        self.force = QCheckBox("Take files of &other content, too")
        self.force.setToolTip("Labels may not fit a file that shows another recording.")
        row = QHBoxLayout()
        for widget in (self.locate, self.search, self.force):
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addLayout(row)
        for button in (self.locate, self.search):
            button.setAutoDefault(False)
        self.locate.clicked.connect(self._locate)
        self.search.clicked.connect(self._search)
        self.force.toggled.connect(lambda _: self._look())
        self.cancel.setText("&Later")
        self._turn = 0
        self.set_size(110, 26)
        self._look()

    def value(self) -> Filenames:
        """Return the new path of each video that has one, by its number."""
        return {row.number: row.new for row in self.model.rows if row.new is not None}

    def _current(self) -> Row | None:
        number = self.table.currentIndex().row()
        return self.model.rows[number] if 0 <= number < len(self.model.rows) else None

    def _locate(self) -> None:
        row = self._current()
        if row is None:
            return
        title = f"Locate {row.name}"
        if isinstance(self.videos[row.number].filename, str):
            path, _ = QFileDialog.getOpenFileName(
                self, title, str(self.project.parent), f"{row.name} ({row.name});;All files (*)"
            )
        else:
            path = QFileDialog.getExistingDirectory(self, title, str(self.project.parent))
        if path:
            self.files[row.stored] = Path(path)
            self._look()

    def _search(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, "Search a folder, and all folders in it", str(self.project.parent)
        )
        if folder:
            self.folders.append(Path(folder))
            self._look()

    def _look(self) -> None:
        self._turn += 1
        turn, videos, project = self._turn, list(self.videos), self.project
        files, folders, force = dict(self.files), list(self.folders), self.force.isChecked()
        self.ok.setEnabled(False)
        self.say("Looking for the videos…")
        self.work(
            "Look for videos",
            lambda progress: look(videos, project, files, folders, force=force, progress=progress),
            lambda rows: self._show(turn, rows),
            lambda error: self.say(str(error), "error"),
        )

    def _show(self, turn: int, rows: list[Row]) -> None:
        if turn != self._turn:
            return
        self.model.set_rows(rows)
        self.table.selectRow(0)
        numbers = {state: sum(row.state is state for row in rows) for state in State}
        lacking = numbers[State.MISSING] + numbers[State.DIFFERS]
        parts = [f"{count(numbers[State.HERE] + numbers[State.MOVED], 'video')} found"]
        if numbers[State.MISSING]:
            parts.append(f"{numbers[State.MISSING]:,} missing")
        if numbers[State.DIFFERS]:
            parts.append(f"{numbers[State.DIFFERS]:,} in doubt")
        self.say(", ".join(parts) + ".", "warning" if lacking else "good")
        self.ok.setEnabled(bool(self.value()) or not lacking)

    def _on_selection(self) -> None:
        row = self._current()
        self.locate.setEnabled(row is not None)
        self.why.setText(
            "" if row is None else f"{row.stored}: {row.reason or f'found ({row.rule})'}."
        )


def ask_missing_videos(
    parent: QWidget | None, videos: Sequence[Video], project: Path
) -> Filenames | None:
    """Ask where videos lie now, for the edit ``relink_videos``; None to leave them."""
    return MissingVideosDialog(parent, videos, project).ask()
