import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt

from sleap.core.suggestion import SuggestionFrame
from sleap.editing.document import Document
from sleap.editing.edits.instances import adding
from sleap.gui.docks.suggestions import SuggestionsDock
from sleap.gui.session import Session
from tests.gui.docks.conftest import Hand, Show, texts


@pytest.fixture
def dock(session: Session, show: Show[SuggestionsDock]) -> SuggestionsDock:
    return show(SuggestionsDock(session))


def frames(dock: SuggestionsDock) -> list[str]:
    return texts(dock.table, 1)


def test_it_lists_the_suggestions(dock: SuggestionsDock) -> None:
    assert texts(dock.table, 0) == ["first.mp4"] * 3
    assert frames(dock) == ["6", "11", "16"]
    assert texts(dock.table, 3) == ["", "✓", ""]
    assert texts(dock.table, 4) == ["", "0.80", ""]
    assert dock.state.text() == "1/3 labeled"


def test_the_video_gives_way_only_where_there_is_one(
    session: Session, show: Show[SuggestionsDock]
) -> None:
    from sleap.editing.edits import videos

    dock = show(SuggestionsDock(session), 250)
    assert not dock.table.isColumnHidden(0)
    session.document.run(videos.remove_videos, session.labels.videos[1:])
    assert dock.table.isColumnHidden(0)


def test_a_click_goes_to_the_frame(session: Session, dock: SuggestionsDock, hand: Hand) -> None:
    hand.click(dock.table, 2)
    assert session.frame_idx == 15


def test_prev_and_next_go_round(session: Session, dock: SuggestionsDock, hand: Hand) -> None:
    seen = []
    for _ in range(4):
        hand.press(dock.next_button)
        seen.append(session.frame_idx)
    assert seen == [5, 10, 15, 5]
    hand.press(dock.previous_button)
    assert session.frame_idx == 15
    assert dock.table.selected() == [2]


def test_next_follows_the_order_of_the_table(
    session: Session, dock: SuggestionsDock, hand: Hand
) -> None:
    dock.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    hand.press(dock.next_button)
    hand.press(dock.next_button)
    assert session.frame_idx == 10
    hand.press(dock.next_button)
    assert session.frame_idx == 5


def test_groups_take_turns(session: Session, dock: SuggestionsDock) -> None:
    video = session.labels.videos[1]
    session.labels.suggestions[:] = [
        SuggestionFrame(video, number, group) for number, group in enumerate([0, 0, 1, 1, 2])
    ]
    dock.refresh()
    dock.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert texts(dock.table, 2) == ["0", "1", "2", "0", "1"]


def test_labeling_a_frame_is_seen_at_once(
    session: Session, dock: SuggestionsDock, qtbot: QtBot
) -> None:
    session.go_to(5)
    with qtbot.assertNotEmitted(dock.model.modelReset):
        session.document.run(adding.add_instance, session.video, 5)
    assert texts(dock.table, 3) == ["✓", "✓", ""]
    assert dock.state.text() == "2/3 labeled"
    session.document.undo()
    assert dock.state.text() == "1/3 labeled"


def test_the_current_frame_is_added_once(
    session: Session, dock: SuggestionsDock, hand: Hand
) -> None:
    hand.press(dock.add_button)
    assert frames(dock) == ["6", "11", "16", "1"]
    assert not dock.add_button.isEnabled()
    assert dock.table.selected() == [3]


def test_remove_takes_the_selected_off(
    session: Session, dock: SuggestionsDock, hand: Hand, qtbot: QtBot
) -> None:
    hand.click(dock.table, 0)
    hand.press(dock.remove_button)
    assert frames(dock) == ["11", "16"]
    dock.table.setFocus()
    qtbot.keyClick(dock.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dock.table, Qt.Key.Key_Delete)
    assert frames(dock) == []
    assert dock.state.text() == "–"
    session.document.undo()
    session.document.undo()
    assert frames(dock) == ["6", "11", "16"]


def test_clear_all_asks(session: Session, dock: SuggestionsDock, hand: Hand) -> None:
    hand.press(dock.clear_button)
    assert "all 3 suggestions" in hand.answer(dock, "agree")
    assert frames(dock) == []
    session.document.undo()
    assert len(frames(dock)) == 3


def test_the_form_folds(dock: SuggestionsDock, hand: Hand, qtbot: QtBot) -> None:
    assert not dock.form.settings.isVisible()
    assert dock.form.start.isVisible()
    qtbot.mouseClick(dock.fold, Qt.MouseButton.LeftButton)
    assert dock.form.settings.isVisible()
    qtbot.mouseClick(dock.fold, Qt.MouseButton.LeftButton)
    assert not dock.form.settings.isVisible()


def test_the_form_is_open_where_there_is_nothing_else(
    session: Session, dock: SuggestionsDock
) -> None:
    session.open(Document.new())
    assert dock.form.settings.isVisible()


def generate(dock: SuggestionsDock, hand: Hand, qtbot: QtBot) -> None:
    hand.press(dock.form.start)
    qtbot.waitUntil(lambda: dock.form.start.isEnabled())


def test_new_ones_take_the_place_of_old_ones_but_for_labeled_ones(
    session: Session, dock: SuggestionsDock, hand: Hand, qtbot: QtBot
) -> None:
    dock.form.form.editor("per_video").set_value(4)
    generate(dock, hand, qtbot)
    there = frames(dock)
    assert there[0] == "11"  # frame 10 is labeled
    assert len(there) == 1 + 4 + 4
    assert session.document.undo_title == "Suggest 8 frames"
    session.document.undo()
    assert frames(dock) == ["6", "11", "16"]


