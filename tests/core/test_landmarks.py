import numpy as np
import pytest

from sleap.core import landmarks
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video

FRAMES = np.array([3, 7, 20])


@pytest.fixture
def labels() -> Labels:
    """Frames 5 (user, track 0), 2 (predicted, track 1), 9 (both tracks) of the first video."""
    skeleton = Skeleton(["head"])
    videos = [Video(f"{name}.mp4", shape=(30, 8, 8, 1)) for name in "abc"]
    tracks = [Track(name) for name in ("x", "y", "unused")]
    labels = Labels(videos=videos, skeletons=[skeleton], tracks=tracks)
    point = np.array([[1.0, 1.0]])
    labels.add_frame(videos[0], 5).append(Instance(skeleton, point, track=tracks[0]))
    labels.add_frame(videos[0], 2).append(PredictedInstance(skeleton, point, track=tracks[1]))
    frame = labels.add_frame(videos[0], 9)
    frame.extend([PredictedInstance(skeleton, point, track=track) for track in tracks[:2]])
    labels.suggestions += [
        SuggestionFrame(videos[0], 8),
        SuggestionFrame(videos[2], 4),
        SuggestionFrame(videos[0], 1),
        SuggestionFrame(videos[0], 8),
    ]
    return labels


def test_next_and_previous_leave_the_frame_itself_out() -> None:
    assert landmarks.next_in(FRAMES, 3) == 7
    assert landmarks.next_in(FRAMES, 0) == 3
    assert landmarks.previous_in(FRAMES, 7) == 3
    assert landmarks.previous_in(FRAMES, 100) == 20


def test_at_the_ends_there_is_none_or_the_other_end() -> None:
    assert landmarks.next_in(FRAMES, 20) is None
    assert landmarks.next_in(FRAMES, 20, wrap=True) == 3
    assert landmarks.previous_in(FRAMES, 3) is None
    assert landmarks.previous_in(FRAMES, 3, wrap=True) == 20
    nothing = np.empty(0, np.int64)
    assert landmarks.next_in(nothing, 0, wrap=True) is None
    assert landmarks.previous_in(nothing, 0, wrap=True) is None


def test_labeled_frames_are_gone_through_in_order_of_time(labels: Labels) -> None:
    video = labels.videos[0]
    assert landmarks.next_labeled(labels, video, 2) == 5
    assert landmarks.next_labeled(labels, video, 9) == 2
    assert landmarks.next_labeled(labels, video, 9, wrap=False) is None
    assert landmarks.previous_labeled(labels, video, 2) == 9
    assert landmarks.next_labeled(labels, video, 0, "user") == 5
    assert landmarks.previous_labeled(labels, video, 9, "predicted") == 2
    assert landmarks.next_labeled(labels, labels.videos[1], 0) is None


def test_spawns_are_where_tracks_are_first_seen(labels: Labels) -> None:
    video = labels.videos[0]
    assert landmarks.spawn_frames(labels.store, 0).tolist() == [2, 5]
    assert landmarks.next_spawn(labels, video, 2) == 5
    assert landmarks.next_spawn(labels, video, 5) is None
    assert landmarks.next_spawn(labels, labels.videos[1], 0) is None


def test_a_removed_instance_is_no_spawn(labels: Labels) -> None:
    labels.remove_instances([0])
    assert landmarks.spawn_frames(labels.store, 0).tolist() == [2, 9]


def test_suggestions_go_on_in_the_next_video(labels: Labels) -> None:
    a, b, c = labels.videos
    assert landmarks.suggested_indices(labels, a).tolist() == [1, 8]
    assert landmarks.next_suggestion(labels, a, 1) == (a, 8)
    assert landmarks.next_suggestion(labels, a, 8) == (c, 4)
    assert landmarks.next_suggestion(labels, c, 4) == (a, 1)
    assert landmarks.next_suggestion(labels, b, 0) == (c, 4)
    assert landmarks.previous_suggestion(labels, a, 1) == (c, 4)
    assert landmarks.previous_suggestion(labels, b, 0) == (a, 8)


def test_of_no_suggestions_none_is_next(labels: Labels) -> None:
    labels.suggestions.clear()
    assert landmarks.next_suggestion(labels, labels.videos[0], 0) is None


def test_a_lone_suggestion_follows_itself(labels: Labels) -> None:
    labels.suggestions[:] = [SuggestionFrame(labels.videos[1], 3)]
    assert landmarks.next_suggestion(labels, labels.videos[1], 3) == (labels.videos[1], 3)


def test_runs_end_where_a_gap_begins() -> None:
    frames = np.array([3, 4, 5, 9, 20, 21])
    ends = [landmarks.run_end(frames, one, 1) for one in (0, 3, 5, 9, 20, 21)]
    assert ends == [5, 5, 9, 21, 21, None]
    starts = [landmarks.run_end(frames, one, -1) for one in (30, 21, 20, 9, 4, 3)]
    assert starts == [20, 20, 9, 3, 3, None]
    assert landmarks.run_end(frames[:0], 5, 1) is None
