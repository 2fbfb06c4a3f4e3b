"""What is shown, without a mouse."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QColor, QPalette

from sleap.core.instance import Instance
from sleap.editing.edits.frames import mark_negative_frame
from sleap.editing.edits.points import move_node
from sleap.gui.canvas.stage import Stage
from sleap.gui.session import Session
from sleap.render.palette import Palette

IMAGE = np.full((96, 128), 60, np.uint8)


@pytest.fixture
def stage(qtbot: QtBot, session: Session) -> Stage:
    stage = Stage(session)
    qtbot.addWidget(stage)
    stage.resize(640, 480)
    with qtbot.waitExposed(stage):
        stage.show()
    stage.show_frame(IMAGE)
    return stage


def test_an_edit_is_seen_at_once(stage: Stage, session: Session) -> None:
    before = stage.grab().toImage()
    frame = session.frame
    assert frame is not None
    session.document.run(move_node, frame.user_instances[0], 0, 60.0, 50.0)
    np.testing.assert_array_equal(stage.poses[2].points[0], [60, 50])
    assert stage.grab().toImage() != before
    session.document.undo()
    assert stage.grab().toImage() == before


@pytest.mark.parametrize(
    "change",
    [
        {"palette": "twelve"},
        {"color_by": "node"},
        {"color_by": "edge"},
        {"color_predicted": True},
        {"show_instances": False},
        {"show_node_names": False},
        {"show_edges": False},
        {"edge_style": "wedge"},
        {"bold_lines": True},
        {"marker_size": 8},
        {"label_size": 18},
        {"trail_length": 10},
        {"brightness": 0.2},
        {"contrast": 2.0},
        {"show_non_visible": False},
    ],
    ids=str,
)
def test_every_setting_of_the_look_is_seen(
    stage: Stage, session: Session, change: dict[str, object]
) -> None:
    frame = session.labels.find(session.labels.videos[0], 20)
    assert frame is not None
    frame.user_instances[0].points["visible"][1] = False
    session.go_to(20)
    stage.show_frame(IMAGE)
    before = stage.grab().toImage()
    session.set_look(**change)
    assert stage.grab().toImage() != before


@pytest.mark.parametrize(
    "change", [{"trail_width": 9}, {"trail_shade": "dark"}, {"trail_node_count": 3}], ids=str
)
def test_every_setting_of_trails_is_seen(
    stage: Stage, session: Session, change: dict[str, object]
) -> None:
    session.go_to(20)
    session.set_look(trail_length=50)
    stage.show_frame(IMAGE)
    before = stage.grab().toImage()
    session.set_look(**change)
    assert stage.grab().toImage() != before


def test_palettes_of_the_user(stage: Stage) -> None:
    before = stage.grab().toImage()
    stage.set_palettes({"standard": Palette("standard", ((1, 250, 1),))})
    assert stage.grab().toImage() != before


def test_zoom_and_its_signal(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.zoom_changed) as heard:
        stage.zoom = 8
    assert heard.args == [8] and stage.zoom == 8
    stage.show_frame(IMAGE)
    assert stage.zoom == 8, "another frame of that size is seen the same way"
    stage.show_frame(np.zeros((50, 50), np.uint8))
    assert stage.zoom == 1


def test_painted_is_told_once_per_frame(stage: Stage, qtbot: QtBot) -> None:
    stage.repaint()
    told: list[int] = []
    stage.painted.connect(told.append)
    stage.show_frame(IMAGE, frame_idx=7)
    stage.repaint()
    stage.repaint()
    assert told == [7]


def test_a_negative_frame_says_so(stage: Stage, session: Session) -> None:
    session.go_to(50)
    stage.show_frame(IMAGE)
    before = stage.grab().toImage()
    session.document.run(mark_negative_frame, session.video, 50)
    assert stage.scene.is_negative
    assert stage.grab().toImage() != before


def test_negative_anchors_are_seen_on_their_frame(stage: Stage, session: Session) -> None:
    before = stage.grab().toImage()
    session.labels.negative_anchors[0] = [(0, 100.0, 80.0), (3, 10.0, 10.0)]
    stage.show_frame(IMAGE)
    assert stage.scene.anchors == [(100.0, 80.0)]
    assert stage.grab().toImage() != before


def test_waiting_is_said_only_when_it_takes_long(stage: Stage, qtbot: QtBot) -> None:
    before = stage.grab().toImage()
    stage.await_frame(12)
    assert stage.grab().toImage() == before
    qtbot.waitUntil(lambda: not stage._waiting.isActive())
    assert stage.grab().toImage() != before
    stage.show_frame(IMAGE, frame_idx=12)
    stage.show_frame(IMAGE, frame_idx=0)
    assert stage.grab().toImage() == before


def test_the_backdrop_follows_the_theme(stage: Stage) -> None:
    palette = stage.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(30, 30, 30))
    stage.setPalette(palette)
    dark = stage.backdrop.lightness()
    palette.setColor(QPalette.ColorRole.Window, QColor(240, 240, 240))
    stage.setPalette(palette)
    assert dark < 80 < 160 < stage.backdrop.lightness()


def test_a_frame_without_anything(stage: Stage, session: Session) -> None:
    session.go_to(99)
    stage.show_frame(None)
    stage.fit_instances()
    assert stage.zoom == 1 and not stage.grab().isNull()


def test_instances_without_any_point(stage: Stage, session: Session) -> None:
    frame = session.labels.add_frame(session.labels.videos[0], 30)
    frame.append(Instance(session.labels.skeletons[0]))
    session.go_to(30)
    session.select(session.instances[0])
    stage.show_frame(IMAGE)
    stage.fit_instances()
    assert not stage.grab().isNull()


def test_hiding(stage: Stage) -> None:
    before = stage.grab().toImage()
    stage.hide_overlays(True)
    assert stage.grab().toImage() != before
    stage.hide_overlays(False)
    assert stage.grab().toImage() == before
