from collections.abc import Callable
from typing import Any

import pytest

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.editing.edits import videos
from sleap.errors import LabelsError

Run = Callable[..., Any]


def test_videos_are_added_once(run: Run, labels: Labels) -> None:
    new = Video("day3.mp4")
    assert run(videos.add_videos, [labels.videos[1], new]) == [1, 2]
    assert labels.videos[2] is new
    assert run(videos.add_videos, [new]) == [2]


def test_a_video_goes_with_all_that_lies_in_it(run: Run, labels: Labels) -> None:
    first, second = labels.videos
    run(videos.remove_videos, [first])
    assert labels.videos == [second]
    assert [(frame.video, frame.frame_idx) for frame in labels] == [(second, 5)]
    assert [one.video for one in labels.suggestions] == [second]
    assert labels.negative_anchors == {0: [(5, 1.0, 2.0), (6, 3.0, 4.0)]}
    with pytest.raises(LabelsError, match="These labels have no Video"):
        run(videos.remove_videos, [first])
    run(videos.remove_videos, [second])
    assert len(labels) == len(labels.suggestions) == len(labels.negative_anchors) == 0


def test_videos_are_found_elsewhere(run: Run, labels: Labels) -> None:
    run(videos.relink_videos, {1: "new/day2.mp4", 0: "new/day1.avi"})
    assert [video.filename for video in labels.videos] == ["new/day1.avi", "new/day2.mp4"]
    assert labels.videos[0].shape == (100, 480, 640, 1)
    with pytest.raises(LabelsError, match="There is no video 2: there are 2"):
        run(videos.relink_videos, {0: "x.mp4", 2: "y.mp4"})
    assert labels.videos[0].filename == "new/day1.avi"


def test_a_sequence_of_images_keeps_its_number(run: Run, labels: Labels) -> None:
    labels.videos.append(Video(["a.png", "b.png"]))
    run(videos.relink_videos, {2: ["new/a.png", "new/b.png"]})
    assert labels.videos[2].filename == ["new/a.png", "new/b.png"]
    with pytest.raises(LabelsError, match=r"'a.png' has 2 images, the new place has 1"):
        run(videos.relink_videos, {2: ["new/a.png"]})


def test_a_video_becomes_another(run: Run, labels: Labels) -> None:
    video = labels.video
    longer = Video("better.h5", shape=(200, 96, 128, 3), dataset="images", fingerprint="1:2:3")
    assert run(videos.replace_video, video, longer) == 0
    assert labels.video is video
    assert (video.filename, video.shape, video.dataset) == ("better.h5", longer.shape, "images")
    assert video.fingerprint == "1:2:3"
    assert len(labels[video]) == 4


def test_a_shorter_video_loses_what_lies_beyond(run: Run, labels: Labels) -> None:
    video = labels.video
    labels.suggestions.append(SuggestionFrame(video, 30))
    labels.negative_anchors[0].append((12, 1.0, 1.0))
    short = Video("short.mp4", shape=(12, 480, 640, 1))
    with pytest.raises(LabelsError, match="has 12 frames, but 2 labeled frames"):
        run(videos.replace_video, video, short)
    assert run(videos.replace_video, video, short, truncate=True) == 2
    assert labels.labeled_indices(video).tolist() == [10, 11]
    assert [one.frame_idx for one in labels.suggestions] == [10, 7]
    assert labels.negative_anchors[0] == [(10, 5.0, 5.0)]
    run(videos.replace_video, video, Video("tiny.mp4", shape=(5, 4, 4, 1)), truncate=True)
    assert 0 not in labels.negative_anchors


def test_pixels_are_read_as_gray(run: Run, labels: Labels) -> None:
    run(videos.set_grayscale, labels.video, False)
    assert labels.video.shape == (100, 480, 640, 3)
    run(videos.set_grayscale, labels.video, True)
    assert (labels.video.grayscale, labels.video.channels) == (True, 1)
    run(videos.set_grayscale, labels.video, None)
    assert (labels.video.grayscale, labels.video.channels) == (None, 1)
