"""The dock of the instances on the current frame."""

from collections.abc import Callable, Mapping

import numpy as np
from qtpy.QtGui import QColor
from qtpy.QtWidgets import QWidget

from sleap.core.choice import Area
from sleap.core.instance import Instance, PredictedInstance, instance_view
from sleap.core.tables import PREDICTED
from sleap.editing.edits import tracks
from sleap.editing.edits.instances import adding, deleting
from sleap.editing.touched import Kind, Touched
from sleap.editing.transaction import Transaction
from sleap.gui.docks.button_bar import ButtonBar
from sleap.gui.docks.dock import Dock, button
from sleap.gui.overlays.colors import find_palette
from sleap.gui.session import Session
from sleap.gui.tables.column import Align, Column
from sleap.gui.tables.model import TableModel
from sleap.gui.tables.order import natural
from sleap.gui.tables.view import TableView
from sleap.render.palette import Palette

SHOWN = Kind.POINTS | Kind.INSTANCES | Kind.TRACKS | Kind.FRAMES | Kind.SKELETON

SKELETON = 4
"""Number of the column of the skeleton, which is shown only where there are several."""


class InstancesDock(Dock):
    """Lists the instances of the current frame; what is selected here is selected there.

    Args:
        session: What is shown and edited.
        parent: The parent.

    Attributes:
        method: Returns how a new instance is placed, one of the methods of ``add_instance``.
        palettes: Palettes of the user, by name.
        area: Returns what the user sees of the frame, (x0, y0, x1, y1) pixels; None: all.
    """

    kinds = SHOWN | Kind.VIDEOS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Instances", parent)
        self.method: Callable[[], str] = lambda: "best"
        self.area: Callable[[], Area | None] = lambda: None
        self.palettes: Mapping[str, Palette] = {}
        self._rows: list[int] = []
        self.model = TableModel(self._columns(), lambda row: self._rows[row], self)
        self.model.refused.connect(self.tell)
        self.table = TableView(self.model, "No instances on this frame.")
        self.table.setObjectName("instances")
        self.table.setAccessibleName("Instances of the current frame")
        self.table.picked.connect(self._on_picked)
        self.table.chosen.connect(self._on_chosen)
        self.table.delete_pressed.connect(self.delete_selected)
        self.new_button = button(
            "New Instance", "Add an instance to this frame, placed as set in the menu", self.add
        )
        self.delete_button = button(
            "Delete Instance", "Delete the selected instance (Delete)", self.delete_selected
        )
        self.body.addWidget(self.table, 1)
        self.body.addWidget(ButtonBar(self.new_button, self.delete_button))
        self.signals.frame_changed.connect(self._on_frame)
        self.signals.video_changed.connect(self.refresh_later)
        self.signals.selection_changed.connect(self._on_selection)
        self.signals.look_changed.connect(self._on_look)
        self.refresh_later()

    # -- showing --------------------------------------------------------------------------------

    def refresh(self, touched: Touched | None = None) -> None:  # noqa: D102
        if touched is not None and not self._concerns(touched):
            return
        self._rows = self._listed()
        self.model.renew(len(self._rows))
        self.table.show_column(SKELETON, len(self.session.labels.skeletons) > 1)
        self._on_selection()

    def _concerns(self, touched: Touched) -> bool:
        """Tell whether what was edited is on the current frame."""
        if touched.frames is None or touched.kinds & (Kind.SKELETON | Kind.VIDEOS):
            return True
        is_list = bool(touched.kinds & Kind.TRACKS) and not touched.frames  # names of tracks
        return is_list or (self.session.video_number, self.session.frame_idx) in touched.frames

    def _listed(self) -> list[int]:
        """Return the rows of the frame: what the user set first, each kind in its order."""
        kinds = self.session.labels.store.instances.rows["instance_type"]
        return sorted(self.session.instances, key=lambda row: kinds[row] == PREDICTED)

    def _instance(self, row: int) -> Instance:
        view: Instance = instance_view(self.session.labels.store, self._rows[row])
        return view

    def _is_predicted(self, row: int) -> bool:
        return isinstance(self._instance(row), PredictedInstance)

    def _columns(self) -> list[Column]:
        return [
            Column(
                title="Points",
                hint="How many points are placed, of how many nodes",
                text=lambda row: "{}/{}".format(*self._points(row)),
                tip=lambda row: "{} of {} points are placed".format(*self._points(row)),
                align=Align.RIGHT,
                keys=lambda: np.array([self._points(row)[0] for row in range(len(self._rows))]),
                is_faint=self._is_predicted,
                sample="00/00",
            ),
            Column(
                title="Track",
                hint="Double-click to rename the track, or to give an instance one",
                text=self._track,
                tip=lambda row: self._track(row) or "No track: double-click to give it one",
                initial=self._track,
                edit=self._edit_track,
                swatch=self._color,
                keys=lambda: natural([self._track(row) for row in range(len(self._rows))]),
                is_faint=self._is_predicted,
            ),
            Column(
                title="Score",
                hint="How sure the model was of a prediction",
                text=lambda row: self._score(row, "{:.2f}"),
                tip=lambda row: self._score(row, "{:.6g}") or "Set by the user: no score",
                align=Align.RIGHT,
                keys=lambda: np.array([self._score_value(row) for row in range(len(self._rows))]),
                is_faint=self._is_predicted,
                sample="00.00",
            ),
            Column(
                title="Type",
                hint="Who placed it: the user, or a model",
                text=lambda row: "predicted" if self._is_predicted(row) else "user",
                tip=self._type_tip,
                is_faint=self._is_predicted,
                keys=lambda: np.array([self._is_predicted(row) for row in range(len(self._rows))]),
                sample="predicted",
                optional=1,
            ),
            Column(
                title="Skeleton",
                text=lambda row: self._instance(row).skeleton.name,
                is_faint=self._is_predicted,
                sample="Skeleton-0",
                optional=2,
            ),
        ]

    def _points(self, row: int) -> tuple[int, int]:
        points = self.session.labels.store.points_of(self._rows[row])
        return int((~np.isnan(points["x"]) & points["visible"]).sum()), len(points)

    def _color(self, row: int) -> QColor | None:
        """Return the colour in which an instance is drawn; None of predictions without one."""
        look = self.session.look
        if self._is_predicted(row) and not look.color_predicted:
            return None
        record = self.session.labels.store.instances.rows[self._rows[row]]
        track = int(record["track"])
        palette = find_palette(look.palette, self.palettes)
        return QColor(*palette.color(track if track >= 0 else row))

    def _track(self, row: int) -> str:
        track = self._instance(row).track
        return "" if track is None else track.name

    def _score_value(self, row: int) -> float:
        one = self._instance(row)
        return float(one.score) if isinstance(one, PredictedInstance) else np.nan

    def _score(self, row: int, form: str) -> str:
        value = self._score_value(row)
        return "" if np.isnan(value) else form.format(value)

    def _type_tip(self, row: int) -> str:
        if self._is_predicted(row):
            return "Predicted by a model; double-click to make a user instance of it"
        if self._instance(row).from_predicted is not None:
            return "Placed by the user, made from a prediction"
        return "Placed by the user"

    # -- following the session ------------------------------------------------------------------

    def _on_frame(self, frame_idx: int) -> None:
        self.tell("")
        self.refresh_later()

    def _on_look(self) -> None:
        self.model.update_rows(range(self.model.n_rows))

    def _on_selection(self) -> None:
        if self._is_stale:
            return
        row = self.session.instance_row
        self.table.select([self._rows.index(row)] if row in self._rows else [])
        self.delete_button.setEnabled(row in self._rows)
        self.new_button.setEnabled(bool(self.session.video and self._has_nodes()))

    def _has_nodes(self) -> bool:
        return any(skeleton.n_nodes for skeleton in self.session.labels.skeletons)

    # -- what the user does ---------------------------------------------------------------------

    def _on_picked(self) -> None:
        rows = self.table.selected()
        self.session.select(self._rows[rows[0]] if rows else -1)

    def _on_chosen(self, row: int) -> None:
        one = self._instance(row)
        if isinstance(one, PredictedInstance):
            made = self.run(
                adding.convert_prediction, one, area=self.area(), title="Convert prediction"
            )
            self._select(made)

    def _edit_track(self, row: int, name: str) -> None:
        self.session.document.run(
            name_track, self._instance(row), name, title=f"Name track “{name}”"
        )

    def add(self) -> None:
        """Add an instance to the current frame."""
        if self.session.video is None:
            return
        made = self.run(
            adding.add_instance,
            self.session.video,
            self.session.frame_idx,
            self.method(),
            selected=self.session.instance,
            area=self.area(),
            title="Add instance",
        )
        self._select(made)

    def delete_selected(self) -> None:
        """Delete the selected instance."""
        instance = self.session.instance
        if instance is None:
            return
        place = self._rows.index(self.session.instance_row)
        if self.run(deleting.delete_instances, [instance], title="Delete instance") and self._rows:
            self.session.select(self._rows[min(place, len(self._rows) - 1)])

    def _select(self, made: Instance | None) -> None:
        if made is not None:
            self.session.select(made.row)


def name_track(tx: Transaction, instance: Instance, name: str) -> None:
    """Rename the track of an instance; without one, give it the track of that name, or a new one.

    Args:
        tx: The transaction.
        instance: An instance of the labels.
        name: The name.

    Raises:
        LabelsError: If the name is empty.
    """
    if instance.track is not None:
        tracks.rename_track(tx, instance.track, name)
        return
    known = next((track for track in tx.labels.tracks if track.name == name), None)
    spawned_on = 0 if instance.frame is None else instance.frame.frame_idx
    tracks.set_track(tx, instance, known or tracks.add_track(tx, name, spawned_on))
