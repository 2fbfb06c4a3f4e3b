from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QMenu

from sleap.gui.main_window import MainWindow
from sleap.gui.menus.bar import dot


def find(window: MainWindow, *path: str) -> QMenu:
    actions = window.menuBar().actions()
    for title in path:
        action = next(one for one in actions if one.text().replace("&", "") == title)
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        actions = menu.actions()
    return menu


def test_menus_are_filled_from_the_tables(window: MainWindow) -> None:
    titles = [action.text() for action in find(window, "Labels", "Delete Predictions").actions()]
    assert titles[:3] == ["Delete All Predictions…", "from Current Frame", "from Clip…"]


def test_an_open_menu_shows_what_can_be_done(qtbot: QtBot, window: MainWindow) -> None:
    menu = find(window, "Labels")
    delete = window.menus.items["delete instance"]
    assert not delete.isEnabled()
    menu.aboutToHide.emit()
    qtbot.waitUntil(delete.isEnabled)
    window.session.select(window.session.selectable[0])
    find(window, "Labels")
    assert delete.isEnabled()


def test_what_cannot_be_done_is_said(window: MainWindow) -> None:
    window.menus.trigger("delete instance")
    assert "cannot be done now" in window.status.currentMessage()


def test_choices_are_made_anew(window: MainWindow) -> None:
    window.session.select(window.session.selectable[0])
    menu = find(window, "Tracks", "Set Instance Track")
    assert [one.text().split("\t")[0] for one in menu.actions()] == ["a", "b", "None"]
    assert [one.isChecked() for one in menu.actions()] == [True, False, False]
    menu.actions()[1].trigger()
    assert window.session.instance is not None and window.session.instance.track.name == "b"
    assert window.session.document.undo_title == "Set Instance Track"


def test_choosing_a_palette_draws_otherwise(window: MainWindow) -> None:
    menu = find(window, "View", "Color Palette")
    next(one for one in menu.actions() if one.text() == "twelve").trigger()
    assert window.session.look.palette == "twelve"


def test_docks_are_hidden_and_shown(window: MainWindow) -> None:
    find(window, "View", "Docks").actions()[0].trigger()
    assert window.videos_dock.isHidden()
    find(window, "View", "Docks").actions()[0].trigger()
    assert not window.videos_dock.isHidden()


def test_keys_can_be_changed(window: MainWindow) -> None:
    window.shortcuts.assign("save", ["F9"])
    window.shortcuts_changed()
    assert [key.toString() for key in window.menus.items["save"].shortcuts()] == ["F9"]


def test_dots_have_their_colour() -> None:
    image = dot((200, 30, 40)).pixmap(12, 12).toImage()
    assert image.pixelColor(6, 6).getRgb()[:3] == (200, 30, 40)
