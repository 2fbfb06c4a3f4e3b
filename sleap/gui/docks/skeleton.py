"""The dock of the skeleton, with its editor."""

from collections.abc import Callable
from pathlib import Path

from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QFileDialog,
    QMenu,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from sleap.core.skeleton import Skeleton
from sleap.editing.edits import skeleton as edits
from sleap.editing.touched import Kind, Touched
from sleap.editing.transaction import Transaction
from sleap.errors import SleapError
from sleap.gui.docks.button_bar import ButtonBar
from sleap.gui.docks.dock import Dock, button, count, listed
from sleap.gui.docks.edge_table import EdgeTable
from sleap.gui.docks.node_table import NodeTable, count_points
from sleap.gui.docks.skeleton_choice import SkeletonChoice
from sleap.gui.docks.skeleton_layout import lay_out
from sleap.gui.docks.skeleton_preview import SkeletonPreview
from sleap.gui.docks.templates import Template, templates
from sleap.gui.session import Session

FILTER = "Skeletons (*.json);;All files that hold one (*.json *.slp *.h5 *.mat);;All files (*)"


class SkeletonDock(Dock):
    """Edits the skeleton; all that is labeled stays, by the names of its nodes.

    Args:
        session: What is shown and edited.
        parent: The parent.
    """

    kinds = Kind.SKELETON | Kind.INSTANCES

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Skeleton", parent)
        self._is_drawn_of_labels = False
        self.choice = SkeletonChoice(self)
        self.choice.chosen.connect(self.refresh_later)
        self.preview = SkeletonPreview()
        self.nodes = NodeTable(self, lambda: self.skeleton)
        self.edges = EdgeTable(self, lambda: self.skeleton)
        self.load_button = button("Load…", "Load a skeleton from a file", self.ask_load)
        self.save_button = button("Save…", "Save this skeleton as a file", self.ask_save)
        self.template_button = QPushButton("Templates")
        self.template_button.setObjectName("Templates")
        self.template_button.setToolTip("Begin with the skeleton of a common animal")
        self.template_button.setAutoDefault(False)
        self._fill_templates()
        self._lay_out()
        self.preview.node_clicked.connect(self._on_clicked)
        self.preview.edge_drawn.connect(self._on_drawn)
        self.nodes.picked.connect(self._on_picked)
        self.refresh_later()

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.preview)
        self.lists = QTabWidget()
        self.lists.setDocumentMode(True)
        for title, widget in (("Nodes", self.nodes), ("Edges", self.edges)):
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 6, 0, 0)
            column.addWidget(widget)
            self.lists.addTab(page, title)
        parts.addWidget(self.lists)
        for number, stretch in enumerate((2, 5)):
            parts.setStretchFactor(number, stretch)
        self.body.addWidget(self.choice)
        self.body.addWidget(parts, 1)
        self.body.addWidget(ButtonBar(self.load_button, self.save_button, self.template_button))

    def _fill_templates(self) -> None:
        menu = QMenu(self.template_button)
        menu.setToolTipsVisible(True)
        for template in templates():
            action = menu.addAction(template.title)
            action.setToolTip(template.description)
            action.triggered.connect(lambda _=False, one=template: self.use_template(one))
        self.template_button.setMenu(menu)

    # -- showing --------------------------------------------------------------------------------

    @property
    def skeleton(self) -> Skeleton | None:
        """The skeleton that is edited; None if there is none yet."""
        return self.choice.skeleton

    def refresh(self, touched: Touched | None = None) -> None:  # noqa: D102
        if touched is not None and Kind.SKELETON not in touched.kinds:
            if not self._is_drawn_of_labels:
                self._draw()
            return
        self.choice.refresh()
        self.nodes.refresh()
        self.edges.refresh()
        self.save_button.setEnabled(self.skeleton is not None and self.skeleton.n_nodes > 0)
        self._draw()

    def _draw(self) -> None:
        skeleton = self.skeleton or Skeleton()
        layout = lay_out(self.session.labels, skeleton)
        self._is_drawn_of_labels = layout.is_of_labels
        self.preview.show_skeleton(skeleton, layout.places)
        self.preview.select(self.nodes.selected)

    def _on_clicked(self, node: int) -> None:
        self.nodes.select(node)
        self.preview.select(node)
        self.edges.begin_at(node)

    def _on_picked(self, node: int) -> None:
        self.preview.select(node)
        if node >= 0:
            self.edges.begin_at(node)

    def _on_drawn(self, source: int, destination: int) -> None:
        self.lists.setCurrentIndex(1)
        self.edges.join(source, destination)

    # -- files and templates --------------------------------------------------------------------

    def use_template(self, template: Template) -> None:
        """Make the skeleton that of a template."""
        self.replace_with(template.skeleton, f"Use template “{template.title}”")

    def ask_load(self) -> None:
        """Ask for a file, and load the skeleton that is in it."""
        dialog = QFileDialog(self, "Load Skeleton", self._folder(), FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._open(dialog, self.load)

    def ask_save(self) -> None:
        """Ask for a file, and save the skeleton there."""
        name = "skeleton" if self.skeleton is None else self.skeleton.name
        start = str(Path(self._folder()) / f"{name}.json")
        dialog = QFileDialog(self, "Save Skeleton", start, "Skeletons (*.json)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(start)
        self._open(dialog, self.save)

    def load(self, path: str) -> None:
        """Make the skeleton the one in a file: a skeleton, or labels of any format."""
        from sleap.io.skeleton_files import load_skeleton

        try:
            skeleton = load_skeleton(path)
        except SleapError as error:
            self.tell(str(error))
            return
        self.replace_with(skeleton, f"Load skeleton {Path(path).name}")

    def save(self, path: str) -> None:
        """Save the skeleton as a file."""
        from sleap.io.skeleton_files import save_skeleton

        if self.skeleton is None:
            return
        try:
            save_skeleton(self.skeleton, path)
        except SleapError as error:
            self.tell(str(error))
        else:
            self.tell("")

    def replace_with(self, template: Skeleton, title: str) -> None:
        """Make the skeleton another one; points stay by the names of their nodes.

        If points lie on nodes that the other does not have, the user is asked what becomes of
        them.

        Args:
            template: What it is to be; copied.
            title: What the edit is called.
        """
        skeleton = self.skeleton

        def use(keep_others: bool) -> None:
            self.run(replace_skeleton, skeleton, template, keep_others, title=title)

        lost = {} if skeleton is None else self._lost(skeleton, template)
        if not lost:
            use(False)
            return
        names = listed([f"“{name}”" for name in lost])
        self._ask_lost(title, names, len(lost), sum(lost.values()), use)

    def _lost(self, skeleton: Skeleton, template: Skeleton) -> dict[str, int]:
        """Count the points on nodes that the other skeleton does not have."""
        labels = self.session.labels
        counts = {
            name: sum(count_points(labels, skeleton, number))
            for number, name in enumerate(skeleton.node_names)
            if name not in template
        }
        return {name: number for name, number in counts.items() if number}

    def _ask_lost(
        self, title: str, names: str, n_nodes: int, n_points: int, use: Callable[[bool], None]
    ) -> None:
        box = QMessageBox(self)
        box.setObjectName("lost")
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(title)
        box.setText(f"<b>{count(n_points, 'point')} lie on nodes that the new one lacks.</b>")
        box.setInformativeText(
            f"The new skeleton has no {names}. Keep "
            f"{'this node' if n_nodes == 1 else 'these nodes'} beside those of the new one, or "
            "delete them with their points? You can undo this."
        )
        keep = box.addButton("Keep", QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton("Delete", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        keep.setObjectName("keep")
        drop.setObjectName("drop")
        box.setDefaultButton(keep)
        keep.clicked.connect(lambda: use(True))
        drop.clicked.connect(lambda: use(False))
        box.open()

    def _folder(self) -> str:
        path = self.session.document.path
        return str(Path.home() if path is None else path.parent)

    def _open(self, dialog: QFileDialog, then: Callable[[str], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()


def replace_skeleton(
    tx: Transaction, skeleton: Skeleton | None, template: Skeleton, keep_others: bool
) -> None:
    """Make a skeleton another one, or add that if there is none yet.

    Args:
        tx: The transaction.
        skeleton: A skeleton of the labels; None to add one.
        template: What it is to be; copied.
        keep_others: Whether nodes that the template does not have stay.
    """
    if skeleton is None:
        edits.add_skeleton(tx, template)
    else:
        edits.load_skeleton(tx, skeleton, template, keep_others=keep_others)
