import pytest
from qtpy.QtWidgets import QMessageBox

from sleap.core.choice import Choice
from sleap.core.tables import PREDICTED
from sleap.gui.actions import predictions
from sleap.gui.main_window import MainWindow


def n_predicted(window: MainWindow) -> int:
    return window.session.labels.n_predicted_instances


def test_all_are_deleted_if_meant(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
    window.menus.trigger("delete all predictions")
    assert n_predicted(window) == 6
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    window.menus.trigger("delete all predictions")
    assert n_predicted(window) == 0
    assert window.status.currentMessage().startswith("6 instances were deleted")


def test_those_of_a_clip_or_outside_are_deleted(window: MainWindow) -> None:
    window.session.set_range(0, 12)
    window.menus.trigger("delete clip")
    assert n_predicted(window) == 2
    window.menus.trigger("undo")
    window.menus.trigger("delete outside clip")
    assert n_predicted(window) == 4
    window.menus.trigger("delete frame predictions")
    assert n_predicted(window) == 2


def test_those_in_an_area_are_deleted(window: MainWindow) -> None:
    window.menus.trigger("delete area")
    window.canvas.area_selected.emit(0.0, 0.0, 55.0, 60.0)
    assert n_predicted(window) == 3


@pytest.mark.parametrize(
    ("id", "asks", "choice", "n_left"),
    [
        ("delete low score", "ask_low_score", Choice(kind=PREDICTED, score_below=0.8), 3),
        ("delete beyond instances", "ask_instance_limit", Choice(kind=PREDICTED, rank_limit=1), 3),
        ("delete custom", "ask_custom", Choice(kind=PREDICTED, frame_range=(5, 99)), 2),
    ],
)
def test_those_asked_for_are_deleted(
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    id: str,
    asks: str,
    choice: Choice,
    n_left: int,
) -> None:
    ask = predictions.asked("Delete", lambda *_: choice)
    assert hasattr(predictions, asks)
    ask(window)
    assert n_predicted(window) == n_left
    predictions.asked("Delete", lambda *_: None)(window)
    assert n_predicted(window) == n_left
