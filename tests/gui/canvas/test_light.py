"""The panel for brightness and contrast."""

import pytest
from pytestqt.qtbot import QtBot

from sleap.gui.canvas.light import LightPanel, contrast_step
from sleap.gui.session import Session


def test_the_sliders_set_the_look_and_reset_takes_it_back(qtbot: QtBot, session: Session) -> None:
    panel = LightPanel(session)
    qtbot.addWidget(panel)
    assert not panel.reset_button.isEnabled()
    panel.brightness.setValue(25)
    panel.contrast.setValue(100)
    assert (session.look.brightness, session.look.contrast) == (0.25, 8.0)
    panel.reset_button.click()
    assert (session.look.brightness, session.look.contrast) == (0.0, 1.0)
    assert (panel.brightness.value(), panel.contrast.value()) == (0, 0)


def test_the_sliders_follow_the_look(qtbot: QtBot, session: Session) -> None:
    panel = LightPanel(session)
    qtbot.addWidget(panel)
    session.set_look(brightness=-0.5, contrast=2.0)
    assert (panel.brightness.value(), panel.contrast.value()) == (-50, 33)
    assert session.look.contrast == 2.0  # showing it changes nothing


@pytest.mark.parametrize(("contrast", "step"), [(0.0, -100), (0.125, -100), (1, 0), (10, 100)])
def test_what_is_beyond_the_slider_is_at_its_end(contrast: float, step: int) -> None:
    assert contrast_step(contrast) == step
