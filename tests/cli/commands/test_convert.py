import json
from pathlib import Path

import pytest

import sleap
from sleap.cli import main


@pytest.fixture
def project(tmp_path: Path) -> Path:
    video = sleap.Video("video.mp4", shape=(10, 64, 64, 1))
    skeleton = sleap.Skeleton(["a", "b"])
    frame = sleap.LabeledFrame(video, 4, [sleap.Instance(skeleton, [[1, 2], [3, 4]])])
    sleap.Labels([frame]).save(tmp_path / "p.slp")
    return tmp_path / "p.slp"


def test_labels_are_converted_and_the_path_is_printed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.convert([str(project), "--format", "json"]) == 0
    path = project.with_name("p.slp.json")
    assert capsys.readouterr().out == f"{path}\n"
    assert json.loads(path.read_text())["labels"][0]["frame_idx"] == 4


def test_options_written_with_hyphens_and_repeated_reach_the_workflow(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = [str(project.with_name(name)) for name in ("a.slp", "b.json")]
    arguments = ["-o", outputs[0], "-o", outputs[1], "--no-empty-frames", "--dry-run"]
    assert main.convert([str(project), *arguments]) == 0
    written = capsys.readouterr().out.splitlines()
    assert written[-3:] == ["Nothing is written. It would be:", *outputs]
    assert not Path(outputs[0]).exists()


def test_errors_are_one_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.convert([str(project), "--format", "analysi"]) == 2
    assert "Did you mean 'analysis'" in capsys.readouterr().err
    assert main.convert([str(project), "--embed", "user"]) == 2
    assert "video.mp4" in capsys.readouterr().err
    assert not project.with_name("p.pkg.slp").exists()
    with pytest.raises(SystemExit):
        main.convert([str(project), "--embedd", "user"])
    assert "Did you mean '--embed'" in capsys.readouterr().err
