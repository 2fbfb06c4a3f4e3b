from attrs import define, field
from qtpy.QtCore import QEvent, QPointF, Qt
from qtpy.QtGui import QMouseEvent

from sleap.gui.timeline.gestures import Does, Gestures
from sleap.gui.timeline.lanes import Lanes
from sleap.gui.timeline.span import Span

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@define
class Notes:
    """Notes what it is asked for; 100 frames, 10 pixels each."""

    span: Span = field(factory=lambda: Span.whole(100, 0.0, 1000.0))
    lanes: Lanes = field(factory=lambda: Lanes.arrange(2))
    done: list[tuple[object, ...]] = field(factory=list)

    def go(self, x: float) -> None:
        self.done.append(("go", x))

    def step(self, n_frames: int) -> None:
        self.done.append(("step", n_frames))

    def select(self, x0: float, x1: float | None) -> None:
        self.done.append(("select", x0, x1))

    def select_run(self, x: float) -> None:
        self.done.append(("run", x))

    def show_span(self, span: Span) -> None:
        self.span = span

    def scroll_rows(self, n_rows: int) -> None:
        self.done.append(("rows", n_rows))

    def update(self) -> None:
        pass


def event(x: float, modifier: Qt.KeyboardModifier = NONE) -> QMouseEvent:
    place = QPointF(x, 5)
    return QMouseEvent(QEvent.Type.MouseButtonPress, place, place, LEFT, LEFT, modifier)


def do(*places: float, modifier: Qt.KeyboardModifier = NONE) -> Notes:
    notes = Notes()
    gestures = Gestures(notes)
    gestures.press(event(places[0], modifier))
    for x in places[1:]:
        gestures.move(event(x, modifier))
    gestures.release(event(places[-1], modifier))
    assert gestures.does is Does.NOTHING
    return notes


def test_a_press_goes_at_once_and_a_drag_goes_on() -> None:
    assert do(100, 101, 150).done == [("go", 100), ("go", 101), ("go", 150)]


def test_a_trembling_hand_clicks() -> None:
    assert do(100, 102, modifier=SHIFT).done == [("select", 100, None)]
    assert not do(100, 102, modifier=ALT).span.is_zoomed


def test_a_drag_that_comes_back_is_a_drag() -> None:
    assert do(100, 200, 101, modifier=SHIFT).done == [("select", 100, 200), ("select", 100, 101)]


def test_zooming_takes_either_direction() -> None:
    there, back = do(105, 295, modifier=ALT), do(295, 105, modifier=ALT)
    assert (there.span.first, there.span.last) == (10, 30)
    assert back.span == there.span


def test_what_is_zoomed_to_is_known_while_it_is_dragged() -> None:
    gestures = Gestures(Notes())
    gestures.press(event(300, ALT))
    assert gestures.zoom_range is None
    gestures.move(event(100, ALT))
    assert gestures.zoom_range == (100, 300)
    gestures.release(event(100, ALT))
    assert gestures.zoom_range is None


def test_a_plain_double_click_is_one_more_click() -> None:
    notes = Notes()
    Gestures(notes).double_click(event(100))
    assert notes.done == [("go", 100)]
    Gestures(notes).double_click(event(100, SHIFT))
    assert notes.done[-1] == ("run", 100)
