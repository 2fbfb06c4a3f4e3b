from collections.abc import Iterator

import pytest
from qtpy.QtWidgets import QDialog

from sleap.gui.dialogs.base import Dialog
from sleap.gui.main_window import MainWindow


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Accept every dialog that can be accepted; return what each said."""
    texts: list[str] = []

    def accept(dialog: Dialog) -> QDialog.DialogCode:  # type: ignore[type-arg]
        texts.append(dialog.note.text())
        is_sure = dialog.ok.isEnabled()
        return QDialog.DialogCode.Accepted if is_sure else QDialog.DialogCode.Rejected

    monkeypatch.setattr(Dialog, "exec", accept)
    return texts


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave every dialog."""
    monkeypatch.setattr(Dialog, "exec", lambda dialog: QDialog.DialogCode.Rejected)
    yield


def n_predicted(window: MainWindow) -> int:
    return window.session.labels.n_predicted_instances


@pytest.mark.parametrize(
    ("id", "n_left"),
    [
        ("delete all predictions", 0),
        ("delete clip", 2),
        ("delete outside clip", 4),
        ("delete beyond frames", 2),
        ("delete low score", 0),
        ("delete beyond instances", 6),
        ("delete custom", 0),
    ],
)
def test_those_asked_for_are_deleted_in_one_step(
    window: MainWindow, told: list[str], id: str, n_left: int
) -> None:
    window.session.set_range(0, 12)
    window.menus.trigger(id)
    assert n_predicted(window) == n_left and len(told) == 1
    if n_left < 6:
        assert window.status.currentMessage().startswith(f"{6 - n_left} instances were deleted")
        window.menus.trigger("undo")
    assert n_predicted(window) == 6


@pytest.mark.usefixtures("unsure")
@pytest.mark.parametrize("id", ["delete all predictions", "delete clip", "delete beyond frames"])
def test_none_are_deleted_if_that_was_not_meant(window: MainWindow, id: str) -> None:
    window.session.set_range(0, 12)
    window.menus.trigger(id)
    assert n_predicted(window) == 6 and not window.session.document.is_modified


def test_those_of_the_frame_are_deleted_at_once(window: MainWindow) -> None:
    window.menus.trigger("delete frame predictions")
    assert n_predicted(window) == 4


def test_those_in_an_area_are_deleted(window: MainWindow, told: list[str]) -> None:
    window.menus.trigger("delete area")
    window.canvas.area_selected.emit(0.0, 0.0, 55.0, 60.0)
    assert n_predicted(window) == 3
    assert told == ["3 instances would be deleted. Undo brings them back."]
