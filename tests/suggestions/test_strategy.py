import numpy as np
import pytest

import sleap
from sleap.errors import VideoError
from sleap.suggestions.options import SampleOptions
from sleap.suggestions.strategy import Found, Search


def test_frames_known_already_are_taken(project: sleap.Labels) -> None:
    every = np.arange(120)
    first, second = project.videos
    search = Search(project, project.videos, SampleOptions())
    assert np.flatnonzero(search.taken(first, every)).tolist() == [0, 25, 55, 60]
    assert np.flatnonzero(search.taken(second, every)).tolist() == [25, 60]
    search = Search(project, project.videos, SampleOptions(), skip_suggested=False)
    assert np.flatnonzero(search.taken(first, every)).tolist() == [25, 60]
    search = Search(project, project.videos, SampleOptions(), skip_labeled=False)
    assert np.flatnonzero(search.taken(first, every)).tolist() == [0, 55]


def test_the_file_is_opened_only_if_the_length_is_not_known(project: sleap.Labels) -> None:
    first, second = project.videos
    search = Search(project, project.videos, SampleOptions())
    second.filename = "gone.npy"
    for video in (first, second):
        assert search.readable(video).tolist() == list(range(120))
    first.filename, first.shape = "gone, too.npy", None
    project.add_frame(first, 140)
    assert len(search.readable(first)) == 141
    with pytest.raises(VideoError, match=r"nowhere\.mp4"):
        search.readable(sleap.Video("nowhere.mp4"))


def test_only_frames_with_an_image_are_allowed() -> None:
    source = sleap.Video("a.mp4", shape=(50, 8, 8, 1))
    embedded = sleap.Video(
        "a.pkg.slp",
        shape=(3, 8, 8, 1),
        source=source,
        frame_numbers=np.array([7, 3, 40]),
        is_embedded=True,
    )
    labels = sleap.Labels(videos=[embedded, source])
    search = Search(labels, labels.videos, SampleOptions())
    assert search.readable(embedded).tolist() == [3, 7, 40]
    assert search.allowed(embedded, np.array([2, 3, 40, 60])).tolist() == [3, 40]
    assert search.allowed(source, np.array([2, 3, 40, 60])).tolist() == [2, 3, 40]
    assert search.number(source) == 1


def test_frames_have_no_groups_unless_said() -> None:
    assert Found(sleap.Video("a.mp4"), np.arange(3)).groups is None
