from pathlib import Path

import sleap
from sleap.suggestions.options import DisplacementOptions, SuggestionOptions
from sleap.suggestions.suggest import suggest


def frames_of(labels: sleap.Labels, threshold: float) -> list[int]:
    options = SuggestionOptions(
        method="displacement",
        displacement=DisplacementOptions(displacement_threshold=threshold),
    )
    return [one.frame_idx for one in suggest(labels, labels.videos[:1], options)]


def test_what_older_programs_suggested_on_a_real_project(data_dir: Path) -> None:
    labels = sleap.load_file(data_dir / "centered_pair" / "predictions.slp")
    found = frames_of(labels, 6)
    assert len(found) == 19 and found[:2] == [28, 82]


def test_jumps_are_suggested(project: sleap.Labels) -> None:
    assert frames_of(project, 15) == [30, 85, 90, 115]
    assert frames_of(project, 30) == []
