"""Every action of every menu, whatever it is."""

import pytest

from sleap.core.labels import Labels
from sleap.editing.document import Document
from sleap.editing.edits.instances.copying import copy_instance
from sleap.gui.actions.action import Action, Choices
from sleap.gui.actions.table import ACTIONS, MENUS
from sleap.gui.main_window import MainWindow
from sleap.gui.shortcuts import DEFAULTS

ROWS = [row for _, rows in MENUS for row in rows]
KEYS_OF_NO_MENU = {"hold to hide", "hold to magnify"}
"""Those held on the canvas."""


def test_ids_are_there_once() -> None:
    ids = [row.id for row in ROWS if isinstance(row, Action)]
    assert len(ids) == len(set(ids)) == len(ACTIONS)


def test_every_key_has_an_action() -> None:
    assert set(DEFAULTS) - set(ACTIONS) == KEYS_OF_NO_MENU


def test_rows_lie_in_their_menu() -> None:
    for title, rows in MENUS:
        for row in rows:
            assert row.menu == "" or row.menu.split("/")[0] == title


def test_titles_in_a_menu_differ() -> None:
    places = [(row.menu, row.title) for row in ROWS if isinstance(row, Action)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("is_empty", [True, False])
def test_every_row_knows_whether_it_can_be_done(window: MainWindow, is_empty: bool) -> None:
    if is_empty:
        window.take(Document(Labels()))
    for row in ROWS:
        assert row.enabled(window.session) in (True, False)
        if isinstance(row, Choices):
            choices = row.make(window)
            assert all(choice.title for choice in choices)
            assert sum(bool(choice.is_checked) for choice in choices) <= max(1, len(window.docks))
        else:
            if row.checked is not None:
                assert row.checked(window) in (True, False)
            if row.detail is not None:
                assert isinstance(row.detail(window), str)


NOT_TRIED = {"new", "open preferences", "close", "close window", "save", "play"}
"""These open or close windows, or need a file; they are tested elsewhere."""


def test_every_action_that_asks_nothing_can_be_done_and_undone(window: MainWindow) -> None:
    session = window.session
    n_before = session.labels.store.n_instances
    window.copied_instance = copy_instance(session.labels[0][0])
    window.is_track_copied = True
    for id, action in ACTIONS.items():
        if action.title.endswith("…") or id in NOT_TRIED:
            continue
        session.go_to(0, session.labels.videos[0])
        session.set_look(color_predicted=True)
        session.select(session.selectable[0])
        session.set_range(0, 12)
        window.menus.trigger(id)
        while session.document.undo():
            pass
        assert session.labels.store.n_instances == n_before, id
        assert not session.document.is_modified, id
