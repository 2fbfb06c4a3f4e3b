from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qtpy.QtGui import QDropEvent
from qtpy.QtWidgets import QTableView

from sleap.core.labels import Labels
from sleap.editing.document import Document
from sleap.editing.edits import suggestions
from sleap.gui import jobs, recent
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, keys: str = "") -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in keys.split():
        modifiers |= getattr(Qt.KeyboardModifier, f"{name}Modifier")
    qtbot.keyClick(window.canvas, key, modifiers)


def test_shows_all_parts(window: MainWindow) -> None:
    titles = [dock.windowTitle() for dock in window.docks]
    assert titles == ["Videos", "Skeleton", "Instances", "Labeling Suggestions"]
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert menus == ["File", "Go", "View", "Labels", "Tracks", "Predict", "Help"]
    assert window.canvas.isVisible() and window.timeline.isVisible()
    assert window.status.frame.text() == "Video 1 of 2   ·   Frame 1 of 100"


def test_the_title_tells_the_file_and_whether_it_is_modified(window: MainWindow) -> None:
    assert window.windowTitle() == "Untitled[*] — SLEAP"
    assert not window.isWindowModified()
    window.run(suggestions.clear_suggestions)
    assert window.isWindowModified()
    window.menus.trigger("undo")
    assert not window.isWindowModified()


def test_arrows_step_and_shift_selects(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    press(qtbot, window, Qt.Key.Key_Right)
    assert session.frame_idx == 1
    press(qtbot, window, Qt.Key.Key_Left)
    press(qtbot, window, Qt.Key.Key_Left)
    assert session.frame_idx == 99
    press(qtbot, window, Qt.Key.Key_Home)
    press(qtbot, window, Qt.Key.Key_Down)
    assert session.frame_idx == 50
    press(qtbot, window, Qt.Key.Key_Right, "Shift")
    press(qtbot, window, Qt.Key.Key_Right, "Shift")
    assert (session.frame_idx, session.frame_range) == (52, (50, 52))
    press(qtbot, window, Qt.Key.Key_Left, "Shift")
    assert session.frame_range == (50, 51)
    press(qtbot, window, Qt.Key.Key_Right, "Control")
    assert session.frame_idx == 61
    press(qtbot, window, Qt.Key.Key_End)
    assert session.frame_idx == 99


def test_tables_keep_their_arrows(qtbot: QtBot, window: MainWindow) -> None:
    table = window.instances_dock.findChild(QTableView)
    assert table is not None
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert window.session.frame_idx == 0


def test_keys_of_the_original_go_to_labels_and_suggestions(
    qtbot: QtBot, window: MainWindow
) -> None:
    session = window.session
    press(qtbot, window, Qt.Key.Key_Right, "Alt")
    assert session.frame_idx == 10
    press(qtbot, window, Qt.Key.Key_Space)
    assert session.frame_idx == 15
    press(qtbot, window, Qt.Key.Key_Space, "Shift")
    assert session.frame_idx == 10
    press(qtbot, window, Qt.Key.Key_Right, "Alt Shift")
    assert session.video is session.labels.videos[1]


def test_digits_and_escape_select(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_2)
    assert window.session.instance_row == window.session.selectable[1]
    press(qtbot, window, Qt.Key.Key_QuoteLeft)
    assert window.session.instance_row == window.session.selectable[0]
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.session.instance_row == -1


def test_delete_and_undo_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_1)
    n_before = window.session.labels.store.n_instances
    press(qtbot, window, Qt.Key.Key_Backspace, "Control")
    assert window.session.labels.store.n_instances == n_before - 1
    press(qtbot, window, Qt.Key.Key_Z, "Control")
    assert window.session.labels.store.n_instances == n_before
    window.menus.refresh()
    assert window.menus.items["redo"].text() == "Redo Delete Instance"


def test_refusals_are_shown_and_leave_all_as_it_was(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(jobs, "_reporter", [lambda _, title, error: told.append(str(error))])

    def refuse(tx: object) -> None:
        raise ValueError("no")

    assert window.run(refuse, title="Try") is None
    assert told == ["no"]


def test_saves_opens_and_remembers_the_place(
    qtbot: QtBot, window: MainWindow, program: Program, tmp_path: Path
) -> None:
    program.is_private = False
    path = tmp_path / "project.slp"
    window.session.go_to(20)
    window.save(path)
    qtbot.waitUntil(lambda: not window.saves.is_running, timeout=10_000)
    assert window.windowTitle() == "project.slp[*] — SLEAP"
    assert not window.isWindowModified()
    place = recent.find(path)
    assert place is not None and place.frame_idx == 20
    window.close()
    other = program.show(Document.new())
    assert isinstance(other, MainWindow)
    other.open_project(path)
    qtbot.waitUntil(lambda: bool(other.session.labels.videos), timeout=10_000)
    assert program.windows == [other]
    assert other.session.frame_idx == 20
    assert len(other.session.labels) == 3


def test_a_second_project_has_a_window_of_its_own(
    qtbot: QtBot, window: MainWindow, program: Program, tmp_path: Path, labels: Labels
) -> None:
    path = tmp_path / "second.slp"
    labels.save(path)
    window.open_project(path)
    qtbot.waitUntil(lambda: len(program.windows) == 2, timeout=10_000)
    assert program.windows[1].session.document.path == path
    qtbot.waitUntil(lambda: not jobs.running, timeout=10_000)
    window.open_project(path)
    assert not jobs.running and len(program.windows) == 2


def test_files_are_dropped(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "labels.slp"
    Labels().save(path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: len(window.program.windows) == 2, timeout=10_000)


def test_the_look_is_remembered(window: MainWindow) -> None:
    window.menus.trigger("show trails")
    assert window.preferences.look.trail_length == 50
    window.preferences_reset()
    assert window.session.look.trail_length == 0


def test_the_size_is_remembered(window: MainWindow, program: Program) -> None:
    window.resize(700, 640)
    window.close()
    other = program.show(Document(Labels()))
    assert isinstance(other, MainWindow)
    assert (other.width(), other.height()) == (700, 640)


def test_dragging_a_node_is_an_edit(qtbot: QtBot, window: MainWindow) -> None:
    session, canvas = window.session, window.canvas
    row = session.selectable[0]
    view = canvas.view
    start = view.place(np.array([[20.0, 20.0]]))[0].round().astype(int)
    start = QPoint(int(start[0]), int(start[1]))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for move in range(1, 51):
        qtbot.mouseMove(canvas, start + QPoint(move, 0))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(50, 0))
    assert [entry.title for entry in session.document.history.done] == ["Move head"]
    assert session.labels.store.points_of(row)["x"][0] > 21


def test_areas_and_places_are_picked(window: MainWindow) -> None:
    areas: list[tuple[float, ...]] = []
    window.pick_area("Drag", areas.append)
    window.canvas.area_selected.emit(1.0, 2.0, 3.0, 4.0)
    assert areas == [(1.0, 2.0, 3.0, 4.0)]
    window.canvas.area_selected.emit(1.0, 2.0, 3.0, 4.0)
    assert len(areas) == 1
    places: list[tuple[float, float]] = []
    window.pick_point("Click", lambda x, y: places.append((x, y)))
    window.cancel_pick()
    window.canvas.point_picked.emit(5.0, 6.0)
    assert places == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_looks_well(window: MainWindow, theme: str) -> None:
    window.set_theme(theme)
    image = window.grab().toImage()
    corner = image.pixelColor(4, 4).lightness()
    assert (corner > 128) == (theme == "light")
