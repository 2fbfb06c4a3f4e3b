"""Labels of another program: which file, and of which format if the file leaves that in doubt."""

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

from sleap.errors import SleapError
from sleap.gui.dialogs.base import Dialog
from sleap.gui.dialogs.filters import ALL_FILES, filter_for, readable, reading_filters, title
from sleap.io.format import Format


@frozen
class ImportChoice:
    """The answer.

    Attributes:
        path: The file.
        format: Name of its format in the registry; None to tell from the file.
    """

    path: Path
    format: str | None = None


class ImportDialog(Dialog[ImportChoice]):
    """Asks for a file and its format.

    Args:
        parent: The window it belongs to.
        folder: Where the choice of a file begins; None: where the last one ended.
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
        self.folder = folder
        self.formats: dict[str, Format] = dict(readable())
        self.format = QComboBox()
        self.format.addItem("Told from the file", None)
        for name, entry in self.formats.items():
            self.format.addItem(title(entry), name)
        self.format.setCurrentIndex(max(self.format.findData(format), 0))
        self.path = QLineEdit()
        self.browse = QPushButton("&Browse…")
        self.browse.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        form = QFormLayout()
        for text, line, field in (
            ("&File", self.path, row),
            ("F&ormat", self.format, self.format),
        ):
            label = QLabel(text)
            label.setBuddy(line)
            form.addRow(label, field)
        self.body.addLayout(form)
        self.body.addStretch(1)
        self.browse.clicked.connect(lambda _: self.choose_file())
        self.format.currentIndexChanged.connect(lambda _: self._check())
        self.path.textChanged.connect(lambda _: self._check())
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 76)
        self._check()

    def value(self) -> ImportChoice:
        """Return what was entered."""
        return ImportChoice(Path(self.path.text().strip()), self.format.currentData())

    def choose_file(self) -> bool:
        """Ask for the file; tell whether one was chosen."""
        entry = self.formats.get(self.format.currentData())
        filters = reading_filters() if entry is None else f"{filter_for(entry)};;{ALL_FILES}"
        start = str(self.folder or "")
        path, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), start, filters)
        if path:
            self.path.setText(path)
        return bool(path)

    @property
    def doubt(self) -> str:
        """Why the file may not be of the format chosen, in words; "" if it is."""
        chosen = self.value()
        entry = self.formats.get(chosen.format or "")
        try:
            found = _recognize(chosen.path, entry)
        except SleapError as error:
            return str(error)
        if entry is None or found is entry:
            return ""
        return f"{chosen.path.name} looks like {title(found)}, and not like {title(entry)}."

    def _check(self) -> None:
        path = self.value().path
        if not self.path.text().strip():
            self.ok.setEnabled(False)
            self.say("")
        elif not path.exists():
            self.allow(f"There is no file '{path}'.")
        else:
            self.allow()
            self.say(self.doubt, "warning")


def _recognize(path: Path, entry: Format | None) -> Format:
    """Tell of which format a file is; of this one, if it may be."""
    from sleap.io.files import find_reader
    from sleap.io.slp.hdf5 import read_head

    if entry is not None and entry.recognizes(path, b"" if path.is_dir() else read_head(path)):
        return entry
    return find_reader(path)


def ask_import(
    parent: QWidget | None, folder: Path | None = None, format: str | None = None
) -> ImportChoice | None:
    """Ask for labels of another program; None if the user gave up.

    First the file is asked for; its format only if it looks like another one.
    """
    dialog = ImportDialog(parent, folder, format)
    if not dialog.choose_file():
        dialog.deleteLater()
        return None
    if dialog.doubt:
        return dialog.ask()
    dialog.deleteLater()
    return dialog.value()
