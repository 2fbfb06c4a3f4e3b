from collections.abc import Callable

import pytest
from qtpy.QtGui import QColor, QFont, QImage, QPainter, QPalette

from sleap.gui.timeline.colors import Colors
from sleap.gui.timeline.lanes import Lanes
from sleap.gui.timeline.overlay import Overlay
from sleap.gui.timeline.span import Span

pytestmark = pytest.mark.usefixtures("qapp")

SPAN = Span.whole(1000, 12.0, 400.0)
LANES = Lanes.arrange(200, has_graph=True)
COLORS = Colors.of(QPalette(QColor("#eeeeee")))


def draw(do: Callable[[Overlay], None], span: Span = SPAN) -> QImage:
    image = QImage(424, int(LANES.height), QImage.Format.Format_RGB32)
    image.fill(COLORS.base)
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(10)
    do(Overlay(painter, span, LANES, COLORS, font))
    painter.end()
    return image


def drawn(image: QImage) -> tuple[int, int]:
    """Return the first and last column on which anything is drawn."""
    base = COLORS.base.rgb()
    columns = [
        x
        for x in range(image.width())
        if any(image.pixel(x, y) != base for y in range(image.height()))
    ]
    return (columns[0], columns[-1]) if columns else (-1, -1)


@pytest.mark.parametrize("frame_idx", [0, 500, 999])
def test_the_handle_is_on_its_frame_and_inside(frame_idx: int) -> None:
    image = draw(lambda overlay: overlay.handle(frame_idx, is_held=False))
    x = int(SPAN.x(frame_idx + 0.5))
    assert image.pixelColor(x, 30).lightness() < COLORS.base.lightness()
    first, last = drawn(image)
    assert 0 < first <= x <= last < 423


def test_a_held_handle_looks_different() -> None:
    free = draw(lambda overlay: overlay.handle(500, is_held=False))
    assert free != draw(lambda overlay: overlay.handle(500, is_held=True))


def test_what_is_out_of_sight_is_not_drawn() -> None:
    span = SPAN.shown(100, 200)
    assert drawn(draw(lambda overlay: overlay.handle(500, is_held=False), span)) == (-1, -1)
    assert drawn(draw(lambda overlay: overlay.marked(500), span)) == (-1, -1)


def test_a_range_covers_its_frames() -> None:
    first, last = drawn(draw(lambda overlay: overlay.frame_range(250, 749, 0)))
    assert first == pytest.approx(SPAN.x(250), abs=1.5)
    assert last == pytest.approx(SPAN.x(750), abs=1.5)


@pytest.mark.parametrize("frame_idx", [0, 300, 500, 700, 999])
def test_numbers_of_a_range_are_not_written_over(frame_idx: int) -> None:
    def both(overlay: Overlay) -> None:
        overlay.frame_range(100, 899, frame_idx)
        overlay.handle(frame_idx, is_held=False)

    tagged = draw(both)
    y = int(LANES.ruler.y + 5)
    row = [tagged.pixelColor(x, y) == COLORS.chosen for x in range(424)]
    assert sum(row) > 60
    starts = [x for x in range(1, 424) if row[x] and not row[x - 1]]
    ends = [x for x in range(1, 424) if row[x - 1] and not row[x]]
    handle = SPAN.x(frame_idx + 0.5)
    assert not starts[0] < handle < ends[-1]


def test_a_range_of_one_frame_is_seen() -> None:
    first, last = drawn(draw(lambda overlay: overlay.frame_range(500, 500, 0)))
    assert last > first


def test_all_but_what_is_zoomed_to_is_dimmed() -> None:
    image = draw(lambda overlay: overlay.zoom_range(100, 200))
    first, last = drawn(image)
    assert (first, last) == (pytest.approx(100, abs=1), pytest.approx(200, abs=1))


@pytest.mark.parametrize(
    "do",
    [
        lambda overlay: overlay.hover(300),
        lambda overlay: overlay.axis("Score (min)", "0", "1"),
        lambda overlay: overlay.note("Reading…", LANES.labels),
        lambda overlay: overlay.row_bar(50),
        lambda overlay: overlay.marked(300),
    ],
)
def test_hints_are_drawn_inside(do: Callable[[Overlay], None]) -> None:
    first, last = drawn(draw(do))
    assert 0 <= first < last <= 423 or first == last > 0
