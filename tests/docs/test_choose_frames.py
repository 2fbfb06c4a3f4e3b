"""The how-to about choosing frames names all methods and options, and its code runs."""

import re
from pathlib import Path

import attrs
import numpy as np
import pytest

import sleap
from sleap.cli.commands.suggest import COMMAND
from sleap.cli.main import make_parser
from sleap.suggestions.options import METHODS, method_options

PAGE = (Path(__file__).parent.parent.parent / "docs" / "how-tos" / "choose-frames.md").read_text(
    encoding="utf-8"
)


@pytest.mark.parametrize("name", METHODS)
def test_each_method_and_option_is_explained(name: str) -> None:
    section = PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert section and f"| `{name}` |" in PAGE
    missing = [
        field.name
        for field in attrs.fields(method_options(name))
        if field.name not in section and field.name not in ("seed", "sample_method")
    ]
    assert not missing


def test_the_command_lines_can_be_read() -> None:
    parser = make_parser(COMMAND)
    lines = re.findall(r"^python -m sleap\.suggestions ([^#\n]*)", PAGE, re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        parser.parse(line.split())


def test_the_code_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    skeleton, track = sleap.Skeleton(["a"]), sleap.Track("a")
    video = sleap.Video("a.mp4", shape=(9, 8, 8, 1))
    places = [0.0, 0.0, 0.0, 9.0, 9.0]
    frames = [
        sleap.LabeledFrame(video, index, [sleap.PredictedInstance(skeleton, [[x, 1.0]], track)])
        for index, x in enumerate(places)
    ]
    sleap.Labels(frames).save(tmp_path / "predictions.slp")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(code, names)
    labels = names["labels"]
    assert isinstance(labels, sleap.Labels)
    assert [one.frame_idx for one in labels.suggestions] == [3]
    np.testing.assert_array_equal(names["values"], [0, 0, 0, 9, 0, np.nan, np.nan, np.nan, np.nan])
