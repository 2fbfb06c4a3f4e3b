import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.editing.document import Document
from sleap.editing.edits.instances.drafts import Draft
from sleap.errors import LabelsError


def test_a_copy_has_all_but_what_is_complete(labels: Labels, document: Document) -> None:
    made = labels[0].instances[2]
    made.points["visible"][1] = False
    draft = Draft.copy_of(labels, made.row)
    new = document.run(lambda tx: draft.put(tx, 1, 3))
    assert new.frame is labels[labels.videos[1], 3]
    np.testing.assert_array_equal(new.numpy(), made.numpy())
    assert new.points["visible"].tolist() == [True, False, True, True]
    assert not new.points["complete"].any()
    assert new.track is made.track
    assert new.from_predicted is None


def test_a_track_is_not_had_twice_by_user_instances(labels: Labels, document: Document) -> None:
    draft = Draft.copy_of(labels, 2)
    assert document.run(lambda tx: draft.put(tx, 0, 12)).track is None
    assert document.run(lambda tx: draft.put(tx, 0, 11)).track is labels.tracks[0]


def test_only_missing_points_are_filled(labels: Labels) -> None:
    draft = Draft.copy_of(labels, 6)
    draft.fill(np.full((4, 2), 7.0), is_visible=False)
    np.testing.assert_array_equal(draft.points, [(300, 100), (320, 100), (7, 7), (7, 7)])
    assert draft.visible.tolist() == [True, True, False, False]


def test_an_empty_skeleton_makes_no_instance() -> None:
    with pytest.raises(LabelsError, match="has no nodes: add some"):
        Draft.empty(Skeleton())
    assert np.isnan(Draft.empty(Skeleton(["a"])).points).all()
