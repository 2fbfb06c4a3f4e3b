import argparse
from pathlib import Path

import pytest
from attrs import define, field

from sleap.cli.options import Parser, add_options, parse_bool, read_options, usage
from sleap.errors import OptionError


@define
class Inner:
    """Inner options."""

    window: int = field(default=5, metadata={"help": "How many", "unit": "frames"})


@define
class Outer:
    """Outer options."""

    data_path: Path = field(metadata={"positional": True, "help": "What to read"})
    models: list[Path] = field(factory=list, metadata={"flags": ["-m"]})
    output: Path | None = field(default=None, metadata={"flags": ["-o"]})
    kind: str = field(default="a", metadata={"choices": ["a", "b"]})
    quick: bool = False
    threshold: float = field(default=0.2)
    inner: Inner = field(factory=Inner, metadata={"prefix": "inner."})

    @threshold.validator
    def _check(self, attribute: object, value: float) -> None:
        if value < 0:
            raise ValueError(f"threshold must not be negative, got {value}")


def parse(*argv: str) -> Outer:
    parser = Parser(prog="tool", allow_abbrev=False)
    add_options(parser, Outer)
    options = read_options(parser.parse(list(argv)), Outer)
    assert isinstance(options, Outer)
    return options


def test_defaults_come_from_the_class() -> None:
    assert parse("video.mp4") == Outer(Path("video.mp4"))


def test_every_kind_of_argument_is_read() -> None:
    options = parse(
        *["v.mp4", "-m", "one", "--models", "two", "-o", "out.h5", "--kind", "b", "--quick"],
        *["--threshold", "0.5", "--inner.window", "7"],
    )
    assert options == Outer(
        Path("v.mp4"), [Path("one"), Path("two")], Path("out.h5"), "b", True, 0.5, Inner(7)
    )


@pytest.mark.parametrize(("text", "value"), [("False", False), ("0", False), ("yes", True)])
def test_booleans_mean_what_they_say(text: str, value: bool) -> None:
    assert parse("v.mp4", "--quick", text).quick is value


def test_a_bare_switch_leaves_the_argument_after_it_alone() -> None:
    assert parse("--quick", "v.mp4") == parse("v.mp4", "--quick") == parse("v.mp4", "--quick=1")


def test_a_word_that_is_no_boolean_is_refused() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="maybe"):
        parse_bool("maybe")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["v.mp4", "--inner.windw", "3"], "unknown argument '--inner.windw'. Did you mean"),
        (["v.mp4", "--kind", "c"], "invalid choice: 'c'"),
        (["v.mp4", "--inner.window", "many"], "invalid int value: 'many'"),
        ([], "required: DATA_PATH"),
    ],
)
def test_a_wrong_argument_is_one_line_and_status_2(
    argv: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        parse(*argv)
    assert end.value.code == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_a_value_the_class_refuses_is_an_option_error() -> None:
    with pytest.raises(OptionError, match="must not be negative, got -1"):
        parse("v.mp4", "--threshold=-1")


def test_help_shows_unit_default_and_choices(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse("--help")
    text = capsys.readouterr().out
    assert "How many, in frames (default: 5)" in text
    assert "{a,b}" in text
    assert "Inner options" in text


def test_an_argument_may_be_several() -> None:
    @define
    class Several:
        runs: tuple[Path, ...] = field(metadata={"positional": True}, converter=tuple)
        quick: bool = False

    parser = Parser(prog="tool", allow_abbrev=False)
    add_options(parser, Several)
    options = read_options(parser.parse(["a", "b", "--quick"]), Several)
    assert options == Several((Path("a"), Path("b")), True)
    assert usage(Several, "tool") == "tool RUNS... [options]"
    with pytest.raises(SystemExit):
        parser.parse([])
