"""Options of ``sleap-render`` become a clip, and what cannot be rendered is told."""

from pathlib import Path
from shutil import copyfile

import numpy as np
import pytest

import sleap
from sleap.errors import FileError, LabelsError, OptionError, VideoError
from sleap.samples.folder import labels as label
from sleap.samples.recording import Recording
from sleap.video import load_video, open_video
from sleap.video.writer import VideoWriter
from sleap.workflows.render import RenderOptions, VisualsOptions, parse_crop, render


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve frames, labeled on 2 to 11."""
    folder = tmp_path_factory.mktemp("render")
    recording = Recording(2, 12, 96, 5)
    with VideoWriter(folder / "video.mp4", 30.0) as writer:
        for index in range(12):
            writer.write(recording.frame(index))
    labels = label(recording, load_video(folder / "video.mp4"), np.arange(2, 12))
    labels.save(folder / "p.slp")
    return folder


@pytest.fixture
def project(folder: Path, tmp_path: Path) -> Path:
    for name in ("video.mp4", "p.slp"):
        copyfile(folder / name, tmp_path / name)
    return tmp_path / "p.slp"


def draw(project: Path, **options: object) -> np.ndarray:
    """Render onto black, and return (n_frames, height, width, 3) of the clip."""
    output = project.with_name("drawn.avi")
    chosen = {"background": "black", "output": str(output), **options}
    with open_video(render(RenderOptions(data_path=project, **chosen)).path) as reader:
        return np.array([image for _, image in reader.iterate()])


def test_the_defaults_are_those_documented(project: Path) -> None:
    report = render(RenderOptions(data_path=project))
    assert report.path == project.with_name("p.slp.avi")
    assert report.line == "video.mp4: 12 frames, 0.5 s"
    with open_video(report.path) as reader:
        assert (reader.shape[:3], reader.fps) == ((12, 96, 96), 25.0)
    assert VisualsOptions(data_path=project).fps == 15.0


def test_frames_speed_and_size_are_chosen(project: Path) -> None:
    output = project.with_name("clip.mp4")
    options = RenderOptions(
        data_path=project, output=str(output), frames="3-5,9,4", fps=10, scale=2, crop="40,30"
    )
    assert render(options).line == "video.mp4: 4 frames, 0.4 s"
    with open_video(output) as reader:
        assert (reader.shape[:3], reader.fps) == ((4, 60, 80), 10.0)


def test_frames_without_instances_are_left_out_when_asked(project: Path) -> None:
    assert not draw(project, frames="1").max() > 50
    assert len(draw(project, only_labeled_frames=True)) == 10
    with pytest.raises(OptionError, match="no instance on the frames"):
        draw(project, only_labeled_frames=True, frames="0-1")


def test_each_option_changes_the_picture(project: Path) -> None:
    plain = draw(project, frames="8")
    for changed in (
        {"show_edges": False},
        {"edge_is_wedge": True},
        {"marker_size": 0.0},
        {"palette": "five+"},
        {"distinctly_color": "nodes"},
        {"distinctly_color": "edges"},
        {"background": "white"},
        {"track_names": True},
        {"node_names": True},
    ):
        other = draw(project, frames="8", **changed)
        assert np.abs(other.astype(int) - plain).max() > 60, changed


def test_trails_are_drawn_under_the_animals(project: Path) -> None:
    bare = {"frames": "8", "show_edges": False, "marker_size": 0.0}
    assert draw(project, **bare).max() < 10
    assert draw(project, trail_length=6, **bare).max() > 60


def test_crops() -> None:
    assert parse_crop("", (100, 80)) is None
    assert parse_crop(" 40, 30", (100, 80)) == (40, 30)
    assert parse_crop("half", (101, 80)) == (50, 40)
    assert parse_crop("quarter", (100, 3)) == (25, 1)
    for wrong in ("40", "40x30", "40,0", "40,-3", "4,5,6", "whole"):
        with pytest.raises(OptionError, match=f"Cannot read the crop '{wrong}'"):
            parse_crop(wrong, (100, 80))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"fps": 0}, "fps is 0; expected a number from 0.1"),
        ({"fps": float("nan")}, "fps is nan"),
        ({"scale": 0}, "scale is 0"),
        ({"scale": 1000.0}, "scale is 1000"),
        ({"marker_size": -1}, "marker_size is -1"),
        ({"trail_length": -1}, "trail_length is -1"),
    ],
)
def test_values_out_of_range(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        RenderOptions(data_path="p.slp", **wrong)


def test_what_is_not_there_is_told(project: Path) -> None:
    for wrong, kind, message in (
        ({"video_index": 1}, OptionError, r"has no video 1\. Videos: 0 video\.mp4"),
        ({"frames": "3,12-14"}, OptionError, "does not have the frames 12-14: it has 0-11"),
        ({"output": "no/clip.avi"}, FileError, "the folder 'no' does not exist"),
        ({"output": str(project)}, VideoError, "its name must end in"),
        ({"palette": "fife+"}, OptionError, "Did you mean 'five"),
    ):
        with pytest.raises(kind, match=message):
            draw(project, **wrong)
    empty = project.with_name("empty.slp")
    sleap.Labels().save(empty)
    with pytest.raises(LabelsError, match="has no video"):
        draw(empty)


def test_the_recording_is_never_overwritten(project: Path) -> None:
    video = project.with_name("video.mp4")
    before = video.read_bytes()
    with pytest.raises(FileError, match="the video it is made of"):
        render(RenderOptions(data_path=project, output=str(video)))
    assert video.read_bytes() == before
