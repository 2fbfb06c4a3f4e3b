import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.editing.edits import points, videos
from sleap.editing.edits.instances import deleting
from sleap.editing.touched import Kind, Touched
from sleap.gui.session import Session, Topic


def listen(session: Session) -> list[Topic]:
    heard: list[Topic] = []
    for topic in Topic:
        session.subscribe(topic, lambda *facts, topic=topic: heard.append(topic))
    return heard


def test_begins_with_the_first_video(session: Session, labels: Labels) -> None:
    assert session.video is labels.videos[0]
    assert (session.frame_idx, session.n_frames, session.instance_row) == (0, 100, -1)
    assert session.frame is not None


def test_an_empty_project_has_nothing_to_show() -> None:
    session = Session()
    session.go_to(5)
    session.step(1)
    session.set_range(1, 2)
    assert (session.video, session.n_frames, session.instances) == (None, 0, [])
    assert session.frame is None and session.frame_range is None


def test_goes_to_the_nearest_frame_there_is(session: Session) -> None:
    heard = listen(session)
    session.go_to(1000)
    assert session.frame_idx == 99
    session.go_to(99)
    session.go_to(-3)
    assert session.frame_idx == 0
    assert heard == [Topic.FRAME, Topic.FRAME]


def test_steps_go_round(session: Session) -> None:
    session.step(-1)
    assert session.frame_idx == 99
    session.step(50)
    assert session.frame_idx == 49


def test_another_video_has_no_selection_and_range(session: Session, labels: Labels) -> None:
    session.select(session.instances[0])
    session.set_range(9, 3)
    assert session.frame_range == (3, 9)
    heard = listen(session)
    session.go_to(0, labels.videos[1])
    assert heard == [Topic.VIDEO, Topic.FRAME, Topic.SELECTION, Topic.RANGE]
    assert (session.instance_row, session.frame_range, session.n_frames) == (-1, None, 50)


def test_predictions_lie_below_and_are_selectable_if_coloured(session: Session) -> None:
    kinds = [labels_row.is_predicted for labels_row in (session.frame or [])]
    assert sorted(kinds) == [False, False, True, True]
    store = session.labels.store
    drawn = store.instances.rows["instance_type"][session.instances].tolist()
    assert drawn == sorted(drawn, reverse=True)
    assert len(session.selectable) == 2
    session.set_look(color_predicted=True)
    assert len(session.selectable) == 4
    assert set(session.selectable[2:]) == set(session.instances[:2])


def test_selecting_an_instance_elsewhere_goes_there(session: Session) -> None:
    row = int(session.labels.instance_rows()[-1])
    session.select(row, {1})
    assert (session.frame_idx, session.instance_row, session.nodes) == (20, row, {1})
    session.select(-1, {1})
    assert session.nodes == frozenset()
    assert session.instance is None


def test_edits_are_passed_on(session: Session) -> None:
    session.go_to(10)
    instance = session.frame[0] if session.frame else None
    told: list[Touched] = []
    session.subscribe(Topic.LABELS, told.append)
    session.document.run(points.move_node, instance, "head", 1.0, 2.0)
    assert [one.kinds for one in told] == [Kind.POINTS]
    assert session.last_edited == (session.video, 10)


def test_a_deleted_instance_is_not_selected(session: Session) -> None:
    row = session.selectable[0]
    session.select(row)
    instance = session.instance
    heard = listen(session)
    session.document.run(deleting.delete_instance, instance)
    assert session.instance_row == -1
    assert heard == [Topic.LABELS, Topic.SELECTION]
    session.document.undo()
    assert row in session.instances


def test_a_removed_video_is_left(session: Session, labels: Labels) -> None:
    session.go_to(90)
    session.mark()
    heard = listen(session)
    session.document.run(videos.remove_videos, [labels.videos[0]])
    assert session.video is labels.videos[0] and session.video.name == "second.mp4"
    assert (session.frame_idx, session.marked) == (0, None)
    assert heard == [Topic.LABELS, Topic.VIDEO, Topic.FRAME]


def test_the_first_video_added_is_shown() -> None:
    session = Session()
    session.document.run(videos.add_videos, [Video("new.mp4", shape=(7, 4, 4, 1))])
    assert session.video is not None and session.n_frames == 7


def test_a_video_of_unknown_length_reaches_to_its_last_label(labels: Labels) -> None:
    labels.videos[0].shape = None
    assert Session(Document(labels)).n_frames == 21


def test_look_changes_once(session: Session) -> None:
    heard = listen(session)
    session.set_look(marker_size=6)
    session.set_look(marker_size=6)
    assert heard == [Topic.LOOK]
    with pytest.raises(ValueError, match="sise"):
        session.set_look(marker_sise=6)


def test_another_document_ends_the_first(session: Session) -> None:
    old = session.document
    heard = listen(session)
    session.open(Document(Labels()))
    assert heard[0] is Topic.DOCUMENT and session.video is None
    heard.clear()
    old.run(videos.add_videos, [Video("late.mp4")])
    assert heard == []


def test_a_listener_that_fails_stops_no_other(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("broken view")

    session.subscribe(Topic.FRAME, fail)
    heard = listen(session)
    session.go_to(3)
    assert heard == [Topic.FRAME]
    assert "broken view" in caplog.text


def test_ended_subscriptions_hear_nothing(session: Session) -> None:
    heard: list[int] = []
    end = session.subscribe(Topic.FRAME, lambda: heard.append(1))
    end()
    end()
    session.go_to(3)
    assert heard == []


def test_undo_and_redo_go_to_where_the_change_is(session: Session, labels: Labels) -> None:
    one = labels[1].user_instances[0]
    session.document.run(points.move_node, one, "head", 1, 2)
    session.document.run(videos.relink_videos, {1: "moved.mp4"})
    session.go_to(70)
    assert session.undo() == "Relink videos"
    assert session.frame_idx == 70, "a change of no frame leads nowhere"
    session.undo()
    assert (session.video, session.frame_idx) == (labels.videos[0], 10)
    session.go_to(3, labels.videos[1])
    session.redo()
    assert (session.video, session.frame_idx) == (labels.videos[0], 10)
    assert session.undo() and session.undo() is None


def test_undo_stays_on_a_frame_that_it_touches(session: Session, labels: Labels) -> None:
    both = [labels[number].user_instances[0] for number in (1, 2)]
    session.document.run(points.shift_nodes, [(one, "head") for one in both], 1, 1)
    session.go_to(20)
    session.undo()
    assert session.frame_idx == 20
