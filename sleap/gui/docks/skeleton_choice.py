"""Which skeleton of the project is edited; there it gets another name, or goes."""

from qtpy.QtCore import QEvent, Qt, Signal
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from sleap.core.skeleton import Skeleton
from sleap.editing.edits import skeleton as edits
from sleap.gui.docks.dock import MARGIN, Dock


class SkeletonChoice(QWidget):
    """Chooses one of the skeletons of the project, and adds, renames and removes them.

    Args:
        dock: The dock, which does the edits.

    Signals:
        chosen: The user chose another skeleton.
    """

    chosen = Signal()

    def __init__(self, dock: Dock) -> None:
        super().__init__()
        self._dock = dock
        self._place = 0
        self.combo = QComboBox()
        self.combo.setObjectName("skeletons")
        self.combo.setToolTip("The skeleton that is edited")
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.activated.connect(self._choose)
        self.line = NameLine()
        self.line.setVisible(False)
        self.line.named.connect(self._rename)
        self.line.left.connect(self._end)
        self.button = QPushButton("Skeleton")
        self.button.setObjectName("Skeleton")
        self.button.setToolTip("Add, rename or remove a skeleton")
        self.button.setAutoDefault(False)
        menu = QMenu(self.button)
        self.new_action = menu.addAction("New Skeleton", self.add)
        self.rename_action = menu.addAction("Rename…", self.begin_rename)
        self.remove_action = menu.addAction("Remove", self.remove)
        self.button.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MARGIN)
        row.addWidget(self.combo, 1)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)

    @property
    def skeleton(self) -> Skeleton | None:
        """The skeleton that is edited; None if there is none yet."""
        skeletons = self._dock.session.labels.skeletons
        return skeletons[min(self._place, len(skeletons) - 1)] if skeletons else None

    def refresh(self) -> None:
        """Offer the skeletons there are."""
        skeletons = self._dock.session.labels.skeletons
        self._place = max(0, min(self._place, len(skeletons) - 1))
        self.combo.clear()
        self.combo.addItems([skeleton.name for skeleton in skeletons])
        self.combo.setCurrentIndex(self._place if skeletons else -1)
        self.setVisible(bool(skeletons))
        self._end()

    def add(self) -> None:
        """Add a skeleton without nodes, and let the user name it."""
        taken = {skeleton.name for skeleton in self._dock.session.labels.skeletons}
        number = len(taken) + 1
        while f"skeleton_{number}" in taken:
            number += 1
        template = Skeleton(name=f"skeleton_{number}")
        if self._dock.run(edits.add_skeleton, template, title="New skeleton") is not None:
            self._choose(len(self._dock.session.labels.skeletons) - 1)
            self.begin_rename()

    def begin_rename(self) -> None:
        """Let the user type another name."""
        if self.skeleton is not None:
            self.combo.setVisible(False)
            self.line.begin(self.skeleton.name)

    def remove(self) -> None:
        """Take the skeleton off the list; refused while there are instances of it."""
        skeleton = self.skeleton
        if skeleton is not None:
            title = f"Remove skeleton “{skeleton.name}”"
            self._dock.run(edits.remove_skeletons, [skeleton], title=title)

    def _rename(self, name: str) -> None:
        skeleton = self.skeleton
        if skeleton is not None and name != skeleton.name:
            title = f"Rename skeleton to “{name}”"
            self._dock.run(edits.rename_skeleton, skeleton, name, title=title)

    def _end(self) -> None:
        self.line.setVisible(False)
        self.combo.setVisible(True)

    def _choose(self, place: int) -> None:
        self._place = place
        self.refresh()
        self.chosen.emit()


class NameLine(QLineEdit):
    """A name being typed: Return and leaving take it, Escape does not.

    Signals:
        named(str): This is the name.
        left: The editing is over.
    """

    named = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_open = False
        self.setAccessibleName("Name of the skeleton")
        self.editingFinished.connect(lambda: self._finish(is_taken=True))

    def begin(self, name: str) -> None:
        """Begin with a name."""
        self._is_open = True
        self.setText(name)
        self.setVisible(True)
        self.setFocus()
        self.selectAll()

    def event(self, event: QEvent) -> bool:  # noqa: D102
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape:
            self._finish(is_taken=False)
        else:
            super().keyPressEvent(event)

    def _finish(self, *, is_taken: bool) -> None:
        if self._is_open:
            self._is_open = False
            self.left.emit()
            if is_taken:
                self.named.emit(self.text())
