from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt

from sleap.core.instance import PredictedInstance
from sleap.core.tables import USER
from sleap.editing.document import Document
from sleap.editing.edits import points
from sleap.gui.docks.instances import InstancesDock
from sleap.gui.session import Session
from sleap.gui.tables.model import SWATCH_ROLE
from sleap.render.palette import PALETTES, Palette
from tests.gui.docks.conftest import Hand, Show, texts


@pytest.fixture
def dock(session: Session, show: Show[InstancesDock]) -> InstancesDock:
    return show(InstancesDock(session))


def test_it_lists_the_frame(session: Session, dock: InstancesDock) -> None:
    assert texts(dock.table, 0) == ["3/3"] * 4
    assert texts(dock.table, 1) == ["a", "b", "", ""]
    assert texts(dock.table, 2) == ["", "", "0.90", "0.70"]
    assert texts(dock.table, 3) == ["user", "user", "predicted", "predicted"]
    session.go_to(1)
    assert texts(dock.table) == []
    session.go_to(10)
    assert len(texts(dock.table)) == 4


def test_a_row_selected_here_is_selected_there(
    session: Session, dock: InstancesDock, hand: Hand
) -> None:
    hand.click(dock.table, 1)
    assert session.instance is not None and session.instance.track.name == "b"
    hand.click(dock.table, 2)
    assert isinstance(session.instance, PredictedInstance)


def test_what_is_selected_there_is_selected_here(session: Session, dock: InstancesDock) -> None:
    rows = [
        row for row in session.instances if session.labels.store.instances.rows[row]["track"] == 1
    ]
    session.select(rows[0])
    assert dock.table.selected() == [1]
    assert dock.delete_button.isEnabled()
    session.select(-1)
    assert dock.table.selected() == []
    assert not dock.delete_button.isEnabled()


def test_the_selection_stays_over_edits(session: Session, dock: InstancesDock) -> None:
    row = next(
        row for row in session.instances if session.labels.store.instances.rows[row]["track"] == 1
    )
    session.select(row)
    session.document.run(points.toggle_visibility, session.instance, 0)
    assert session.instance_row == row
    assert dock.table.selected() == [1]
    assert texts(dock.table, 0)[1] == "2/3"


def test_an_edit_elsewhere_draws_nothing(
    session: Session, dock: InstancesDock, qtbot: QtBot
) -> None:
    other = session.labels.find(session.video, 10)
    with qtbot.assertNotEmitted(dock.model.modelReset):
        session.document.run(points.toggle_visibility, other.instances[0], 0)


def test_a_track_is_renamed_everywhere(session: Session, dock: InstancesDock, hand: Hand) -> None:
    hand.click(dock.table, 0, 1, double=True)
    hand.type_into(dock.table, "queen")
    assert session.labels.tracks[0].name == "queen"
    assert texts(dock.table, 1)[0] == "queen"
    session.document.undo()
    assert texts(dock.table, 1)[0] == "a"


def test_an_empty_name_is_refused(session: Session, dock: InstancesDock, hand: Hand) -> None:
    hand.click(dock.table, 0, 1, double=True)
    hand.type_into(dock.table, " ")
    assert session.labels.tracks[0].name == "a"
    assert "needs a name" in dock.notice.text()


@pytest.mark.parametrize(("name", "n_tracks"), [("c", 3), ("b", 2)])
def test_an_instance_without_a_track_gets_one(
    session: Session, dock: InstancesDock, hand: Hand, name: str, n_tracks: int
) -> None:
    session.select(session.instances[0])
    dock.delete_selected()  # leaves room for track b
    hand.click(dock.table, 2, 1, double=True)
    hand.type_into(dock.table, name)
    assert len(session.labels.tracks) == n_tracks
    assert name in texts(dock.table, 1)[1:]


def test_new_instance(session: Session, dock: InstancesDock, hand: Hand) -> None:
    session.go_to(1)
    hand.press(dock.new_button)
    assert texts(dock.table, 3) == ["user"]
    assert dock.table.selected() == [0]
    assert session.instance_row == session.instances[0]


def test_the_method_of_placing_is_asked_for(
    session: Session, dock: InstancesDock, hand: Hand
) -> None:
    dock.method = lambda: "random"
    dock.area = lambda: (0.0, 0.0, 10.0, 10.0)
    session.go_to(1)
    hand.press(dock.new_button)
    placed = session.frame.instances[0].numpy()
    assert (placed >= 0).all() and (placed <= 10).all()


def test_delete_selects_the_next(
    session: Session, dock: InstancesDock, hand: Hand, qtbot: QtBot
) -> None:
    hand.click(dock.table, 0)
    hand.press(dock.delete_button)
    assert texts(dock.table, 1) == ["b", "", ""]
    assert dock.table.selected() == [0]
    qtbot.keyClick(dock.table, Qt.Key.Key_Delete)
    assert texts(dock.table, 1) == ["", ""]
    session.document.undo()
    session.document.undo()
    assert texts(dock.table, 1) == ["a", "b", "", ""]


def test_a_double_click_on_a_prediction_makes_an_instance(
    session: Session, dock: InstancesDock, hand: Hand
) -> None:
    hand.click(dock.table, 2, 3, double=True)
    kinds = session.labels.store.instances.rows["instance_type"]
    assert kinds[session.instance_row] == USER
    assert texts(dock.table, 3) == ["user", "user", "user", "predicted"]
    assert session.instance.from_predicted is not None


def test_it_sorts_by_score(dock: InstancesDock) -> None:
    dock.model.sort(2)
    assert texts(dock.table, 2) == ["0.70", "0.90", "", ""]


def test_nothing_can_be_added_without_a_skeleton(session: Session, dock: InstancesDock) -> None:
    session.open(Document.new())
    assert not dock.new_button.isEnabled()


def test_real_labels_are_shown(data_dir: Path, show: Show[InstancesDock]) -> None:
    session = Session(Document.open(data_dir / "centered_pair" / "predictions.slp"))
    dock = show(InstancesDock(session))
    frame = session.frame
    assert texts(dock.table, 1) == [one.track.name for one in frame.instances]
    visible = [int((~np.isnan(one.numpy()[:, 0])).sum()) for one in frame.instances]
    assert texts(dock.table, 0) == [f"{number}/24" for number in visible]
    session.document.close()
    session.close()


def test_instances_have_the_colour_in_which_they_are_drawn(
    session: Session, dock: InstancesDock
) -> None:
    def colors() -> list[tuple[int, int, int] | None]:
        found = [dock.model.index(row, 1).data(SWATCH_ROLE) for row in range(4)]
        return [None if one is None else one.getRgb()[:3] for one in found]

    standard = PALETTES["standard"].colors
    assert colors() == [standard[0], standard[1], None, None]
    session.set_look(color_predicted=True)
    assert colors()[2:] == [standard[2], standard[3]]  # without a track: by their place
    session.set_look(palette="mine")
    dock.palettes = {"mine": Palette("mine", ((1, 2, 3), (4, 5, 6)))}
    assert colors()[:2] == [(1, 2, 3), (4, 5, 6)]