def test_old_ones_are_kept_if_wanted(
    session: Session, dock: SuggestionsDock, hand: Hand, qtbot: QtBot
) -> None:
    dock.form.keep.setChecked(True)
    dock.form.target.setCurrentIndex(1)
    dock.form.form.editor("per_video").set_value(5)
    generate(dock, hand, qtbot)
    assert frames(dock)[:3] == ["6", "11", "16"]
    assert len(frames(dock)) == 8
    assert set(texts(dock.table, 0)) == {"first.mp4"}


def test_only_suggestions_of_the_current_video_are_replaced(
    session: Session, dock: SuggestionsDock, hand: Hand, qtbot: QtBot
) -> None:
    session.go_to(0, session.labels.videos[1])
    dock.form.target.setCurrentIndex(1)
    dock.form.form.editor("per_video").set_value(2)
    generate(dock, hand, qtbot)
    assert texts(dock.table, 0) == ["first.mp4"] * 3 + ["second.mp4"] * 2


def test_finding_nothing_is_told(
    session: Session, dock: SuggestionsDock, hand: Hand, qtbot: QtBot
) -> None:
    dock.form.method.setCurrentIndex(dock.form.method.findData("displacement"))
    dock.form.form.editor("displacement_threshold").set_value(99999.0)
    generate(dock, hand, qtbot)
    assert "No frame was found" in dock.notice.text()
    assert len(frames(dock)) == 3


def test_it_can_be_cancelled_and_edited_meanwhile(
    session: Session,
    dock: SuggestionsDock,
    hand: Hand,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sleap.suggestions.suggest as module

    go_on, begun, followed = threading.Event(), threading.Event(), threading.Event()
    original = module.suggest

    def slow(labels, videos, options, progress, folders):  # type: ignore[no-untyped-def]
        begun.set()
        followed.wait(10)
        progress.begin("Look at frames", 10)
        go_on.wait(10)
        return original(labels, videos, options, progress, folders)

    monkeypatch.setattr(module, "suggest", slow)
    hand.press(dock.form.start)
    assert begun.wait(5)
    assert dock.form.state.text() == "Looking for frames…"
    followed.set()
    qtbot.waitUntil(lambda: dock.form.state.text() == "Look at frames")
    assert not dock.form.start.isEnabled()
    session.go_to(7)
    hand.press(dock.add_button)
    hand.press(dock.form.cancel)
    go_on.set()
    qtbot.waitUntil(lambda: dock.form.start.isEnabled())
    assert frames(dock) == ["6", "11", "16", "8"]
    assert not dock.form.cancel.isVisible()


def test_the_golden_of_displacement_is_reached(
    data_dir: Path, show: Show[SuggestionsDock], hand: Hand, qtbot: QtBot
) -> None:
    session = Session(Document.open(data_dir / "centered_pair" / "predictions.slp"))
    dock = show(SuggestionsDock(session))
    dock.form.method.setCurrentIndex(dock.form.method.findData("displacement"))
    dock.form.form.editor("displacement_threshold").set_value(6.0)
    generate(dock, hand, qtbot)
    assert len(frames(dock)) == 19
    assert frames(dock)[:2] == ["29", "83"]
    session.document.close()
    session.close()


def test_next_goes_on_where_the_user_was_in_a_sorted_table(
    session: Session, dock: SuggestionsDock
) -> None:
    dock.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    session.go_to(10)
    session.go_to(40)
    dock.step(1)
    assert session.frame_idx == 5


def test_next_is_the_nearest_one_from_a_frame_that_is_not_suggested(
    session: Session, dock: SuggestionsDock
) -> None:
    session.go_to(12)
    dock.step(-1)
    assert session.frame_idx == 10
    session.go_to(12)
    dock.step(1)
    assert session.frame_idx == 15


def test_steps_work_while_it_is_hidden_and_do_not_read_all_anew(
    session: Session, dock: SuggestionsDock, monkeypatch: pytest.MonkeyPatch
) -> None:
    dock.hide()
    dock.step(1)
    assert session.frame_idx == 5
    monkeypatch.setattr(dock.rows, "read", lambda labels: pytest.fail("read anew"))
    dock.step(1)
    assert session.frame_idx == 10


def test_the_next_one_is_shown_when_one_is_removed(
    session: Session, dock: SuggestionsDock, hand: Hand
) -> None:
    hand.click(dock.table, 1)
    hand.press(dock.remove_button)
    assert (frames(dock), session.frame_idx, dock.table.selected()) == (["6", "16"], 15, [1])
    hand.press(dock.remove_button)
    assert (frames(dock), session.frame_idx) == (["6"], 5)
    session.document.undo()
    assert (session.frame_idx, dock.table.selected()) == (5, [0])


def test_suggestions_of_another_project_are_imported(
    session: Session, dock: SuggestionsDock, tmp_path: Path, qtbot: QtBot
) -> None:
    from sleap.core.labels import Labels
    from sleap.core.video import Video

    twin, strange = Video("elsewhere/first.mp4", shape=(100, 96, 128, 1)), Video("third.mp4")
    other = Labels(videos=[twin, strange])
    other.suggestions += [SuggestionFrame(twin, one, 3) for one in (10, 44)]
    other.suggestions.append(SuggestionFrame(strange, 2))
    other.save(tmp_path / "other.slp")
    dock.import_from(tmp_path / "other.slp")
    qtbot.waitUntil(lambda: len(frames(dock)) == 4)
    assert frames(dock)[-1] == "45" and texts(dock.table, 2)[-1] == "3"
    assert "no video “third.mp4”" in dock.notice.text()
    assert session.document.undo_title == "Import suggestions of other.slp"
    dock.import_from(tmp_path / "other.slp")
    qtbot.waitUntil(lambda: "suggested already" in dock.notice.text())
