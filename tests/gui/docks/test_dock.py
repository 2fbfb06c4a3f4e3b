import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QAbstractButton, QComboBox, QPushButton, QWidget

from sleap.editing.edits import tracks
from sleap.editing.touched import Kind, Touched
from sleap.gui.docks.dock import Dock, count, listed
from sleap.gui.docks.instances import InstancesDock
from sleap.gui.docks.skeleton import SkeletonDock
from sleap.gui.docks.suggestions import SuggestionsDock
from sleap.gui.docks.videos import VideosDock
from sleap.gui.session import Session
from sleap.gui.tables.view import TableView
from tests.gui.docks.conftest import Hand, Show


class Counter(Dock):
    """Counts how often it was refreshed."""

    kinds = Kind.TRACKS

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Counter")
        self.told: list[Touched | None] = []
        self.refresh_later()

    def refresh(self, touched: Touched | None = None) -> None:
        self.told.append(touched)


def test_it_is_refreshed_when_it_is_shown_and_by_what_concerns_it(
    session: Session, show: Show[Counter]
) -> None:
    dock = Counter(session)
    session.document.run(tracks.add_track, "c")
    assert dock.told == []
    show(dock)
    assert dock.told == [None]
    session.document.run(tracks.add_track, "d")
    assert dock.told[1:] == [Touched(Kind.TRACKS)]
    session.document.undo()
    assert len(dock.told) == 3


def test_a_hidden_dock_waits(session: Session, show: Show[Counter]) -> None:
    dock = show(Counter(session))
    dock.hide()
    session.document.run(tracks.add_track, "c")
    session.document.run(tracks.add_track, "d")
    assert dock.told == [None]
    dock.show()
    assert dock.told == [None, None]


def test_what_does_not_concern_it_is_passed_by(session: Session, show: Show[Counter]) -> None:
    from sleap.editing.edits import suggestions

    dock = show(Counter(session))
    session.document.run(suggestions.clear_suggestions)
    assert dock.told == [None]


def test_a_refusal_is_told_until_something_works(session: Session, show: Show[Counter]) -> None:
    dock = show(Counter(session))
    track = session.labels.tracks[0]
    assert dock.run(tracks.rename_track, track, " ") is None
    assert dock.notice.isVisible() and "needs a name" in dock.notice.text()
    dock.run(tracks.rename_track, track, "z")
    assert not dock.notice.isVisible()


@pytest.mark.parametrize(("answer", "expected"), [("agree", ["done"]), ("cancel", [])])
def test_a_question_is_answered(
    session: Session, show: Show[Counter], hand: Hand, answer: str, expected: list[str]
) -> None:
    dock = show(Counter(session))
    done: list[str] = []
    dock.confirm("Really <now>?", "It goes.", "Do It", lambda: done.append("done"))
    assert "Really &lt;now>?" in hand.answer(dock, answer)
    assert done == expected


def test_escape_is_no(session: Session, show: Show[Counter], qtbot: QtBot) -> None:
    from qtpy.QtWidgets import QMessageBox

    dock = show(Counter(session))
    done: list[str] = []
    dock.confirm("Really?", "It goes.", "Do It", lambda: done.append("done"))
    qtbot.keyClick(dock.findChild(QMessageBox), Qt.Key.Key_Escape)
    assert done == []


def test_numbers_in_words() -> None:
    assert count(1, "frame") == "1 frame"
    assert count(1204, "frame") == "1,204 frames"
    assert listed(["a", "", "b", "c"]) == "a, b and c"
    assert listed(["a"]) == "a"
    assert listed([]) == ""


DOCKS = [VideosDock, SkeletonDock, InstancesDock, SuggestionsDock]


@pytest.mark.parametrize("make", DOCKS)
def test_every_dock_does_with_250_pixels(
    session: Session, show: Show[Dock], qtbot: QtBot, make: type[Dock]
) -> None:
    dock = show(make(session), 250, 900)
    qtbot.waitUntil(lambda: dock.width() == 250)
    for widget in (*dock.findChildren(QAbstractButton), *dock.findChildren(QComboBox)):
        if widget.isVisible() and widget.objectName() and not _is_of_qt(widget):
            parent = widget.parentWidget()
            name = widget.objectName()
            assert parent.rect().contains(widget.geometry()), f"{name} is cut off"
            assert widget.width() >= widget.minimumSizeHint().width(), f"{name} is too narrow"
            place = widget.mapTo(dock, widget.rect().topRight())
            assert place.x() < 250, f"{name} is out of sight"


@pytest.mark.parametrize("make", DOCKS)
def test_all_is_reached_by_keys_and_told_by_the_mouse(
    session: Session, show: Show[Dock], make: type[Dock]
) -> None:
    dock = show(make(session), 320, 900)
    for kind in (QPushButton, QComboBox):
        for widget in dock.findChildren(kind):
            if widget.isVisible() and not _is_of_qt(widget):
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()
                assert widget.toolTip() or widget.parentWidget().toolTip(), widget.objectName()
    for table in dock.findChildren(TableView):
        assert table.accessibleName()
        assert table.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert not table.tabKeyNavigation()  # Tab goes on to the buttons


def _is_of_qt(widget: QWidget) -> bool:
    return widget.objectName().startswith("qt_")
