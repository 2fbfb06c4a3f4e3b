import random

import numpy as np
import random_edits

from sleap import Instance, PredictedInstance
from sleap.editing.changes.rows import mark_frames
from sleap.editing.document import Document
from sleap.editing.journal.base import Base
from sleap.editing.journal.fill import Absent
from sleap.editing.snapshot import Snapshot


def test_rows_that_come_back_are_told_once() -> None:
    document = Document(random_edits.start())
    document.run(random_edits.add_frames, random.Random(1))
    document.run(random_edits.add_instances, random.Random(1))
    rows = document.labels.store.live_instances
    document.run(lambda tx: tx.remove_instances(rows, with_frames=True))
    absent = Absent(document.labels)
    assert absent.take(document.labels) is None
    document.undo()
    fill = absent.take(document.labels)
    assert fill is not None
    assert fill.instances.tolist() == rows.tolist()
    assert len(fill.frames)
    assert absent.take(document.labels) is None


def test_other_labels_filled_with_them_are_the_same() -> None:
    document = Document(random_edits.start())
    skeleton = document.labels.skeleton
    origin = PredictedInstance(skeleton, np.ones((3, 2)), score=0.5)
    user = Instance(skeleton, np.zeros((3, 2)), from_predicted=origin)
    other = Instance(skeleton, np.zeros((3, 2)))

    def add(tx) -> None:
        frames = [tx.add_frame(0, 3), tx.add_frame(0, 3), tx.add_frame(0, 4)]
        tx.add_instances(frames, [origin, user, other])

    document.run(add)
    document.run(lambda tx: (tx.remove_instances([origin.row]), tx.remove_frames([1])))
    absent = Absent(document.labels)
    snapshot = Snapshot(document.labels).labels()
    base = Base.of(snapshot)
    base.spread(snapshot)
    document.undo()
    fill = absent.take(document.labels)
    assert fill is not None
    mark_frames(snapshot.store, fill.frames, dead=False)
    snapshot.store.revive_instances(fill.instances)
    fill.put(snapshot)
    assert random_edits.contents(snapshot) == random_edits.contents(document.labels)
    fill.put(snapshot)  # rows that are there already are written over
    assert random_edits.contents(snapshot) == random_edits.contents(document.labels)
    revived = snapshot[0].user_instances[0].from_predicted
    assert revived is not None
    assert revived.score == 0.5


def test_nothing_is_absent_from_a_file_just_read() -> None:
    document = Document(random_edits.start())
    absent = Absent()
    document.run(random_edits.add_frames, random.Random(1))
    document.undo()
    document.redo()
    assert absent.take(document.labels) is None
