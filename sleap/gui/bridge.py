"""The session as signals of Qt."""

from qtpy.QtCore import QObject, Signal

from sleap.gui.session import Session, Topic


class SessionSignals(QObject):
    """Tells widgets what happens in a session, and ends that with its parent.

    Args:
        session: The session.
        parent: The widget that listens.
    """

    document_changed = Signal()
    video_changed = Signal()
    frame_changed = Signal(int)
    """Index of the frame that is current now."""
    selection_changed = Signal()
    range_changed = Signal()
    look_changed = Signal()
    labels_changed = Signal(object)
    """What was touched, ``sleap.editing.touched.Touched``."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        ends = [
            session.subscribe(Topic.DOCUMENT, self.document_changed.emit),
            session.subscribe(Topic.VIDEO, self.video_changed.emit),
            session.subscribe(Topic.FRAME, lambda: self.frame_changed.emit(session.frame_idx)),
            session.subscribe(Topic.SELECTION, self.selection_changed.emit),
            session.subscribe(Topic.RANGE, self.range_changed.emit),
            session.subscribe(Topic.LOOK, self.look_changed.emit),
            session.subscribe(Topic.LABELS, self.labels_changed.emit),
        ]
        self.destroyed.connect(lambda: [end() for end in ends])
