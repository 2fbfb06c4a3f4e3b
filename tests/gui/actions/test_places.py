from sleap.core.labels import Labels
from sleap.editing.document import Document
from sleap.gui.actions import places
from sleap.gui.session import Session


def test_labeled_frames_go_round(session: Session) -> None:
    assert places.labeled(session, 1) == 10
    assert places.labeled(session, -1) == 20
    session.go_to(15)
    assert (places.labeled(session, 1), places.labeled(session, -1)) == (20, 10)
    session.go_to(20)
    assert places.labeled(session, 1, "user") == 0


def test_without_labels_there_is_nowhere_to_go(session: Session, labels: Labels) -> None:
    session.go_to(0, labels.videos[1])
    assert places.labeled(session, 1) is None
    assert places.track_spawn(session) is None
    assert places.run_end(session, 1) is None
    empty = Session(Document(Labels()))
    assert places.labeled(empty, 1) is None


def test_tracks_begin_somewhere(session: Session, labels: Labels) -> None:
    assert places.track_spawn(session) is None
    frame = labels[(labels.videos[0], 0)]
    frame.instances[2].track = None
    assert places.track_spawn(session) == 10


def test_runs_end_where_a_frame_is_missing(session: Session, labels: Labels) -> None:
    for frame_idx in (11, 12):
        labels.add_frame(labels.videos[0], frame_idx)
    session.go_to(10)
    assert places.run_end(session, 1) == 12
    assert places.run_end(session, -1) == 0
    session.go_to(12)
    assert (places.run_end(session, 1), places.run_end(session, -1)) == (20, 10)
