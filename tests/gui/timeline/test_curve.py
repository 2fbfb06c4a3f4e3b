import numpy as np
import pytest
from qtpy.QtCore import QRectF
from qtpy.QtGui import QImage, QPainter, QPalette

from sleap.gui.timeline.colors import Colors
from sleap.gui.timeline.curve import draw_graph, value_range
from sleap.gui.timeline.levels import Levels
from sleap.gui.timeline.span import Span


def draw(values: np.ndarray, span: Span) -> tuple[QImage, Colors]:
    colors = Colors.of(QPalette())
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    draw_graph(painter, Levels(values), span, QRectF(0, 0, 200, 30), colors, 200)
    painter.end()
    return image, colors


def inked(image: QImage, colors: Colors, x: int) -> list[int]:
    return [y for y in range(30) if image.pixelColor(x, y) != colors.lane]


@pytest.mark.usefixtures("qapp")
def test_a_single_peak_among_a_million_is_seen() -> None:
    values = np.zeros(1_000_000)
    values[500_000] = 1
    image, colors = draw(values, Span.whole(1_000_000, 0, 200))
    tops = [min(inked(image, colors, x)) for x in range(200)]
    assert min(tops) == 0
    assert abs(tops.index(0) - 100) <= 1


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", [50, 4000], ids=["line", "columns"])
def test_gaps_stay_empty(size: int) -> None:
    values = np.linspace(0, 1, size)
    values[size // 4 : size // 2] = np.nan
    image, colors = draw(values, Span.whole(size, 0, 200))
    assert not inked(image, colors, 75)
    assert inked(image, colors, 30) and inked(image, colors, 150)


@pytest.mark.usefixtures("qapp")
def test_a_value_between_gaps_is_seen() -> None:
    values = np.full(20, np.nan)
    values[10] = 3
    image, colors = draw(values, Span.whole(20, 0, 200))
    assert inked(image, colors, 105)


@pytest.mark.usefixtures("qapp")
def test_of_no_graph_the_ground_is_drawn() -> None:
    image, colors = draw(np.full(10, np.nan), Span.whole(10, 0, 200))
    assert not any(inked(image, colors, x) for x in range(200))


def test_the_range_is_that_of_what_is_in_sight() -> None:
    graph = Levels(np.arange(1000.0))
    span = Span.whole(1000, 0, 100)
    assert value_range(graph, span) == (0, 999)
    low, high = value_range(graph, span.shown(100, 200)) or (0, 0)
    assert 84 <= low <= 100 and 199 <= high <= 216
    assert value_range(Levels(np.ones(9)), Span.whole(9, 0, 9)) == (0.5, 1.5)
    assert value_range(Levels(np.full(9, np.nan)), Span.whole(9, 0, 9)) is None
