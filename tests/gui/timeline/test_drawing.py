from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPointF
from qtpy.QtGui import QColor, QImage, QPainter, QPalette, QPixmap
from qtpy.QtWidgets import QApplication

from sleap.gui.session import Session
from sleap.gui.timeline.drawing import Drawing, Pointer, View
from sleap.gui.timeline.feed import Feed
from sleap.gui.timeline.lanes import MARGIN, Lanes
from sleap.gui.timeline.span import Span


def view_of(width: int = 300) -> View:
    lanes = Lanes.arrange(2, has_graph=True, has_suggestions=True)
    span = Span.whole(100, MARGIN, width - 2 * MARGIN)
    return View(span, lanes, 0, width, int(lanes.height), 1.0)


def paint(drawing: Drawing, view: View, pointer: Pointer | None = None) -> QImage:
    pixmap = QPixmap(view.width, view.height)
    painter = QPainter(pixmap)
    drawing.paint(painter, view, pointer or Pointer())
    painter.end()
    return pixmap.toImage()


def test_the_picture_is_kept_until_it_would_differ(session: Session, qtbot: QtBot) -> None:
    drawing = Drawing(session, Feed(session))
    first = paint(drawing, view_of())
    picture = drawing._picture
    assert picture is not None
    pointer = Pointer(QPointF(150, 10), 50, None)
    assert paint(drawing, view_of(), pointer) != first
    assert drawing._picture is picture
    paint(drawing, view_of(320))
    assert drawing._picture is not picture
    drawing.forget()
    assert paint(drawing, view_of()) == first


def test_the_mouse_shows_what_the_graph_is(session: Session, qtbot: QtBot) -> None:
    session.set_look(header_statistic="point_count")
    drawing, view = Drawing(session, Feed(session)), view_of()
    on_graph, on_tracks = (
        paint(drawing, view, Pointer(QPointF(150, lane.y + 1), 50))
        for lane in (view.lanes.graph, view.lanes.tracks)
    )
    assert on_graph != on_tracks


def test_colors_are_those_of_the_window(session: Session, qtbot: QtBot) -> None:
    drawing = Drawing(session, Feed(session))
    dark = QPalette()
    dark.setColor(QPalette.ColorRole.Window, QColor("#222222"))
    dark.setColor(QPalette.ColorRole.WindowText, QColor("#eeeeee"))
    drawing.dress(dark, QApplication.font())
    assert paint(drawing, view_of()).pixelColor(1, 1) == QColor("#222222")
