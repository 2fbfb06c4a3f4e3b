from pathlib import Path

import pytest

import sleap
from sleap.errors import LabelsError
from sleap.io.export import find_rate, lay_out_video, name_video

FLY = sleap.Skeleton(["head"])


def make(video: sleap.Video) -> sleap.Labels:
    return sleap.Labels([sleap.LabeledFrame(video, 2, [sleap.Instance(FLY, [[1.0, 2]])])])


def test_an_unknown_length_is_looked_up(data_dir: Path) -> None:
    video = sleap.Video(str(data_dir / "two_flies" / "two_flies.mp4"))
    assert lay_out_video(make(video), video).n_frames == 128
    assert find_rate(video) == pytest.approx(30, abs=20)


def test_a_video_that_is_gone_ends_with_its_last_labeled_frame(tmp_path: Path) -> None:
    video = sleap.Video(str(tmp_path / "gone.mp4"))
    assert lay_out_video(make(video), video).n_frames == 3
    assert find_rate(video) is None


def test_images_count_as_their_recording(tmp_path: Path) -> None:
    recording = sleap.Video("day1.mp4", shape=(50, 8, 8, 1))
    video = sleap.Video(
        "x.pkg.slp", source=recording, is_embedded=True, frame_numbers=[2], shape=(1, 8, 8, 1)
    )
    assert lay_out_video(make(video), video).n_frames == 50
    assert name_video(video) == "day1.mp4"
    alone = sleap.Video("x.pkg.slp", is_embedded=True, frame_numbers=[2])
    assert find_rate(alone) is None
    assert name_video(sleap.Video(["a/1.png", "a/2.png"])) == "a/1.png"


def test_a_foreign_video_is_refused() -> None:
    with pytest.raises(LabelsError, match=r"'b\.mp4' is not a video of these labels"):
        lay_out_video(make(sleap.Video("a.mp4")), sleap.Video("b.mp4"))
