from collections.abc import Callable
from typing import Any

import pytest

from sleap.core.labels import Labels
from sleap.editing.edits.instances import deleting
from sleap.errors import LabelsError

Run = Callable[..., Any]


def test_an_instance_goes_and_its_prediction_is_free_again(run: Run, labels: Labels) -> None:
    made = labels[0].instances[2]
    run(deleting.delete_instance, made)
    assert len(labels[0]) == 2
    with pytest.raises(LabelsError, match="may have been removed"):
        run(deleting.delete_instance, made)


def test_several_go_with_the_frames_left_empty(run: Run, labels: Labels) -> None:
    chosen = [*labels[1].instances, labels[0].instances[1], labels[0].instances[1]]
    assert run(deleting.delete_instances, chosen) == 3
    assert [frame.frame_idx for frame in labels] == [10, 12, 20, 5]
