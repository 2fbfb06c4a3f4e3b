import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import LabelsError


def test_frames_by_place_video_and_time(labels: Labels) -> None:
    video = labels.video
    assert len(labels) == 2 and [frame.frame_idx for frame in labels] == [7, 2]
    assert labels[-1].frame_idx == 2 and labels[:1] == [labels[0]]
    assert [frame.frame_idx for frame in labels[video]] == [2, 7]
    assert labels[video, 7] is labels.find(video, 7) is labels[0]
    assert labels.find(video, 3) is None and labels.find(Video("b.mp4"), 7) is None
    with pytest.raises(LabelsError, match=r"Frame 3 of 'flies.mp4' is not labeled"):
        labels[video, 3]
    with pytest.raises(IndexError):
        labels[2]


def test_places_close_up_after_a_removal(labels: Labels) -> None:
    labels.remove_frame(labels[0])
    assert len(labels) == 1 and labels[0].frame_idx == 2


def test_frames_by_kind(labels: Labels) -> None:
    assert [frame.frame_idx for frame in labels.user_frames()] == [2, 7]
    assert [frame.frame_idx for frame in labels.predicted_frames(labels.video)] == [7]
    assert labels.labeled_indices(labels.video).tolist() == [2, 7]
    assert labels.labeled_indices(labels.video, "predicted").tolist() == [7]
    assert labels.instance_rows(kind="user").tolist() == [1, 3]
    with pytest.raises(ValueError, match="one of all, user, predicted"):
        labels.frame_rows(kind="human")


def test_where_tracks_are(labels: Labels) -> None:
    occupied = labels.track_occupancy()
    assert occupied.shape == (8, 2) and occupied[7].all() and not occupied[:7].any()
    assert Labels(videos=labels.videos).track_occupancy().shape == (0, 0)


def test_what_is_missing_is_told(labels: Labels) -> None:
    with pytest.raises(LabelsError, match="no video"):
        Labels().numpy()
    with pytest.raises(LabelsError, match="no skeleton"):
        _ = Labels().skeleton
    with pytest.raises(LabelsError, match="not a video of these labels"):
        labels.numpy(Video("b.mp4"))


def test_in_words(labels: Labels) -> None:
    assert repr(labels) == (
        "Labels(2 frames, 2 user and 2 predicted instances, 1 videos, 2 tracks)"
    )
    assert bool(Labels()) and len(Labels()) == 0


def test_a_frame_that_a_file_has_twice_is_found_once(labels: Labels) -> None:
    tables = dict(
        zip(("frames", "instances", "points", "pred_points"), labels.to_tables(), strict=True)
    )
    tables["frames"]["frame_idx"] = 5
    twice = Labels.from_tables(
        **tables, videos=labels.videos, skeletons=labels.skeletons, tracks=labels.tracks
    )
    assert twice.find(labels.video, 5) is twice[0] and len(twice) == 2
    assert twice[labels.video] == [twice[0], twice[1]]
    twice.remove_frame(twice[0])
    assert twice.find(labels.video, 5) is twice[0] and len(twice[0]) == 1
