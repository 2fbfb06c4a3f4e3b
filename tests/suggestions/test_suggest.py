import time

import numpy as np
import pytest

import sleap
from sleap.errors import CancelledError, LabelsError
from sleap.progress import Progress
from sleap.suggestions.methods import METHOD_REGISTRY
from sleap.suggestions.options import (
    METHODS,
    ChunkOptions,
    DisplacementOptions,
    ImageFeaturesOptions,
    SuggestionOptions,
)
from sleap.suggestions.strategy import Found
from sleap.suggestions.suggest import merge, suggest

SAMPLES = {name: SuggestionOptions(method=name) for name in METHODS}
SAMPLES["displacement"] = SuggestionOptions(
    method="displacement", displacement=DisplacementOptions(displacement_threshold=15)
)
SAMPLES["image_features"] = SuggestionOptions(
    method="image_features", image_features=ImageFeaturesOptions(per_video=40)
)


def test_every_method_is_there() -> None:
    assert METHOD_REGISTRY.names == sorted(METHODS) and set(SAMPLES) == set(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_each_method_suggests_new_frames_of_the_videos_asked_for(
    name: str, project: sleap.Labels
) -> None:
    first, second = project.videos
    before = list(project.suggestions)
    both = suggest(project, None, SAMPLES[name])
    assert project.suggestions == before
    assert {id(one.video) for one in both} == {id(first), id(second)}
    keys = [(project.videos.index(one.video), one.frame_idx) for one in both]
    assert keys == sorted(set(keys))
    known = {0: {0, 25, 55, 60}, 1: {25, 60}}
    if name == "label_quality":  # its frames are labeled: that is what it is about
        known = {0: {0, 55}, 1: set()}
    assert not any(index in known[number] for number, index in keys)
    alone = suggest(project, [second], SAMPLES[name])
    assert alone and all(one.video is second for one in alone)
    assert suggest(project, None, SAMPLES[name]) == both


@pytest.mark.parametrize("name", METHODS)
def test_each_method_can_be_stopped(name: str, project: sleap.Labels) -> None:
    progress = Progress()
    progress.is_cancelled = True
    with pytest.raises(CancelledError):
        suggest(project, None, SAMPLES[name], progress)


@pytest.mark.parametrize("name", METHODS)
def test_frames_known_already_are_suggested_again_if_asked_for(
    name: str, project: sleap.Labels
) -> None:
    chosen = SAMPLES[name]
    options = SuggestionOptions(
        method=name,
        skip_suggested=False,
        skip_labeled=False,
        image_features=ImageFeaturesOptions(per_video=120, n_clusters=1, per_cluster=120),
        displacement=chosen.displacement,
    )
    every = [one.frame_idx for one in suggest(project, project.videos[:1], options)]
    known = {"prediction_score": {}, "velocity": {25, 55}, "displacement": {25, 55}}
    known["label_quality"] = {25, 60}
    assert set(known.get(name, {0})) <= set(every)


def test_what_a_method_ranks_stays_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    video = sleap.Video("a.mp4", shape=(9, 8, 8, 1))
    labels = sleap.Labels(videos=[video])
    for is_ranked, expected in ((True, [5, 2, 7]), (False, [2, 5, 7])):
        found = Found(video, np.array([5, 2, 7]), np.array([1, 2, 3]), is_ranked)
        monkeypatch.setitem(METHOD_REGISTRY._entries, "sample", lambda _, found=found: [found])
        assert [one.frame_idx for one in suggest(labels)] == expected


def test_a_video_of_other_labels_is_refused(project: sleap.Labels) -> None:
    with pytest.raises(LabelsError, match=r"other\.mp4"):
        suggest(project, [sleap.Video("other.mp4")])


def test_what_was_there_first_stays(project: sleap.Labels) -> None:
    video = project.videos[0]
    again = sleap.SuggestionFrame(video, 55, group=3)
    other = sleap.SuggestionFrame(project.videos[1], 55)
    merged = merge(project.suggestions, [again, other, other])
    assert merged == [*project.suggestions, other]
    assert merged[0] is project.suggestions[0] and merged[0].group is None


def test_many_suggestions_are_made_and_joined_in_little_time() -> None:
    video = sleap.Video("a.mp4", shape=(1_000_000, 8, 8, 1))
    labels = sleap.Labels(videos=[video])
    labels.suggestions = [sleap.SuggestionFrame(video, index) for index in range(0, 200_000, 2)]
    options = SuggestionOptions(method="chunk", chunk=ChunkOptions(frame_to=200_000))
    begin = time.process_time()
    new = suggest(labels, None, options)
    merged = merge(labels.suggestions, new)
    taken = time.process_time() - begin
    assert len(new) == 100_000 and len(merged) == 200_000
    assert np.all(np.diff([one.frame_idx for one in new]) == 2)
    assert taken < 2, f"{taken:.2f} s"  # 0.3 s on an idle core
