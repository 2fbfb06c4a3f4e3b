import threading
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sleap.core.instance import PredictedInstance
from sleap.core.series import compute
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.editing.document import Document
from sleap.editing.edits import frames, suggestions
from sleap.editing.transaction import Transaction
from sleap.gui import jobs
from sleap.gui.session import Session
from sleap.gui.timeline import feed as feeding
from sleap.gui.timeline.data import TimelineData
from sleap.gui.timeline.feed import Feed

NAME = "instance_score_min"


@pytest.fixture
def feed(session: Session, qapp: object) -> Iterator[Feed]:
    feed = Feed(session)
    yield feed
    feed.deleteLater()


def add(tx: Transaction, frame_idx: int, track: Track | None = None, score: float = 0.5) -> None:
    labels = tx.labels
    row = tx.add_frame(labels.videos[0], frame_idx)
    new = PredictedInstance(labels.skeleton, np.ones((3, 2)), score=score, track=track)
    tx.add_instances([row], [new])


def is_current(feed: Feed, session: Session) -> bool:
    assert feed.data is not None and session.video is not None
    anew = TimelineData.of(session.labels, session.video)
    return (
        feed.data.marks.labeled.tolist() == anew.marks.labeled.tolist()
        and feed.data.marks.flags.tolist() == anew.marks.flags.tolist()
        and feed.data.marks.states.tolist() == anew.marks.states.tolist()
        and feed.data.marks.anchored.tolist() == anew.marks.anchored.tolist()
        and feed.data.runs.starts.tolist() == anew.runs.starts.tolist()
    )


def test_edits_are_followed_and_undone(feed: Feed, session: Session, qtbot: QtBot) -> None:
    document, video = session.document, session.video
    assert video is not None
    first = feed.data
    for edit in (
        lambda tx: add(tx, 33, session.labels.tracks[1]),
        lambda tx: frames.mark_negative_frame(tx, video, 44),
        lambda tx: suggestions.add_suggestion(tx, video, 45),
        lambda tx: frames.add_negative_anchor(tx, video, 3, 1.0, 1.0),
        lambda tx: frames.remove_frames(tx, video, [10]),
    ):
        with qtbot.waitSignal(feed.changed, timeout=2000):
            document.run(edit)
        assert is_current(feed, session)
    for _ in range(5):
        document.undo()
        assert is_current(feed, session)
    assert feed.data is first  # never read anew


def test_many_edited_frames_are_read_anew(feed: Feed, session: Session) -> None:
    first = feed.data
    session.document.run(lambda tx: [add(tx, frame_idx) for frame_idx in range(30, 99)])
    assert feed.data is not first
    assert is_current(feed, session)


def test_a_new_track_is_followed_and_a_removed_one_read_anew(feed: Feed, session: Session) -> None:
    first = feed.data
    new = Track("new")

    def edit(tx: Transaction) -> None:
        tx.add_track(new)
        add(tx, 50, new)

    session.document.run(edit)
    assert feed.data is first and is_current(feed, session)
    session.document.undo()
    assert is_current(feed, session)


