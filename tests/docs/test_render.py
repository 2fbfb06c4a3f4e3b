"""The how-to about rendering names all options of drawing, and its lines run."""

import re
from pathlib import Path

import attrs
import pytest

from sleap.cli.commands.render import COMMAND
from sleap.cli.main import make_parser
from sleap.render.palette import PALETTES
from sleap.samples.folder import labels as label
from sleap.samples.recording import Recording
from sleap.video import load_video, open_video
from sleap.video.writer import VideoWriter

PAGE = (Path(__file__).parent.parent.parent / "docs" / "how-tos" / "render.md").read_text(
    encoding="utf-8"
)


def test_each_option_and_palette_is_explained() -> None:
    for field in attrs.fields(COMMAND.options):
        flags = (*field.metadata.get("flags", ()), f"--{field.name}")
        assert field.metadata.get("positional") or any(f"{flag}" in PAGE for flag in flags)
    assert not [name for name in PALETTES if f"`{name}`" not in PAGE]


def test_the_defaults_are_those_of_the_tables() -> None:
    rows = re.findall(r"^\| `--(\w+)` \| (\S*) ?\|", PAGE, re.MULTILINE)
    assert len(rows) == 11
    for name, shown in rows:
        default = getattr(attrs.fields(COMMAND.options), name).default
        expected = default if isinstance(default, str) else f"{default:g}"
        assert shown.strip("`|") == expected


def test_the_command_lines_can_be_read() -> None:
    lines = re.findall(r"^sleap-render ([^#\n]*)", PAGE, re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        make_parser(COMMAND).parse(line.split())


def test_the_code_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = Recording(1, 10, 64, 5)
    with VideoWriter(tmp_path / "video.mp4", 30.0) as writer:
        for index in range(10):
            writer.write(recording.frame(index))
    label(recording, load_video(tmp_path / "video.mp4")).save(tmp_path / "predictions.slp")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(code, {})
    with open_video("clip.mp4") as reader:
        assert reader.n_frames == 10
