import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.gui.timeline.data import TimelineData
from sleap.gui.timeline.marks import DONE, OPEN


def facts(data: TimelineData) -> list[list[int]]:
    marks, runs = data.marks, data.runs
    arrays = (marks.labeled, marks.flags, marks.suggested, marks.states, marks.anchored)
    return [array.tolist() for array in (*arrays, runs.starts, runs.ends)] + [[data.n_frames]]


def test_all_is_read(labels: Labels) -> None:
    labels.negative_anchors[0] = [(7, 1.0, 2.0), (7, 3.0, 2.0), (3, 1.0, 1.0)]
    data = TimelineData.of(labels, labels.videos[0])
    assert data.n_frames == 100
    assert data.marks.labeled.tolist() == [0, 10, 20]
    assert data.marks.states.tolist() == [OPEN, DONE, OPEN]
    assert data.marks.anchored.tolist() == [3, 7]
    assert data.runs.tracks.tolist() == [0, 1]


def test_suggestions_and_anchors_are_read_again(labels: Labels) -> None:
    data = TimelineData.of(labels, labels.videos[0])
    labels.suggestions.append(SuggestionFrame(labels.videos[0], 2))
    labels.suggestions.append(SuggestionFrame(labels.videos[1], 3))
    labels.negative_anchors[0] = [(9, 0.0, 0.0)]
    data.update_suggestions(labels)
    data.update_anchors(labels)
    assert facts(data) == facts(TimelineData.of(labels, labels.videos[0]))


def test_suggestions_added_at_the_end_are_entered_among_the_others(labels: Labels) -> None:
    video = labels.videos[0]
    data = TimelineData.of(labels, video)
    for frame_idx in (20, 2, 50, 10):
        labels.suggestions.append(SuggestionFrame(video, frame_idx))
        data.update_suggestions(labels)
        assert facts(data) == facts(TimelineData.of(labels, video))
    for kept in (slice(1, None), slice(None, -1), slice(0, 0)):
        labels.suggestions[:] = labels.suggestions[kept]
        data.update_suggestions(labels)
        assert facts(data) == facts(TimelineData.of(labels, video))


def test_the_length_of_a_video_may_be_unknown() -> None:
    labels = Labels(videos=[Video("a.mp4")], skeletons=[Skeleton(["a"])])
    data = TimelineData.of(labels, labels.videos[0])
    assert data.n_frames == 1
    labels.add_frame(labels.videos[0], 41).append(Instance(labels.skeleton, np.ones((1, 2))))
    assert data.update(labels, [41])
    assert data.n_frames == 42


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(-1, 2)), max_size=25))
def test_updates_give_what_reading_anew_gives(steps: list[tuple[int, int, int]]) -> None:
    skeleton, video = Skeleton(["a"]), Video("a.mp4", shape=(20, 8, 8, 1))
    tracks = [Track(name) for name in "abc"]
    labels = Labels(videos=[video], skeletons=[skeleton], tracks=tracks)
    labels.suggestions += [SuggestionFrame(video, 3), SuggestionFrame(video, 8)]
    data = TimelineData.of(labels, video)
    for what, frame_idx, number in steps:
        track = tracks[number] if number >= 0 else None
        frame = labels.find(video, frame_idx)
        if what < 2:
            kind = (Instance, PredictedInstance)[what]
            new = kind(skeleton, np.ones((1, 2)), track=track)
            labels.add_frame(video, frame_idx).append(new)
        elif frame is not None and what == 2:
            labels.remove_frame(frame)
        elif frame is not None and what == 3 and len(frame):
            labels.remove_instances([frame[0].row])
        elif frame is not None and len(frame):
            labels.set_tracks([frame[-1].row], [number])
        data.update(labels, [frame_idx])
        assert facts(data) == facts(TimelineData.of(labels, video))
    assert not data.update(labels, range(20))
