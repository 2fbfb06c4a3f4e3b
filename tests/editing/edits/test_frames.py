from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.editing.edits import frames
from sleap.errors import LabelsError

Run = Callable[..., Any]


def test_a_negative_frame_is_labeled_and_empty(run: Run, labels: Labels) -> None:
    run(frames.mark_negative_frame, labels.video, 11)
    run(frames.mark_negative_frame, labels.video, 30)
    assert len(labels[labels.video, 11]) == len(labels[labels.video, 30]) == 0
    run(frames.mark_negative_frame, labels.video, 30)
    with pytest.raises(LabelsError, match=r"Frame 10 of 'day1.mp4' has instances set by the user"):
        run(frames.mark_negative_frame, labels.video, 10)


def test_a_negative_frame_is_none_again(run: Run, labels: Labels) -> None:
    run(frames.mark_negative_frame, labels.video, 30)
    run(frames.clear_negative_frame, labels.video, 30)
    run(frames.clear_negative_frame, labels.video, 31)
    run(frames.clear_negative_frame, labels.video, 10)
    assert labels.find(labels.video, 30) is None
    assert len(labels[labels.video, 10]) == 3


def test_frames_are_removed_with_what_is_on_them(run: Run, labels: Labels) -> None:
    assert run(frames.remove_frames, labels.video, [10, 99, 20, 10]) == 2
    assert [frame.frame_idx for frame in labels] == [11, 12, 5]
    assert run(frames.remove_frames, labels.video, np.array([10])) == 0


def test_anchors_are_added_once(run: Run, labels: Labels) -> None:
    for _ in range(2):
        run(frames.add_negative_anchor, labels.video, 10, 7, 8.5)
    assert labels.negative_anchors[0] == [(10, 5.0, 5.0), (10, 7.0, 8.5)]
    with pytest.raises(LabelsError, match="is no place"):
        run(frames.add_negative_anchor, labels.video, 10, 7, np.nan)


def test_anchors_of_a_frame_or_of_a_video_are_cleared(run: Run, labels: Labels) -> None:
    assert run(frames.clear_negative_anchors, labels.videos[1], 6) == 1
    assert labels.negative_anchors == {0: [(10, 5.0, 5.0)], 1: [(5, 1.0, 2.0)]}
    assert run(frames.clear_negative_anchors, labels.videos[1], 6) == 0
    assert run(frames.clear_negative_anchors, labels.videos[1]) == 1
    assert labels.negative_anchors == {0: [(10, 5.0, 5.0)]}
    assert run(frames.clear_negative_anchors, labels.videos[1]) == 0
