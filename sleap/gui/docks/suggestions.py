"""The dock of frames that are suggested for labeling."""

import numpy as np
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.editing.edits import suggestions as edits
from sleap.editing.snapshot import Snapshot
from sleap.editing.touched import Kind, Touched
from sleap.editing.transaction import Transaction
from sleap.errors import OptionError
from sleap.gui import jobs
from sleap.gui.docks.button_bar import ButtonBar
from sleap.gui.docks.dock import Dock, button, count
from sleap.gui.docks.generate import GenerateForm
from sleap.gui.docks.suggestion_rows import SuggestionRows
from sleap.gui.session import Session
from sleap.gui.tables.column import Align, Column
from sleap.gui.tables.model import TableModel
from sleap.gui.tables.order import by_group
from sleap.gui.tables.view import TableView
from sleap.progress import Progress

OF_FRAMES = Kind.INSTANCES | Kind.FRAMES


VIDEO = 0
"""Number of the column of the video, which goes first where there is only one."""


class SuggestionsDock(Dock):
    """Lists suggested frames, leads from one to the next, and finds new ones.

    Args:
        session: What is shown and edited.
        parent: The parent.
    """

    kinds = Kind.SUGGESTIONS | Kind.VIDEOS | Kind.SKELETON | OF_FRAMES

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Labeling Suggestions", parent)
        self.rows = SuggestionRows()
        self.model = TableModel(self._columns(), lambda row: id(self.rows.items[row]), self)
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
        self.state.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
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
        self.body.addWidget(self.table, 1)
        self.body.addLayout(steps)
        self.body.addWidget(ButtonBar(self.add_button, self.remove_button, self.clear_button))
        self.body.addWidget(self.fold)
        self.body.addWidget(self.form)

    def _columns(self) -> list[Column]:
        rows = self.rows
        return [
            Column(
                title="Video",
                text=lambda row: rows.items[row].video.name,
                keys=lambda: rows.videos,
            ),
            Column(
                title="Frame",
                hint="Number of the frame, counted from 1",
                text=lambda row: str(rows.frames[row] + 1),
                align=Align.RIGHT,
                keys=lambda: rows.frames,
                sample="00000",
            ),
            Column(
                title="Group",
                hint="Frames of one group look alike; sorted downwards the groups take turns",
                text=lambda row: _whole(rows.groups[row]),
                tip=lambda row: _group_tip(rows.groups[row]),
                align=Align.RIGHT,
                keys=lambda: rows.groups,
                order=by_group,
                sample="00",
                optional=2,
            ),
            Column(
                title="Labeled",
                hint="Whether you have labeled the frame",
                text=lambda row: "✓" if rows.labeled[row] else "",
                tip=lambda row: "Labeled" if rows.labeled[row] else "Not labeled yet",
                align=Align.CENTER,
                keys=lambda: rows.labeled,
                sample="✓",
            ),
            Column(
                title="Score",
                hint="Mean score of the predictions on the frame",
                text=lambda row: _score(rows.scores[row], "{:.2f}"),
                tip=lambda row: _score(rows.scores[row], "{:.6g}") or "No predictions here",
                align=Align.RIGHT,
                keys=lambda: rows.scores,
                sample="0.00",
                optional=1,
            ),
        ]

    # -- following the labels -------------------------------------------------------------------

    def refresh(self, touched: Touched | None = None) -> None:  # noqa: D102
        labels = self.session.labels
        if touched is None or Kind.VIDEOS in touched.kinds:
            self.rows.read(labels)
            self.model.replace(len(self.rows))
        elif Kind.SUGGESTIONS in touched.kinds:
            self.rows.update_list(labels)
            self.model.replace(len(self.rows))
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
        if not self._is_seen or self._is_stale:
            self._is_stale = True
            return
        self._select_current()
        self._show_state()

    def _current_row(self) -> int:
        number = self.session.video_number
        return -1 if number < 0 else self.rows.find(number, self.session.frame_idx)

    def _select_current(self) -> None:
        row = self._current_row()
        if row >= 0 and row not in self.table.selected():
            self.table.select([row])
        elif row < 0:
            self.table.select([])

    def _node_names(self) -> list[str]:
        skeletons = self.session.labels.skeletons
        return skeletons[0].node_names if skeletons else []

    def _on_fold(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.fold.setArrowType(arrow)
        self.form.settings.setVisible(is_open)

    # -- going from one to the next -------------------------------------------------------------

    def step(self, n_rows: int) -> None:
        """Go on, or back, in the order of the table; past its end it goes on at the other one."""
        if self._is_stale:
            self._catch_up()
        n_all = self.model.n_rows
        if not n_all:
            return
        row = self._current_row()
        if row < 0 and self.table.selected():
            row = self.table.selected()[0]
        if row < 0:
            place = 0 if n_rows > 0 else n_all - 1
        else:
            place = (self.model.place_of(row) + n_rows) % n_all
        self._go_to_row(self.model.row_at(place))

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
        """Take the selected suggestions off the list."""
        chosen = self.table.selected()
        if chosen:
            items = [self.rows.items[row] for row in chosen]
            title = f"Remove {count(len(items), 'suggestion')}"
            self.run(edits.remove_suggestions, items, title=title)

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
        labels, document = self.session.labels, self.session.document
        current = self.session.video
        videos = list(labels.videos) if self.form.is_all or current is None else [current]
        if not videos:
            self.tell("There is no video to choose frames of: add one first.")
            return
        numbers = [labels.videos.index(video) for video in videos]
        originals = list(labels.videos)
        snapshot = Snapshot(labels)
        folders = [] if document.path is None else [document.path.parent]

        def work(progress: Progress) -> list[SuggestionFrame]:
            from sleap.suggestions.suggest import suggest

            copied = snapshot.labels()
            origin = {id(twin): video for twin, video in zip(copied.videos, originals, strict=True)}
            chosen = [copied.videos[number] for number in numbers]
            found = suggest(copied, chosen, options, progress, folders)
            return [
                SuggestionFrame(origin[id(one.video)], one.frame_idx, one.group) for one in found
            ]

        def done(found: list[SuggestionFrame]) -> None:
            if self.session.document is document:
                self._take(found, videos, is_kept=options.skip_suggested)

        self.tell("")
        self.form.follow(jobs.run(self, "Generate suggestions", work, done))

    def _take(self, found: list[SuggestionFrame], videos: list[Video], *, is_kept: bool) -> None:
        if not found:
            self.tell("No frame was found that way: try other settings, or another method.")
            return
        self.run(
            renew_suggestions,
            found,
            [] if is_kept else videos,
            title=f"Suggest {count(len(found), 'frame')}",
        )


def renew_suggestions(tx: Transaction, found: list[SuggestionFrame], videos: list[Video]) -> None:
    """Put new suggestions behind those there are, or in their place; labeled ones stay.

    Args:
        tx: The transaction.
        found: The new ones; those of videos that were removed meanwhile are left out.
        videos: The videos whose suggestions, but for labeled ones, go.
    """
    gone = {id(video) for video in videos}
    there = {id(video) for video in tx.labels.videos}
    labeled = _labeled_frames(tx.labels, videos)
    kept = [
        one
        for one in tx.labels.suggestions
        if id(one.video) not in gone or one.frame_idx in labeled[id(one.video)]
    ]
    edits.replace_suggestions(tx, [*kept, *(one for one in found if id(one.video) in there)])


def _labeled_frames(labels: Labels, videos: list[Video]) -> dict[int, set[int]]:
    return {id(video): set(labels.labeled_indices(video, "user").tolist()) for video in videos}


def _whole(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.0f}"


def _group_tip(value: float) -> str:
    return "Of no group" if np.isnan(value) else f"Group {value:.0f}"


def _score(value: float, form: str) -> str:
    return "" if np.isnan(value) else form.format(value)