def test_another_video_is_read(feed: Feed, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignals([feed.reset, feed.changed], timeout=2000):
        session.go_to(3, session.labels.videos[1])
    assert feed.data is not None and feed.data.n_frames == 50
    assert is_current(feed, session)


def test_without_a_video_there_is_nothing(feed: Feed, session: Session) -> None:
    session.set_look(header_statistic=NAME)
    session.open(Document.new())
    assert feed.data is None and feed.graph is None


def test_the_statistic_is_chosen_and_follows_edits(feed: Feed, session: Session) -> None:
    assert feed.graph is None
    session.set_look(header_statistic=NAME)
    assert feed.graph is not None
    session.document.run(add, 33, None, 0.125)
    assert feed.graph.value_at(33) == 0.125
    session.document.undo()
    np.testing.assert_array_equal(feed.graph.levels.values, compute(session.labels.store, 0, NAME))
    session.set_look(header_statistic="primary_point_displacement_sum")
    session.document.run(add, 34, session.labels.tracks[0])
    assert feed.graph is not None
    anew = compute(session.labels.store, 0, "primary_point_displacement_sum")
    np.testing.assert_array_equal(feed.graph.levels.values, anew)
    session.set_look(header_statistic="no such thing")
    assert feed.graph is None and feed.statistic == ""


def test_the_node_of_the_statistic_is_chosen(feed: Feed, session: Session) -> None:
    name = "primary_point_displacement_sum"
    session.set_look(header_statistic=name, header_node="tail")
    first = feed.graph
    assert first is not None and first.node == "tail"
    session.document.run(add, 34, session.labels.tracks[0])
    assert feed.graph is first  # it follows; nothing is computed anew
    anew = compute(session.labels.store, 0, name, "tail")
    np.testing.assert_array_equal(first.levels.values, anew)
    session.set_look(header_node="head")
    assert feed.graph is not None and feed.graph.node == "head"
    session.set_look(header_node="of another skeleton")
    assert feed.node == "" and feed.graph is not None
    session.set_look(header_statistic="point_count", header_node="tail")
    assert feed.node == ""


def test_a_graph_forgets_tracks_that_are_gone(feed: Feed, session: Session) -> None:
    name = "primary_point_displacement_sum"
    session.set_look(header_statistic=name)
    session.document.run(lambda tx: tx.add_track(Track("new")))
    graph = feed.graph
    session.document.undo()
    assert feed.graph is not graph
    session.document.run(add, 34, session.labels.tracks[1])
    assert feed.graph is not None
    np.testing.assert_array_equal(feed.graph.levels.values, compute(session.labels.store, 0, name))


def test_a_look_that_changes_only_colors_computes_nothing(feed: Feed, session: Session) -> None:
    session.set_look(header_statistic=NAME)
    graph = feed.graph
    session.set_look(palette="five+")
    assert feed.graph is graph


def test_edits_made_while_it_is_read_are_not_lost(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("N_FRAMES_AT_ONCE", "N_MEASURED_AT_ONCE"):
        monkeypatch.setattr(feeding, name, 0)
    session.set_look(header_statistic=NAME)
    begin, read = threading.Event(), TimelineData.of
    caller = threading.current_thread()

    def slow(*args: object) -> TimelineData:
        assert threading.current_thread() is not caller
        data = read(*args)  # type: ignore[arg-type]
        begin.wait(5)
        return data

    monkeypatch.setattr(TimelineData, "of", slow)
    feed = Feed(session)
    assert feed.data is None and feed.is_loading
    session.document.run(add, 33, session.labels.tracks[0], 0.125)
    session.labels.suggestions.append(SuggestionFrame(session.labels.videos[0], 77))
    session.document.run(suggestions.add_suggestion, session.video, 78)
    begin.set()
    qtbot.waitUntil(lambda: not feed.is_loading, timeout=5000)
    monkeypatch.undo()
    assert is_current(feed, session)
    assert feed.graph is not None and feed.graph.value_at(33) == 0.125
    feed.deleteLater()


def test_what_is_read_for_a_closed_timeline_is_dropped(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "N_FRAMES_AT_ONCE", 0)
    begin, read = threading.Event(), TimelineData.of

    def slow(*args: object) -> TimelineData:
        begin.wait(5)
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(TimelineData, "of", slow)
    before = set(jobs.running)
    feed = Feed(session)
    piece = feed._data
    with qtbot.waitSignal(feed.destroyed, timeout=2000):
        feed.deleteLater()
    begin.set()
    qtbot.waitUntil(lambda: jobs.running <= before, timeout=5000)
    assert piece.value is None
    session.document.run(add, 33)  # nobody follows


def test_reading_that_was_disturbed_is_tried_again(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "N_FRAMES_AT_ONCE", 0)
    begin, read, n_tried = threading.Event(), TimelineData.of, []

    def disturbed(*args: object) -> TimelineData:
        n_tried.append(1)
        if len(n_tried) == 1:
            begin.wait(5)
            raise IndexError("a table grew")
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(TimelineData, "of", disturbed)
    feed = Feed(session)
    session.document.run(add, 33)
    begin.set()
    qtbot.waitUntil(lambda: not feed.is_loading, timeout=5000)
    assert len(n_tried) == 2
    monkeypatch.undo()
    assert is_current(feed, session)
    feed.deleteLater()
