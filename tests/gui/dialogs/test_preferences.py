import pytest
from pytestqt.qtbot import QtBot

from sleap.gui import settings_file
from sleap.gui.actions import view
from sleap.gui.dialogs.preferences import PreferencesDialog
from sleap.gui.look import Look
from sleap.gui.main_window import MainWindow
from sleap.gui.preferences import Preferences


def test_unchanged_wishes_come_back_as_they_were(qtbot: QtBot) -> None:
    look = Look(palette="my own", header_node="head", header_statistic="point_count")
    wishes = Preferences(look=look, theme="dark", medium_step=7, others={"of": "tomorrow"})
    dialog = PreferencesDialog(None, wishes, ["standard"], ["head"])
    qtbot.addWidget(dialog)
    assert dialog.value() == wishes


def test_every_wish_can_be_changed_and_reset(qtbot: QtBot) -> None:
    dialog = PreferencesDialog(None, Preferences())
    qtbot.addWidget(dialog)
    dialog.labeling.editor("placement").set_value("random")
    dialog.labeling.editor("backups").set_value(9)
    dialog.appearance.editor("theme").set_value("light")
    dialog.look.editor("edge_style").set_value("wedge")
    changed = dialog.value()
    assert (changed.placement, changed.backups, changed.theme) == ("random", 9, "light")
    assert changed.look.edge_style == "wedge"
    dialog.defaults.click()
    assert dialog.value() == Preferences()


def test_the_window_follows(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(dialog: PreferencesDialog) -> Preferences:
        dialog.labeling.editor("large_step").set_value(30)
        dialog.look.editor("show_edges").set_value(False)
        return dialog.value()

    monkeypatch.setattr(view.PreferencesDialog, "ask", ask)
    monkeypatch.setattr(window, "set_theme", lambda name: None)
    window.menus.trigger("preferences")
    assert window.preferences.large_step == 30
    assert not window.session.look.show_edges
    saved = settings_file.read("preferences.yaml").values
    assert saved["large step"] == 30 and saved["show edges"] is False
