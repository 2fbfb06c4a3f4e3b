"""Modes and what is shown while keys are held."""

from pytestqt.qtbot import QtBot

from sleap.gui.canvas.hits import Hit
from sleap.gui.canvas.tools import Mode, Tools
from sleap.gui.session import Session


def test_modes_are_told(qtbot: QtBot, session: Session) -> None:
    tools = Tools(session)
    qtbot.addWidget(tools)
    with qtbot.waitSignal(tools.mode_changed) as heard:
        tools.click_to_place = True
    assert heard.args == [Mode.PLACE] and tools.click_to_place
    with qtbot.assertNotEmitted(tools.mode_changed):
        tools.click_to_place = True
    tools.begin_area()
    assert not tools.click_to_place and "rectangle" in tools.hint


def test_the_list_of_tracks_names_nine_and_a_new_one(qtbot: QtBot, session: Session) -> None:
    tools = Tools(session)
    qtbot.addWidget(tools)
    session.select(session.selectable[1])
    entries = tools._track_entries()
    assert [(one.key, one.text, one.is_current) for one in entries] == [
        ("1", "a", False),
        ("2", "b", True),
        ("0", "New track", False),
    ]


def test_tips_name_nodes(qtbot: QtBot, session: Session) -> None:
    tools = Tools(session)
    qtbot.addWidget(tools)
    row = session.selectable[0]
    assert tools._tip(Hit(row, 1)) == "thorax  ·  a"
    pose = tools.scene.pose(row)
    assert pose is not None
    pose.visible[1] = False
    assert "not visible" in tools._tip(Hit(row, 1))
    assert tools._tip(Hit(row)) == tools._tip(Hit()) == ""
