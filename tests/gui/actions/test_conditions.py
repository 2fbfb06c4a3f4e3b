from sleap.gui.actions import conditions
from sleap.gui.session import Session

NOTHING = Session()


def test_an_empty_project_allows_nothing() -> None:
    names = [name for name in vars(conditions) if name.startswith(("has_", "can_", "is_", "was_"))]
    assert len(names) > 12
    assert [name for name in names if getattr(conditions, name)(NOTHING)] == []


def test_a_project_allows_what_it_has(session: Session) -> None:
    assert conditions.has_skeleton(session) and conditions.has_videos(session)
    assert not conditions.has_selection(session) and not conditions.has_range(session)
    session.select(session.selectable[0])
    session.set_range(1, 2)
    session.mark()
    assert conditions.has_selected_user_instance(session)
    assert conditions.has_selected_track(session)
    assert conditions.has_range(session) and conditions.has_mark(session)
    assert conditions.is_transposable(session)
    session.select(session.instances[0])
    assert not conditions.has_selected_user_instance(session)
