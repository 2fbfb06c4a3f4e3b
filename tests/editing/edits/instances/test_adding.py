from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.editing.document import Document
from sleap.editing.edits.instances import adding
from sleap.editing.edits.instances.adding import NUDGE
from sleap.editing.edits.instances.filling import METHODS
from sleap.errors import LabelsError

Run = Callable[..., Any]


@pytest.mark.parametrize("method", METHODS)
def test_a_frame_without_anything_before_it(run: Run, labels: Labels, method: str) -> None:
    new = run(adding.add_instance, labels.video, 2, method)
    assert new.frame.frame_idx == 2
    assert new.is_visible.all()
    assert not new.points["complete"].any()
    assert (new.track, new.from_predicted) == (None, None)


def test_the_selected_instance_is_copied_beside_itself(run: Run, labels: Labels) -> None:
    selected = labels[2].instances[0]
    new = run(adding.add_instance, labels.video, 12, selected=selected)
    np.testing.assert_array_equal(new.numpy(), selected.numpy() + NUDGE)
    assert new.track is None
    there = run(adding.add_instance, labels.video, 30, selected=selected)
    np.testing.assert_array_equal(there.numpy(), selected.numpy())


def test_a_prediction_is_used_as_it_is(run: Run, labels: Labels) -> None:
    new = run(adding.add_instance, labels.video, 10, "copy_predictions", at=(5, 5))
    prediction = labels[0].instances[1]
    assert new.from_predicted is prediction
    assert new.track is labels.tracks[1]
    np.testing.assert_array_equal(new.numpy()[:3], prediction.numpy()[:3])
    assert new.points["visible"].tolist() == [True, True, True, False]
    np.testing.assert_allclose(new["right"], (320, 110), atol=1e-6)  # as on the other animals


def test_an_animal_of_the_frame_before_keeps_its_track(run: Run, labels: Labels) -> None:
    new = run(adding.add_instance, labels.video, 13)
    before = labels[2].instances[0]
    np.testing.assert_array_equal(new.numpy(), before.numpy())
    assert new.track is before.track
    second = run(adding.add_instance, labels.video, 13)
    np.testing.assert_array_equal(second.numpy()[:2], labels[2].instances[1].numpy()[:2])
    assert second.is_visible.all()  # what was missing before is placed
    third = run(adding.add_instance, labels.video, 13)  # no more before: the last one here
    np.testing.assert_array_equal(third.numpy(), second.numpy() + NUDGE)


def test_a_copy_goes_where_it_is_wanted(run: Run, labels: Labels) -> None:
    new = run(adding.add_instance, labels.video, 13, "copy_prior_frame", at=(50, 60))
    box = new.bounding_box()
    np.testing.assert_allclose((box[:2] + box[2:]) / 2, (50, 60))


def test_of_another_skeleton(run: Run, labels: Labels) -> None:
    labels.skeletons.append(other := Skeleton(["a", "b"], [(0, 1)]))
    new = run(adding.add_instance, labels.video, 11, skeleton=other)
    assert new.skeleton is other
    labels.skeletons.append(empty := Skeleton())
    with pytest.raises(LabelsError, match="has no nodes"):
        run(adding.add_instance, labels.video, 11, skeleton=empty)


def test_nonsense_is_refused(run: Run, labels: Labels) -> None:
    with pytest.raises(LabelsError, match="no placement method 'worst'"):
        run(adding.add_instance, labels.video, 1, "worst")
    with pytest.raises(LabelsError, match="expected 0 to"):
        run(adding.add_instance, labels.video, -1)
    gone = labels[2].instances[0]
    labels[2].remove(gone)
    with pytest.raises(LabelsError, match="may have been removed"):
        run(adding.add_instance, labels.video, 12, selected=gone)
    new = Document(Labels())
    new.labels.videos.append(labels.video)
    with pytest.raises(LabelsError, match="have no skeleton"):
        new.run(adding.add_instance, labels.video, 1)
    assert len(new.labels) == 0


def test_a_prediction_becomes_a_user_instance(run: Run, labels: Labels) -> None:
    used, prediction, _ = labels[0].instances
    new = run(adding.convert_prediction, prediction)
    assert new.from_predicted is prediction
    assert new.track is prediction.track
    assert new.points["visible"].tolist() == [True, True, True, False]
    assert not np.isnan(new.numpy()).any()
    for one in (used, prediction, new):
        with pytest.raises(LabelsError, match="is no prediction, or there is a user instance"):
            run(adding.convert_prediction, one)


def test_all_predictions_of_a_frame_become_user_instances(run: Run, labels: Labels) -> None:
    assert len(run(adding.convert_predictions, labels.video, 10)) == 1
    new = run(adding.convert_predictions, labels.video, 11)
    assert [one.from_predicted for one in new] == labels[1].predicted_instances
    assert run(adding.convert_predictions, labels.video, 11) == []
    assert run(adding.convert_predictions, labels.video, 99) == []


def test_missing_nodes_are_placed_as_not_visible(run: Run, labels: Labels) -> None:
    alone = labels[2].instances[1]
    assert run(adding.add_missing_nodes, alone) == 2
    assert alone.points["visible"].tolist() == [True, True, False, False]
    np.testing.assert_allclose(alone.numpy()[2:], [(320, 90), (320, 110)], atol=1e-6)
    assert run(adding.add_missing_nodes, alone) == 0
    with pytest.raises(LabelsError, match="is a prediction"):
        run(adding.add_missing_nodes, labels[1].instances[0])
