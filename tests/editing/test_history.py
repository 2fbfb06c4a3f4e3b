import numpy as np

from sleap.core.tables import POINTS
from sleap.editing.changes.rows import RemoveInstances
from sleap.editing.changes.values import SetPoints
from sleap.editing.history import Entry, History


def move(row: int, x: float) -> SetPoints:
    new = np.zeros(1, POINTS)
    new["x"] = x
    return SetPoints(np.array([row]), np.array([0]), np.zeros(1, POINTS), new)


def test_moves_of_one_point_become_one_change() -> None:
    entry = Entry("Move", [move(1, 2.0)])
    entry.join([move(1, 3.0)])
    (change,) = entry.changes
    assert isinstance(change, SetPoints)
    assert change.old["x"] == [0]
    assert change.new["x"] == [3]


def test_other_changes_follow_one_another() -> None:
    entry = Entry("Move", [move(1, 2.0)])
    entry.join([move(2, 3.0)])
    entry.join([RemoveInstances(np.array([4]))])
    assert len(entry.changes) == 3


def test_only_the_last_entry_of_the_same_key_takes_more_in() -> None:
    history = History()
    history.push(Entry("Move", key="drag 1"))
    assert history.can_join("drag 1")
    assert not history.can_join("drag 2")
    assert not history.can_join(None)
    history.undone.append(Entry("Other"))
    assert not history.can_join("drag 1")


def test_memory_is_counted() -> None:
    history = History()
    assert history.n_bytes == 0
    history.push(Entry("Remove", [RemoveInstances(np.arange(1000))]))
    history.undone.append(Entry("Remove", [RemoveInstances(np.arange(10))]))
    assert history.n_bytes == 8 * 1010


def test_pushing_ends_what_could_be_redone() -> None:
    history = History(undone=[Entry("Old")])
    history.push(Entry("New"))
    assert not history.undone
    assert history.position is history.done[-1]
