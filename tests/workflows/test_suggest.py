from pathlib import Path

import pytest

import sleap
from sleap.errors import OptionError
from sleap.suggestions.options import SampleOptions, SuggestionOptions
from sleap.workflows.suggest import SuggestOptions, suggest


@pytest.fixture
def project(tmp_path: Path) -> Path:
    videos = [sleap.Video(f"day{number}.mp4", shape=(90, 8, 8, 1)) for number in (1, 2)]
    suggestions = [sleap.SuggestionFrame(video, 0) for video in videos]
    sleap.Labels(videos=videos, suggestions=suggestions).save(tmp_path / "p.slp")
    return tmp_path / "p.slp"


def frames_of(path: Path) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in sleap.load_file(path).suggestions:
        found.setdefault(one.video.name, []).append(one.frame_idx)
    return found


FEW = SuggestionOptions(sample=SampleOptions(per_video=2))


def test_suggestions_are_added_and_the_input_stays(project: Path) -> None:
    report = suggest(SuggestOptions(data_path=project, suggestion=FEW))
    assert report.path == project.with_name("p.suggested.slp")
    assert report.lines == (
        "day1.mp4: 2 new suggestions",
        "day2.mp4: 2 new suggestions",
        "6 suggestions in all",
    )
    assert frames_of(report.path) == {"day1.mp4": [0, 30, 60], "day2.mp4": [0, 30, 60]}
    assert frames_of(project) == {"day1.mp4": [0], "day2.mp4": [0]}


def test_one_video_may_be_chosen_and_old_suggestions_replaced(project: Path) -> None:
    options = SuggestOptions(
        data_path=project, output=str(project), video="day2.mp4", replace=True, suggestion=FEW
    )
    assert suggest(options).path == project
    assert frames_of(project) == {"day1.mp4": [0], "day2.mp4": [0, 45]}
    with pytest.raises(OptionError, match=r"day3\.mp4"):
        suggest(SuggestOptions(data_path=project, video="day3.mp4"))


def test_a_video_of_unknown_length_is_found_beside_the_labels(
    data_dir: Path, tmp_path: Path
) -> None:
    source = data_dir / "centered_pair" / "predictions.slp"
    output = tmp_path / "s.slp"
    options = SuggestionOptions(method="sample", sample=SampleOptions(per_video=4))
    suggest(SuggestOptions(data_path=source, output=str(output), suggestion=options))
    assert list(frames_of(output).values()) == [[0, 275, 550, 825]]
