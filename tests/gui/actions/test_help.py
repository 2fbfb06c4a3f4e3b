import pytest

from sleap.gui.actions import help
from sleap.gui.help.pages import PAGES
from sleap.gui.main_window import MainWindow


def test_every_page_can_be_asked_for(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(window, "show_help", shown.append)
    for row in help.ROWS:
        row.run(window)
    assert set(shown) == set(PAGES)
