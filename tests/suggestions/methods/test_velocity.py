from pathlib import Path

import pytest

import sleap
from sleap.errors import LabelsError
from sleap.suggestions.options import SuggestionOptions, VelocityOptions
from sleap.suggestions.suggest import suggest


def frames_of(labels: sleap.Labels, threshold: float, node: str = "") -> list[int]:
    options = SuggestionOptions(
        method="velocity", velocity=VelocityOptions(node=node, threshold=threshold)
    )
    return [one.frame_idx for one in suggest(labels, labels.videos[:1], options)]


def test_what_older_programs_suggested_on_a_real_project(data_dir: Path) -> None:
    labels = sleap.load_file(data_dir / "centered_pair" / "predictions.slp")
    found = frames_of(labels, 0.5)
    assert len(found) == 45 and found[:2] == [21, 45]
    assert found == frames_of(labels, 0.5, "head")
    assert found != frames_of(labels, 0.5, "thorax")


def test_jumps_are_suggested(project: sleap.Labels) -> None:
    assert frames_of(project, 0.5) == [30, 85, 90, 115]  # 25 is labeled, 55 suggested; 60 labeled


def test_an_unknown_node_is_told(project: sleap.Labels) -> None:
    with pytest.raises(LabelsError, match="nose"):
        frames_of(project, 0.5, "nose")


def test_labels_without_motion_or_frames_suggest_nothing() -> None:
    skeleton, video = sleap.Skeleton(["a"]), sleap.Video("a.mp4", shape=(9, 8, 8, 1))
    assert frames_of(sleap.Labels(videos=[video]), 0.1) == []
    still = [
        sleap.LabeledFrame(video, index, [sleap.PredictedInstance(skeleton, [[1.0, 1]])])
        for index in range(5)
    ]
    assert frames_of(sleap.Labels(still), 0.1) == []
