import tracemalloc

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.io.slp.chosen_frames import ChosenFrames, LeftOut
from sleap.io.slp.origin import Origin


@pytest.fixture
def labels() -> Labels:
    """User frames 2 and 5, prediction 7; the used track and skeleton are the last of three."""
    videos = [Video("a.mp4"), Video("b.mp4")]
    skeletons = [Skeleton(["n"]), Skeleton(["m"]), Skeleton(["x", "y"])]
    tracks = [Track("r"), Track("s"), Track("t")]
    body, track = skeletons[2], tracks[2]
    found = PredictedInstance(body, [[1, 2], [3, 4]], score=0.5, track=track)
    fixed = Instance(body, [[5, 6], [7, 8]], track=track, from_predicted=found)
    return Labels(
        [
            LabeledFrame(videos[1], 7, [PredictedInstance(body, np.ones((2, 2)), score=1)]),
            LabeledFrame(videos[1], 5, [found, fixed]),
            LabeledFrame(videos[1], 2, [Instance(body, [[9, 9], [8, 8]])]),
        ],
        videos=videos,
        skeletons=skeletons,
        tracks=tracks,
        suggestions=[SuggestionFrame(videos[1], 7), SuggestionFrame(videos[0], 3)],
    )


def test_only_the_chosen_frames_are_left_and_all_lists_are_kept(labels: Labels) -> None:
    chosen = ChosenFrames(labels, labels.videos, "user")
    assert [indices.tolist() for indices in chosen.indices] == [[], [2, 5]]
    part = chosen.labels()
    assert sorted(frame.frame_idx for frame in part) == [2, 5]
    assert len(labels) == 3
    assert (part.videos, part.skeletons, part.tracks) == (
        labels.videos,
        labels.skeletons,
        labels.tracks,
    )
    assert len(part.suggestions) == 2
    found, fixed = part[part.videos[1], 5].instances
    assert fixed.track is labels.tracks[2]
    assert fixed.skeleton is labels.skeletons[2]
    assert isinstance(fixed, Instance)
    assert fixed.from_predicted is found
    np.testing.assert_array_equal(fixed.numpy(), [[5, 6], [7, 8]])


def test_suggested_frames_bring_their_predictions(labels: Labels) -> None:
    chosen = ChosenFrames(labels, labels.videos, "user+suggested")
    assert [indices.tolist() for indices in chosen.indices] == [[3], [2, 5, 7]]
    assert sorted(frame.frame_idx for frame in chosen.labels()) == [2, 5, 7]


def test_missing_images_are_an_error_or_left_out(labels: Labels) -> None:
    origins = [Origin(video) for video in labels.videos]
    with pytest.raises(VideoError, match=r"b\.mp4.*--skip-missing"):
        ChosenFrames(labels, labels.videos, "user+suggested").leave_out_missing(origins, False)
    chosen = ChosenFrames(labels, labels.videos, "user+suggested")
    assert chosen.leave_out_missing(origins, True) == [
        LeftOut("a.mp4", 0, 1),
        LeftOut("b.mp4", 3, 0),
    ]
    assert [len(indices) for indices in chosen.indices] == [0, 0]
    assert len(chosen.labels()) == 0


def test_choosing_few_of_many_copies_few(labels: Labels) -> None:
    none = np.full(5, -1)
    poses = [
        Poses(index, np.ones((5, 2, 2)), np.ones((5, 2)), np.ones(5), none, np.ones(5))
        for index in range(100, 8100)
    ]
    labels.add_poses(labels.videos[0], poses, labels.skeletons[2])
    n_bytes = sum(table.nbytes for table in labels.to_tables())
    tracemalloc.start()
    part = ChosenFrames(labels, labels.videos, "user").labels()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(part) == 2
    assert peak < n_bytes / 2
