from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sleap.gui.docks.button_bar import ButtonBar


def test_buttons_stand_in_as_many_rows_as_the_width_asks_for(qtbot: QtBot) -> None:
    buttons = [QPushButton(text) for text in ("Show Video", "Add Videos…", "Remove Video")]
    bar = ButtonBar(*buttons)
    holder = QWidget()
    QVBoxLayout(holder).addWidget(bar)
    qtbot.addWidget(holder)
    holder.show()
    for width, n_rows in ((600, 1), (250, 2), (140, 3)):
        holder.resize(width, 300)
        qtbot.waitUntil(lambda: bar.width() <= holder.width())
        tops = {button.y() for button in buttons}
        assert len(tops) == n_rows, width
        assert bar.height() >= max(button.geometry().bottom() for button in buttons)
        for button in buttons:
            assert button.width() >= button.sizeHint().width()
            assert button.geometry().right() < bar.width()


def test_a_hidden_button_takes_no_room(qtbot: QtBot) -> None:
    buttons = [QPushButton("Generate"), QPushButton("Cancel")]
    buttons[1].hide()
    bar = ButtonBar(*buttons)
    qtbot.addWidget(bar)
    bar.resize(200, 60)
    bar.show()
    assert buttons[0].width() == 200
    buttons[1].show()
    qtbot.waitUntil(lambda: buttons[0].width() < 200)
