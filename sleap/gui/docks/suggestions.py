"""The dock of frames that are suggested for labeling."""

from pathlib import Path

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from sleap.core import landmarks
from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.editing.edits import suggestions as edits
from sleap.editing.touched import Kind, Touched
from sleap.errors import OptionError
from sleap.gui import jobs
from sleap.gui.docks import suggestion_sources as sources
from sleap.gui.docks.button_bar import ButtonBar
from sleap.gui.docks.dock import Dock, button, count, listed
from sleap.gui.docks.generate import GenerateForm
from sleap.gui.docks.suggestion_columns import VIDEO, suggestion_columns
from sleap.gui.session import Session
from sleap.gui.tables.model import TableModel
from sleap.gui.tables.view import TableView
from sleap.suggestions.table import SuggestionTable

OF_FRAMES = Kind.INSTANCES | Kind.FRAMES

FILTER = "SLEAP projects (*.slp);;All files (*)"

MOST_NAMES = 3
"""Videos that are named in a message at most."""


class SuggestionsDock(Dock):
    """Lists suggested frames, leads from one to the next, and finds new ones.

    Args:
        session: What is shown and edited.
        parent: The parent.
    """

    kinds = Kind.SUGGESTIONS | Kind.VIDEOS | Kind.SKELETON | OF_FRAMES

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Labeling Suggestions", parent)
        self.rows = SuggestionTable()
        self._visited: SuggestionFrame | None = None
        columns = suggestion_columns(self.rows)
        self.model = TableModel(columns, lambda row: id(self.rows.items[row]), self)
        self.table = TableView(
            self.model,
            "No suggestions.\nGenerate some, or add the current frame.",
            is_multiple=True,
        )
        self.table.setObjectName("suggestions")
        self.table.setAccessibleName("Frames suggested for labeling")
        self.table.setMinimumHeight(7 * self.table.fontMetrics().height())
        self.table.picked.connect(self._on_picked)
        self.table.chosen.connect(self._go_to_row)
        self.table.delete_pressed.connect(self.remove_selected)
        self.form = GenerateForm(self._node_names)
        self.form.asked.connect(self.generate)
        self._make_buttons()
        self._lay_out()
        self.signals.frame_changed.connect(self._on_frame)
        self.refresh_later()

    def _make_buttons(self) -> None:
        self.previous_button = button(
            "Prev", "Go to the suggestion above in this table", lambda: self.step(-1)
        )
        self.next_button = button(
            "Next", "Go to the suggestion below in this table", lambda: self.step(1)
        )
        self.state = QLabel()
        self.state.setObjectName("state")
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.state.setWordWrap(True)  # where the dock is narrow
        self.state.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.import_button = button(
            "Import…", "Take over what another project suggests", self.ask_import
        )
        self.add_button = button(
            "Add Current Frame", "Suggest the frame that is shown", self.add_current
        )
        self.remove_button = button(
            "Remove", "Take the selected suggestions off the list (Delete)", self.remove_selected
        )
        self.clear_button = button("Clear All", "Take all suggestions off the list", self.clear)
        self.fold = QToolButton()
        self.fold.setObjectName("fold")
        self.fold.setText("How suggestions are found")
        self.fold.setToolTip("Show or hide how suggestions are found")
        self.fold.setAutoRaise(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.clicked.connect(lambda: self._on_fold(self.form.settings.isHidden()))
        self._on_fold(False)

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.addWidget(self.previous_button)
        steps.addWidget(self.state, 1)
        steps.addWidget(self.next_button)
        edit_buttons = self.add_button, self.remove_button, self.clear_button, self.import_button
        self.body.addWidget(self.table, 1)
        self.body.addLayout(steps)
        self.body.addWidget(ButtonBar(*edit_buttons))
        self.body.addWidget(self.fold)
        self.body.addWidget(self.form)

    # -- following the labels -------------------------------------------------------------------

    def refresh(self, touched: Touched | None = None) -> None:  # noqa: D102
        labels = self.session.labels
        if touched is None or Kind.VIDEOS in touched.kinds:
            self.rows.read(labels)
            self.model.renew(len(self.rows))
        elif Kind.SUGGESTIONS in touched.kinds:
            splice = self.rows.update_list(labels)
            self.model.splice(splice.start, splice.n_removed, splice.n_added)
        elif touched.kinds & OF_FRAMES and touched.frames is not None:
            self.model.update_rows(self.rows.update_frames(labels, touched.frames))
        elif touched.kinds & OF_FRAMES:
            self.rows.update_all(labels)
            self.model.refresh(len(self.rows))
        if touched is None or Kind.SKELETON in touched.kinds:
            self.form.refresh_nodes()
        if touched is None or Kind.VIDEOS in touched.kinds:
            self.table.rank_column(VIDEO, 0 if len(labels.videos) > 1 else 3)
        self._show_state()
        if touched is None:
            self._select_current()
            self._on_fold(not len(self.rows))

    def _show_state(self) -> None:
        n_rows = len(self.rows)
        self.state.setText(f"{self.rows.n_labeled:,}/{n_rows:,} labeled" if n_rows else "–")
        self.previous_button.setEnabled(n_rows > 0)
        self.next_button.setEnabled(n_rows > 0)
        self.clear_button.setEnabled(n_rows > 0)
        self.remove_button.setEnabled(bool(self.table.selected()))
        video = self.session.video
        is_new = video is not None and self._current_row() < 0
        self.add_button.setEnabled(is_new)

    def _on_frame(self, frame_idx: int) -> None:
        if self._is_seen and not self._is_stale:
            self._select_current()
            self._show_state()

    def _catch_up(self) -> None:
        super()._catch_up()
        self._select_current()
        self._show_state()

    def _current_row(self) -> int:
        number = self.session.video_number
        return -1 if number < 0 else self.rows.find(number, self.session.frame_idx)

    def _select_current(self) -> None:
        row = self._current_row()
        if row < 0:
            self.table.select([])
            return
        self._visited = self.rows.items[row]
        if row not in self.table.selected():
            self.table.select([row])

    def _node_names(self) -> list[str]:
        every = (name for one in self.session.labels.skeletons for name in one.node_names)
        return list(dict.fromkeys(every))

    def _on_fold(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.fold.setArrowType(arrow)
        self.form.settings.setVisible(is_open)

    # -- going from one to the next -------------------------------------------------------------

    def step(self, n_rows: int) -> None:
        """Go on, or back, in the order of the table; past its end it goes on at the other one.

        From a frame that is not suggested it goes to the next one that is. Where the user sorted
        the table, it goes on from the suggestion that was shown last.
        """
        self._catch_up()
        n_all = self.model.n_rows
        if not n_all:
            return
        row = self._current_row()
        if row < 0 and self.model.sorting is None:
            self._go_to_nearest(n_rows)
            return
        if row < 0 and self._visited is not None:
            video = self.session.labels.store.find_in(
                self.session.labels.videos, self._visited.video
            )
            row = self.rows.find(video, self._visited.frame_idx)
        if row < 0:
            place = 0 if n_rows > 0 else n_all - 1
        else:
            place = (self.model.place_of(row) + n_rows) % n_all
        self._go_to_row(self.model.row_at(place))

    def _go_to_nearest(self, direction: int) -> None:
        session = self.session
        seek = landmarks.next_suggestion if direction > 0 else landmarks.previous_suggestion
        place = None
        if session.video is not None:
            place = seek(session.labels, session.video, session.frame_idx)
        if place is not None:
            session.go_to(place[1], place[0])

    def _on_picked(self) -> None:
        chosen = self.table.selected()
        if len(chosen) == 1:
            self._go_to_row(chosen[0])
        self._show_state()

    def _go_to_row(self, row: int) -> None:
        item = self.rows.items[row]
        self.session.go_to(item.frame_idx, item.video)
        self.table.select([row])

    # -- editing --------------------------------------------------------------------------------

    def add_current(self) -> None:
        """Suggest the frame that is shown."""
        if self.session.video is not None:
            self.run(
                edits.add_suggestion,
                self.session.video,
                self.session.frame_idx,
                title="Suggest frame",
            )
            self._select_current()

    def remove_selected(self) -> None:
        """Take the selected suggestions off the list, and go to the one below them."""
        chosen = self.table.selected()
        if not chosen:
            return
        items = [self.rows.items[row] for row in chosen]
        place = self.model.place_of(chosen[0])
        title = f"Remove {count(len(items), 'suggestion')}"
        if self.run(edits.remove_suggestions, items, title=title) and self.model.n_rows:
            self._go_to_row(self.model.row_at(min(place, self.model.n_rows - 1)))
        self._show_state()

    def clear(self) -> None:
        """Take all suggestions off the list, after asking."""
        self.confirm(
            f"Remove all {count(len(self.rows), 'suggestion')}?",
            "Labels stay as they are, and you can undo this.",
            "Remove All",
            lambda: self.run(edits.clear_suggestions, title="Clear suggestions"),
        )

    # -- finding new ones -----------------------------------------------------------------------

    def generate(self) -> None:
        """Find frames as the form says, in a thread, and put them on the list."""
        try:
            options = self.form.options()
        except OptionError as error:
            self.tell(str(error))
            return
        document, current = self.session.document, self.session.video
        videos = list(self.session.labels.videos)
        if current is not None and not self.form.is_all:
            videos = [current]
        if not videos:
            self.tell("There is no video to choose frames of: add one first.")
            return

        def done(found: list[SuggestionFrame]) -> None:
            if self.session.document is document:
                self._take(found, [] if options.skip_suggested else videos)

        self.tell("")
        work = sources.search(document, videos, options)
        self.form.follow(jobs.run(self, "Generate suggestions", work, done))

    def ask_import(self) -> None:
        """Ask for a project, and take over what it suggests."""
        path = self.session.document.path
        folder = str(Path.home() if path is None else path.parent)
        dialog = QFileDialog(self, "Import Suggestions", folder, FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.import_from(Path(name)))
        dialog.open()

    def import_from(self, path: Path) -> None:
        """Append what another project suggests, as far as both have the videos."""
        document = self.session.document

        def done(other: Labels) -> None:
            if self.session.document is document:
                self._take_over(path.name, other)

        self.tell("")
        jobs.run(self, f"Import suggestions of {path.name}", sources.reading(path), done)

    def _take_over(self, name: str, other: Labels) -> None:
        found, unknown = sources.of_other(self.session.labels, other)
        title = f"Import suggestions of {name}"
        n_added = self.run(edits.add_suggestions, found, title=title) or 0
        parts = []
        if not other.suggestions:
            parts.append(f"{name} suggests no frames.")
        elif not n_added and found:
            parts.append("All these frames are suggested already.")
        if unknown:
            names = listed([f"“{video.name}”" for video in unknown[:MOST_NAMES]])
            others = f" and {len(unknown) - MOST_NAMES} more" if len(unknown) > MOST_NAMES else ""
            parts.append(f"This project has no video {names}{others}: add it, then import again.")
        self.tell(" ".join(parts))

    def _take(self, found: list[SuggestionFrame], replaced: list[Video]) -> None:
        if not found:
            self.tell("No frame was found that way: try other settings, or another method.")
            return
        title = f"Suggest {count(len(found), 'frame')}"
        self.run(sources.renew_suggestions, found, replaced, title=title)
