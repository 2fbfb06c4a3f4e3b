from itertools import pairwise

import pytest
from qtpy.QtGui import QFont, QImage, QPainter, QPalette

from sleap.gui.timeline import ruler
from sleap.gui.timeline.colors import Colors
from sleap.gui.timeline.lanes import Lane
from sleap.gui.timeline.span import Span

LANE = Lane(5.0, 18.0)


@pytest.mark.parametrize(
    ("least", "step"), [(0.1, 1), (1, 1), (1.5, 2), (2.5, 5), (7, 10), (11, 20), (500, 500)]
)
def test_steps_are_round(least: float, step: int) -> None:
    assert ruler.step_of(least) == step


def test_frames_are_counted_from_one() -> None:
    assert ruler.number(0) == "1"
    assert ruler.number(1_233_999) == "1,234,000"


@pytest.mark.parametrize("n_frames", [1, 2, 9, 100, 1350, 1_000_000])
@pytest.mark.parametrize("width", [60.0, 600.0, 2000.0])
def test_numbers_are_apart_and_round(n_frames: int, width: float) -> None:
    span = Span.whole(n_frames, 12.0, width)
    shown = ruler.ticks(span, 50.0)
    assert shown[0] == 0
    assert all(0 <= one < n_frames for one in shown)
    gaps = [(b - a) * span.scale for a, b in pairwise(shown[1:])]
    assert all(gap >= 49 for gap in gaps)


def test_the_bar_shows_what_part_is_visible() -> None:
    span = Span.whole(1000, 12.0, 500.0).shown(500, 1000)
    bar = ruler.scroll_bar(span, LANE)
    assert (bar.left(), bar.right()) == (262, 512)
    tiny = ruler.scroll_bar(Span.whole(10**6, 12.0, 500.0).shown(999_900, 10**6), LANE)
    assert tiny.width() == 12 and tiny.right() == 512


def test_the_bar_is_drawn_only_while_zoomed(qapp: object) -> None:
    colors = Colors.of(QPalette())
    whole = Span.whole(1000, 12.0, 276.0)
    images = []
    for span in (whole, whole.shown(100, 300)):
        image = QImage(300, 24, QImage.Format.Format_RGB32)
        image.fill(colors.base)
        painter = QPainter(image)
        ruler.draw(painter, span, LANE, colors, QFont())
        painter.end()
        images.append(image)
    assert images[0].pixelColor(50, 21) == colors.base
    assert images[1].pixelColor(50, 21) == colors.faint
