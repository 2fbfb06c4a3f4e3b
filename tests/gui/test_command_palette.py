import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt

from sleap.gui.command_palette import CommandPalette, collect, score
from sleap.gui.main_window import MainWindow


@pytest.mark.parametrize(
    ("text", "best", "others"),
    [
        ("nlf", "Go › Next Labeled Frame", ["Go › Next User Labeled Frame", "View › Nonsense"]),
        ("add inst", "Labels › Add Instance", ["File › Add Videos", "Labels › Paste Instance"]),
        ("trail 50", "View › Trail Length › 50", ["View › Trail Length › 500"]),
        ("undo", "Labels › Undo", ["Labels › Add Instance Under Cursor Now"]),
    ],
)
def test_the_best_fit_is_first(text: str, best: str, others: list[str]) -> None:
    assert all(score(text, best) > score(text, other) for other in others)


def test_letters_have_to_be_there_in_order() -> None:
    assert score("zzz", "File › Save") == 0
    assert score("vas", "File › Save") == 0
    assert score("", "File › Save") > 0


def test_every_command_is_there_once(window: MainWindow) -> None:
    commands = collect(window, window.menus.trigger)
    titles = [one.title for one in commands]
    assert len(titles) == len(set(titles))
    assert "View › Color Palette › twelve" in titles
    assert "Tracks › Set Instance Track › a" in titles
    keys = {one.title: one.key for one in commands}
    assert keys["File › Save"] == "Ctrl+S"


def test_typing_finds_and_enter_does(qtbot: QtBot, window: MainWindow) -> None:
    palette = CommandPalette(window, window.menus.trigger)
    qtbot.addWidget(palette)
    palette.open_over(window)
    qtbot.keyClicks(palette.line, "go last frame")
    assert palette.list.item(0).text() == "Go › Step › Last Frame"
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.session.frame_idx == 99


def test_what_cannot_be_done_now_is_last_and_does_nothing(qtbot: QtBot, window: MainWindow) -> None:
    palette = CommandPalette(window, window.menus.trigger)
    qtbot.addWidget(palette)
    palette.open_over(window)
    qtbot.keyClicks(palette.line, "goto marked")
    palette.line.setText("go to marked frame")
    last = palette.list.item(palette.list.count() - 1)
    assert not last.flags() & Qt.ItemFlag.ItemIsEnabled
    palette.list.setCurrentItem(last)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_arrows_move_through_the_list(qtbot: QtBot, window: MainWindow) -> None:
    palette = CommandPalette(window, window.menus.trigger)
    qtbot.addWidget(palette)
    palette.open_over(window)
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentRow() == 1


def test_opens_by_its_key(qtbot: QtBot, window: MainWindow) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.canvas, Qt.Key.Key_P, both)
    palette = window.findChild(CommandPalette)
    assert palette is not None and palette.isVisible()
    palette.close()


def test_what_was_used_lately_comes_first(qtbot: QtBot, window: MainWindow) -> None:
    window.preferences.note_command("View › Trail Length › 50")
    window.preferences.note_command("Go › Step › Last Frame")
    palette = CommandPalette(window, window.menus.trigger)
    qtbot.addWidget(palette)
    assert palette.list.item(0).text() == "Go › Step › Last Frame"
    assert palette.list.item(1).text() == "View › Trail Length › 50"
    palette.search("next labeled")
    assert palette.list.item(0).text() == "Go › Next Labeled Frame"
    palette.accept()
    assert window.preferences.recent_commands[0] == "Go › Next Labeled Frame"
