"""What became of the videos of a project that lie elsewhere now, as a table. No widgets in here.

``look`` compares files, which takes time: call it in a thread. It works on copies of the videos.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen
from qtpy.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.progress import SILENT, Progress
from sleap.video.locate import head
from sleap.workflows.relink import Content, RelinkOptions, relink

_ROOT = QModelIndex()

CONTENT = {
    Content.EQUAL: "The same recording",
    Content.ALIKE: "Same number and size of frames",
    Content.DIFFERS: "Another recording",
    Content.UNCHECKED: "Not compared",
}
"""What comparing a file with the project told."""


class State(Enum):
    """What became of a video."""

    HERE = "Found"
    MOVED = "Found elsewhere"
    DIFFERS = "In doubt"
    MISSING = "Missing"


@frozen(kw_only=True)
class Row:
    """One video.

    Attributes:
        number: Its number in the project.
        stored: The path that the project names; of the folder for a sequence of images.
        new: What the project should name from now on; None to leave it.
        where: Where it was found; "" if it was not.
        state: What became of it.
        content: How the file compares with the project.
        reason: Why it is missing or in doubt, in words.
        rule: By what it was found, in words; "" if it was not.
    """

    number: int
    stored: str
    new: str | list[str] | None
    where: str
    state: State
    content: Content
    reason: str = ""
    rule: str = ""

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.stored.replace("\\", "/").rpartition("/")[2]


def look(
    videos: Sequence[Video],
    project: Path,
    files: Mapping[str, Path] | None = None,
    folders: Sequence[Path] = (),
    *,
    force: bool = False,
    progress: Progress = SILENT,
) -> list[Row]:
    """Find out where videos lie; what is given for one tells of the others.

    Args:
        videos: The videos of the project; they stay as they are.
        project: The project file, from whose folder relative paths count.
        files: By stored path: where the user says that a video lies.
        folders: Folders to search.
        force: Whether to take files of other content.
        progress: May cancel.

    Returns:
        What became of each video.

    Raises:
        SleapError: If ``files`` names no video, or several.
    """
    progress.check()
    copies = [attrs.evolve(video, metadata=dict(video.metadata)) for video in videos]
    options = RelinkOptions(files=dict(files or {}), folders=folders, force=force, remember=False)
    reports = {id(one.video): one for one in relink(Labels(videos=copies), project, options)}
    rows = []
    for number, copy in enumerate(copies):
        report = reports.get(id(copy))
        stored = head(videos[number]) or videos[number].name
        if report is None:  # images that lie in the project itself
            here = str(project)
            rows.append(
                Row(
                    number=number,
                    stored=stored,
                    new=None,
                    where=here,
                    state=State.HERE,
                    content=Content.EQUAL,
                    rule="being in the project itself",
                )
            )
            continue
        state = State.MISSING if report.new is None else State.DIFFERS
        if report.is_found:
            state = State.MOVED if report.is_changed else State.HERE
        rows.append(
            Row(
                number=number,
                stored=stored,
                new=copy.filename if report.is_found and report.is_changed else None,
                where="" if report.new is None else str(report.new),
                state=state,
                content=report.content,
                reason=report.reason,
                rule=report.rule,
            )
        )
    return rows


class RelinkTable(QAbstractTableModel):
    """Rows of ``look``, those that need attention first."""

    HEADS = ("Video", "State", "Content", "Place")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        order = [State.MISSING, State.DIFFERS, State.MOVED, State.HERE]
        self.beginResetModel()
        self.rows = sorted(rows, key=lambda row: (order.index(row.state), row.number))
        self.endResetModel()

    def rowCount(self, parent: Any = _ROOT) -> int:
        """Count the videos."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Any = _ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADS[section]
        return None

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, and as a tip all that is known."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = [f"The project names {row.stored}"]
            lines += [f"Found at {row.where}"] if row.where else []
            lines += [row.reason[:1].upper() + row.reason[1:]] if row.reason else []
            return "\n".join(lines)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        is_placed = bool(row.where)
        content = CONTENT[row.content] if is_placed else ""
        return (row.name, row.state.value, content, row.where or row.stored)[index.column()]
