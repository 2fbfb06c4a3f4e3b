from pathlib import Path

import pytest

import sleap
from sleap.suggestions.options import SampleOptions, SuggestionOptions
from sleap.suggestions.suggest import suggest


def frames_of(labels: sleap.Labels, video: int, **options: object) -> list[int]:
    chosen = SuggestionOptions(sample=SampleOptions(**options))  # type: ignore[arg-type]
    return [one.frame_idx for one in suggest(labels, [labels.videos[video]], chosen)]


def test_as_many_of_each_video_as_asked_for(data_dir: Path) -> None:
    folder = data_dir / "centered_pair"
    labels = sleap.load_file(folder / "predictions.slp")
    new = suggest(labels, folders=[folder])
    assert [one.frame_idx for one in new] == list(range(0, 1100, 55))
    assert len(new) == 20 and all(one.group is None for one in new)


def test_a_second_time_the_gaps_are_filled(project: sleap.Labels) -> None:
    assert frames_of(project, 1, per_video=2) == [42, 90]  # 25 and 60 are labeled
    labels = sleap.Labels(videos=[sleap.Video("a.mp4", shape=(100, 8, 8, 1))])
    labels.suggestions += suggest(
        labels, None, SuggestionOptions(sample=SampleOptions(per_video=4))
    )
    assert [one.frame_idx for one in labels.suggestions] == [0, 25, 50, 75]
    assert frames_of(labels, 0, per_video=3) == [12, 37, 62]


def test_a_short_video_gives_all_it_has(project: sleap.Labels) -> None:
    assert len(frames_of(project, 0, per_video=500)) == 116
    assert len(frames_of(project, 1, per_video=500, sampling_method="random")) == 118


@pytest.mark.parametrize("seed", [0, 1])
def test_random_frames(seed: int, project: sleap.Labels) -> None:
    found = frames_of(project, 1, per_video=30, sampling_method="random", seed=seed)
    assert len(found) == 30 and found == sorted(set(found))
    other = frames_of(project, 1, per_video=30, sampling_method="random", seed=seed + 1)
    assert found != other
