from collections import Counter
from pathlib import Path

import pytest

import sleap
from sleap.errors import VideoError
from sleap.progress import Progress
from sleap.suggestions.options import FEATURES, ImageFeaturesOptions, SuggestionOptions
from sleap.suggestions.suggest import suggest


def run(
    labels: sleap.Labels, progress: Progress | None = None, **options: object
) -> list[sleap.SuggestionFrame]:
    chosen = ImageFeaturesOptions(**options)  # type: ignore[arg-type]
    return suggest(
        labels,
        None,
        SuggestionOptions(method="image_features", image_features=chosen),
        progress or Progress(),
    )


@pytest.mark.parametrize("name", ["raw_images", "hog"])
def test_each_kind_of_image_is_a_group(name: str, project: sleap.Labels) -> None:
    new = run(
        project, feature_type=name, n_clusters=4 if name == "raw_images" else 3, per_cluster=3
    )
    for video in project.videos:
        of_video = [one for one in new if one.video is video]
        kinds = {(one.frame_idx // 5 % 4, one.group) for one in of_video}
        if name == "hog":  # edges do not tell dark from bright
            kinds = {(max(kind, 1), group) for kind, group in kinds}
        assert len(kinds) == len({group for _, group in kinds}) == len({k for k, _ in kinds})
        assert set(Counter(one.group for one in of_video).values()) == {3}


def test_frames_of_all_videos_are_grouped_together(project: sleap.Labels) -> None:
    new = run(project, merge_video_features="across_all_videos", n_clusters=4, per_cluster=6)
    assert len(new) == 24
    assert len({(one.frame_idx // 5 % 4, one.group) for one in new}) == 4


@pytest.mark.parametrize("name", FEATURES)
def test_a_real_video(name: str, data_dir: Path) -> None:
    folder = data_dir / "centered_pair"
    labels = sleap.Labels(videos=[sleap.load_video(folder / "centered_pair_low_quality.mp4")])
    new = run(labels, feature_type=name, per_video=30, n_clusters=3, per_cluster=2, scale=0.5)
    assert len(new) == 6
    assert Counter(one.group for one in new) == {0: 2, 1: 2, 2: 2}


def test_progress_counts_the_images(project: sleap.Labels) -> None:
    class Listener(Progress):
        total = 0
        done = 0

        def begin(self, title: str, total: int | None = None) -> None:
            self.total += total or 0

        def advance(self, steps: int = 1, **facts: float | int | str) -> None:
            self.done += steps

    listener = Listener()
    run(project, listener, per_video=11)
    assert listener.total == listener.done == 22


def test_a_missing_video_is_told() -> None:
    labels = sleap.Labels(videos=[sleap.Video("gone.mp4", shape=(9, 8, 8, 1))])
    with pytest.raises(VideoError, match=r"gone\.mp4"):
        run(labels)
