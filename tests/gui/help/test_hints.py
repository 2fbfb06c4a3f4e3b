from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from sleap.gui.help.hints import STEPS, HintsPanel
from sleap.gui.shortcuts import DEFAULTS, Shortcuts


def test_tells_the_steps_with_their_keys(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    panel = HintsPanel(host, Shortcuts(), lambda: None)
    texts = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert all(title in texts for title, _, _ in STEPS)
    assert "Ctrl+Shift+P" in texts


def test_takes_no_key_and_goes_when_told_to(qtbot: QtBot) -> None:
    host = QWidget()
    line = QLineEdit()
    QVBoxLayout(host).addWidget(line)
    qtbot.addWidget(host)
    host.resize(1000, 700)
    host.show()
    line.setFocus()
    dismissed: list[int] = []
    panel = HintsPanel(host, Shortcuts(), lambda: dismissed.append(1))
    qtbot.keyClicks(host.focusWidget() or host, "abc")
    assert line.text() == "abc"
    with qtbot.waitSignal(panel.destroyed, timeout=2000):
        qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert dismissed == [1]


def test_stays_inside_of_what_it_lies_on(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1200, 800)
    host.show()
    panel = HintsPanel(host, Shortcuts(), lambda: None)
    assert host.rect().contains(panel.geometry())
    host.resize(900, 600)
    assert host.rect().contains(panel.geometry())


def test_names_only_keys_that_are_there() -> None:
    assert {name for *_, name in STEPS if name} <= set(DEFAULTS)
