from pytestqt.qtbot import QtBot
from qtpy.QtCore import QObject

from sleap.editing.edits import suggestions
from sleap.editing.touched import Kind
from sleap.gui.bridge import SessionSignals
from sleap.gui.session import Session


def test_every_topic_is_a_signal(qtbot: QtBot, session: Session) -> None:
    signals = SessionSignals(session)
    with qtbot.waitSignal(signals.frame_changed) as told:
        session.go_to(7)
    assert told.args == [7]
    with qtbot.waitSignal(signals.selection_changed):
        session.select(int(session.labels.instance_rows()[0]))
    with qtbot.waitSignal(signals.range_changed):
        session.set_range(1, 5)
    with qtbot.waitSignal(signals.look_changed):
        session.set_look(bold_lines=True)
    with qtbot.waitSignal(signals.labels_changed) as told:
        session.document.run(suggestions.clear_suggestions)
    assert told.args[0].kinds == Kind.SUGGESTIONS
    with qtbot.waitSignals([signals.video_changed, signals.frame_changed]):
        session.go_to(0, session.labels.videos[1])
    with qtbot.waitSignal(signals.document_changed):
        session.open(session.document)


def test_ends_with_its_parent(qtbot: QtBot, session: Session, caplog) -> None:
    parent = QObject()
    signals = SessionSignals(session, parent)
    heard: list[int] = []
    signals.frame_changed.connect(heard.append)
    with qtbot.waitSignal(signals.destroyed):
        parent.deleteLater()
    session.go_to(7)
    assert heard == [] and caplog.text == ""
