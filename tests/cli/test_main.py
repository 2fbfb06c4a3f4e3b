import os
import signal
from collections.abc import Callable

import pytest
from attrs import define, field

from sleap.cli import main
from sleap.cli.command import Command
from sleap.errors import CancelledError, FileError
from sleap.progress import Progress

PROGRAMS = [
    "train",
    "track",
    "retrack",
    "evaluate",
    "demo",
    "convert",
    "inspect",
    "compare",
    "labels_info",
    "write_tracking",
    "clean_tracks",
    "suggest",
    "render",
    "visuals",
]


@define
class Options:
    """Options."""

    word: str = field(metadata={"positional": True})


def run_with(monkeypatch: pytest.MonkeyPatch, argv: list[str], run: Callable[..., object]) -> int:
    """Run a command whose work is the given function."""
    from sleap.cli.commands import demo

    monkeypatch.setattr(demo, "COMMAND", Command("tool", "Does it.", Options, run))  # type: ignore[arg-type]
    return main.demo(argv)


def test_a_command_gets_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    status = run_with(monkeypatch, ["hello"], lambda options, progress: seen.append(options.word))
    assert (status, seen) == (0, ["hello"])


def test_an_error_is_one_line_and_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: Options, progress: Progress) -> None:
        raise FileError(f"Cannot open '{options.word}'.")

    assert run_with(monkeypatch, ["x.slp"], fail) == 2
    assert capsys.readouterr().err == "tool: error: Cannot open 'x.slp'.\n"
    with pytest.raises(FileError):
        run_with(monkeypatch, ["x.slp", "--debug"], fail)


def test_the_first_interrupt_lets_the_job_end_cleanly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(signal.SIGINT)  # ignored where tests run in the background

    def work(options: Options, progress: Progress) -> None:
        progress.check()
        os.kill(os.getpid(), signal.SIGINT)
        assert progress.is_cancelled
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        raise CancelledError("Cancelled; kept the best.")

    assert run_with(monkeypatch, ["x"], work) == 130
    assert "kept the best" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("name", PROGRAMS)
def test_help_and_version_of_every_program(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for flag, text in (("--help", "examples:"), ("--version", "0.")):
        with pytest.raises(SystemExit) as end:
            main.main(name, [flag])
        assert end.value.code == 0
        assert text in capsys.readouterr().out


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_argument_of_every_program_has_help(name: str) -> None:
    from importlib import import_module

    command = import_module(f"sleap.cli.commands.{name}").COMMAND
    parser = main.make_parser(command)
    for action in parser._actions:
        assert action.help, f"{action.option_strings or action.dest} has no help"


def test_main_reads_the_arguments_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["sleap-track", "--no_such_option"])
    with pytest.raises(SystemExit) as end:
        main.track()
    assert end.value.code == 2
