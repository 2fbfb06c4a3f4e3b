"""Space taken by texts."""

from qtpy.QtCore import QRectF

from sleap.gui.overlays.room import Room


def test_what_is_taken_counts() -> None:
    room = Room(200, 100)
    room.take(QRectF(40, 40, 40, 20))
    assert room.overlap(40, 40, 40, 20) == 1
    assert room.overlap(60, 40, 40, 20) == 0.5
    assert room.overlap(80, 40, 40, 20) == 0


def test_outside_is_taken_and_harmless() -> None:
    room = Room(200, 100)
    room.take(QRectF(-500, -500, 20, 20))
    room.take(QRectF(5000, 5000, 20, 20))
    assert room.overlap(5000, 10, 20, 20) == 1
    assert room.overlap(-30, 12, 20, 20) == 1
    assert room.overlap(-10, 12, 20, 20) == 0.5
