from pathlib import Path

from sleap.cli.commands.label import COMMAND, LabelOptions
from sleap.cli.main import make_parser
from sleap.cli.options import read_options


def parse(*words: str) -> LabelOptions:
    options = read_options(make_parser(COMMAND).parse(list(words)), COMMAND.options)
    assert isinstance(options, LabelOptions)
    return options


def test_a_project_may_be_named() -> None:
    assert parse() == LabelOptions()
    assert parse("a.slp", "--nonnative") == LabelOptions(labels_path=Path("a.slp"), nonnative=True)
    assert parse("--reset").reset
