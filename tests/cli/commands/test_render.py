from pathlib import Path

import pytest

from sleap.cli import main
from sleap.cli.commands.render import COMMAND
from sleap.cli.main import make_parser
from sleap.cli.options import read_options
from sleap.samples.folder import labels as label
from sleap.samples.recording import Recording
from sleap.video import load_video
from sleap.video.writer import VideoWriter


@pytest.fixture
def project(tmp_path: Path) -> Path:
    recording = Recording(1, 4, 64, 5)
    with VideoWriter(tmp_path / "video.mp4", 30.0) as writer:
        for index in range(4):
            writer.write(recording.frame(index))
    label(recording, load_video(tmp_path / "video.mp4")).save(tmp_path / "p.slp")
    return tmp_path / "p.slp"


def test_the_clip_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.render([str(project), "-f", "10", "--frames", "1-2"]) == 0
    assert capsys.readouterr().out == f"video.mp4: 2 frames, 0.2 s\n{project}.avi\n"
    assert project.with_name("p.slp.avi").stat().st_size > 1000


def test_the_documented_options() -> None:
    words = (
        "p.slp -o a.mp4 --video-index 1 --frames 1,2 --fps 30 --scale 0.5 --crop 200,100 "
        "--show_edges 0 --edge_is_wedge 1 --marker_size 2 --palette five+ "
        "--distinctly_color edges --background grey"
    )
    options = read_options(make_parser(COMMAND).parse(words.split()), COMMAND.options)
    assert (options.output_path, options.video_index, options.fps) == (Path("a.mp4"), 1, 30.0)
    assert (options.show_edges, options.edge_is_wedge) == (False, True)
    assert (options.crop, options.distinctly_color) == ("200,100", "edges")


def test_an_error_is_one_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.render([str(project), "--crop", "200x100"]) == 2
    assert "sleap-render: error: Cannot read the crop '200x100'" in capsys.readouterr().err
