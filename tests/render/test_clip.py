"""Clips have the frames that were asked for, with the instances where they belong."""

from pathlib import Path

import numpy as np
import pytest

from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import CancelledError, FileError, OptionError, VideoError
from sleap.progress import Progress
from sleap.render.clip import _shapes, _Trail, _Window, pictures, render_clip
from sleap.render.draw import Shape
from sleap.render.style import Style
from sleap.samples.folder import labels as label
from sleap.samples.recording import Recording
from sleap.video import load_video, open_video
from sleap.video.writer import VideoWriter


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, Labels]:
    recording = Recording(2, 14, 96, 5)
    path = tmp_path_factory.mktemp("clip") / "video.mp4"
    with VideoWriter(path, 30.0) as writer:
        for index in range(14):
            writer.write(recording.frame(index))
    return recording, label(recording, load_video(path))


@pytest.mark.parametrize("suffix", [".mp4", ".avi"])
def test_clip_has_all_frames(sample: tuple[Recording, Labels], tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"clip{suffix}"
    assert render_clip(sample[1], output) == 14
    with open_video(output) as reader:
        assert reader.n_frames == 14
        assert reader.shape[1:3] == (96, 96)
        assert reader.read(7).std(axis=2).max() > 30  # colours


def test_chosen_frames_scaled(sample: tuple[Recording, Labels], tmp_path: Path) -> None:
    output = tmp_path / "clip.mp4"
    assert render_clip(sample[1], output, frames=[3, 4, 9], style=Style(scale=2.0), fps=10) == 3
    with open_video(output) as reader:
        assert reader.shape[:3] == (3, 192, 192)


def test_pictures_show_each_frame_with_its_own_instances(
    sample: tuple[Recording, Labels],
) -> None:
    recording, labels = sample
    style = Style(background="black", edges="none", marker_size=2.0)
    with open_video(labels.video) as reader:
        drawn = list(pictures(labels, labels.video, reader, [2, 10], style))
    for index, picture in zip((2, 10), drawn, strict=True):
        for x, y in recording.points[index].reshape(-1, 2):
            if 2 < x < 93 and 2 < y < 93:
                assert picture[round(y), round(x)].max() > 100


def test_crop_follows_and_trails_grow(sample: tuple[Recording, Labels]) -> None:
    labels = sample[1]
    style = Style(crop=(40, 30), trail_length=5)
    with open_video(labels.video) as reader:
        drawn = list(pictures(labels, labels.video, reader, range(6, 12), style))
    assert {picture.shape for picture in drawn} == {(30, 40, 3)}


def test_window_stays_inside_and_glides() -> None:
    window = _Window((100, 80), (40, 40))
    skeleton = Recording(1, 1, 64).skeleton
    corner = Shape(np.full((skeleton.n_nodes, 2), 5.0), skeleton)
    far = Shape(np.full((skeleton.n_nodes, 2), 90.0), skeleton)
    assert window.follow([]) == (30, 20)
    assert window.follow([corner]) == (0, 0)
    first = window.follow([far])
    assert first[0] < 10
    for _ in range(100):
        last = window.follow([far])
    assert last == (60, 40)
    assert _Window((100, 80), None).follow([far]) == (0, 0)


def test_trail_remembers_only_its_length() -> None:
    trail, none = _Trail(2), _Trail(0)
    skeleton = Recording(1, 1, 64).skeleton
    for x in range(5):
        shape = Shape(np.full((skeleton.n_nodes, 2), float(x)), skeleton, track=1)
        trail.add([shape] if x != 3 else [])
        none.add([shape])
    assert np.array_equal(trail.paths()[1], [[2, 2], [np.nan] * 2, [4, 4]], equal_nan=True)
    assert none.paths() == {}


def test_trails_lead_over_frames_that_are_passed_over(
    sample: tuple[Recording, Labels], monkeypatch: pytest.MonkeyPatch
) -> None:
    recording, labels = sample
    seen: list[np.ndarray] = []

    def note(image: np.ndarray, *_: object, trails: dict[int, np.ndarray], **__: object) -> None:
        seen.append(trails[0])

    monkeypatch.setattr("sleap.render.clip.draw", note)
    with open_video(labels.video) as reader:
        frames, style = [1, 4, 12, 6, 6], Style(trail_length=3)
        list(pictures(labels, labels.video, reader, frames, style))
    middles = recording.points[:, 0].mean(axis=1)
    for frame_idx, path in zip(frames, seen, strict=True):
        assert np.allclose(path, middles[max(frame_idx - 3, 0) : frame_idx + 1], atol=1e-3)


def test_the_recording_itself_is_refused_as_output(tmp_path: Path) -> None:
    video = tmp_path / "video.mp4"
    recording = Recording(1, 2, 64, 5)
    with VideoWriter(video, 30.0) as writer:
        for index in range(2):
            writer.write(recording.frame(index))
    before = video.read_bytes()
    labels = label(recording, load_video(video))
    (tmp_path / "link.mp4").symlink_to(video)
    for output in (video, tmp_path / "link.mp4"):
        with pytest.raises(FileError, match="the video it is made of"):
            render_clip(labels, output)
    assert video.read_bytes() == before


def test_corrected_predictions_are_not_drawn_twice() -> None:
    recording = Recording(1, 1, 64)
    skeleton, points = recording.skeleton, recording.points[0, 0]
    labels = Labels(videos=[Video("v.mp4")], skeletons=[skeleton])
    frame = labels.add_frame(labels.video, 0)
    wrong = frame.append(PredictedInstance(skeleton, points + 3))
    frame.append(PredictedInstance(skeleton, points + 20))
    frame.append(Instance(skeleton, points, from_predicted=wrong))
    drawn = [shape.points[0, 0] - points[0, 0] for shape in _shapes(frame, {})]
    assert np.allclose(drawn, [20, 0])
    assert _shapes(None, {}) == []


def test_what_cannot_be_rendered(sample: tuple[Recording, Labels], tmp_path: Path) -> None:
    labels = sample[1]
    with pytest.raises(OptionError, match="no frames"):
        render_clip(labels, tmp_path / "clip.mp4", frames=[])
    with pytest.raises(VideoError):
        render_clip(labels, tmp_path / "clip.mp4", frames=[99])
    stopped = Progress()
    stopped.is_cancelled = True
    with pytest.raises(CancelledError):
        render_clip(labels, tmp_path / "clip.mp4", progress=stopped)
