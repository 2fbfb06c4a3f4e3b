from sleap.gui.canvas.tools import Mode
from sleap.gui.main_window import MainWindow


def test_one_place_is_picked_at_a_time(window: MainWindow) -> None:
    areas: list[tuple[float, ...]] = []
    points: list[tuple[float, float]] = []
    window.picking.area("Drag", areas.append)
    assert window.canvas.mode is Mode.AREA and window.status.currentMessage() == "Drag"
    window.picking.point("Click", lambda x, y: points.append((x, y)))
    window.canvas.point_picked.emit(5.0, 6.0)
    window.canvas.area_selected.emit(1.0, 2.0, 3.0, 4.0)
    assert (areas, points) == ([], [(5.0, 6.0)])
    assert window.status.currentMessage() == ""


def test_giving_up(window: MainWindow) -> None:
    areas: list[tuple[float, ...]] = []
    window.picking.area("Drag", areas.append)
    window.picking.cancel()
    assert window.canvas.mode is Mode.EDIT
    window.canvas.area_selected.emit(1.0, 2.0, 3.0, 4.0)
    assert areas == []
