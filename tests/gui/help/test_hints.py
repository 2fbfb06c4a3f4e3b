from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QLabel

from sleap.gui.help.hints import STEPS, HintsDialog
from sleap.gui.shortcuts import DEFAULTS, Shortcuts


def test_tells_the_steps_with_their_keys(qtbot: QtBot) -> None:
    dialog = HintsDialog(None, Shortcuts(), is_first=True)
    qtbot.addWidget(dialog)
    texts = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert all(title in texts for title, _, _ in STEPS)
    assert "Ctrl+Shift+P" in texts
    assert dialog.value() is False
    dialog.again.setChecked(True)
    assert dialog.value() is True


def test_names_only_keys_that_are_there() -> None:
    assert {name for *_, name in STEPS if name} <= set(DEFAULTS)
