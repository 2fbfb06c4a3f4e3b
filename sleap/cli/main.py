"""The programs: parse, run, and turn errors into one clear line.

Exit status: 0 done, 2 the user, a file or the machine is in the way, 130 stopped by the user.
"""

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType

from sleap.cli.command import Command
from sleap.cli.options import Parser, add_options, read_options, usage
from sleap.errors import CancelledError, SleapError
from sleap.progress import Progress
from sleap.version import __version__


def train(argv: list[str] | None = None) -> int:
    """Run ``sleap-train``."""
    return main("train", argv)


def track(argv: list[str] | None = None) -> int:
    """Run ``sleap-track``."""
    return main("track", argv)


def retrack(argv: list[str] | None = None) -> int:
    """Run ``python -m sleap.nn.tracking``."""
    return main("retrack", argv)


def evaluate(argv: list[str] | None = None) -> int:
    """Run ``python -m sleap.evaluation``."""
    return main("evaluate", argv)


def demo(argv: list[str] | None = None) -> int:
    """Run ``sleap-demo``."""
    return main("demo", argv)


def convert(argv: list[str] | None = None) -> int:
    """Run ``sleap-convert``."""
    return main("convert", argv)


def inspect(argv: list[str] | None = None) -> int:
    """Run ``sleap-inspect``."""
    return main("inspect", argv)


def compare(argv: list[str] | None = None) -> int:
    """Run ``sleap-compare``."""
    return main("compare", argv)


def suggest(argv: list[str] | None = None) -> int:
    """Run ``python -m sleap.suggestions``."""
    return main("suggest", argv)


def render(argv: list[str] | None = None) -> int:
    """Run ``sleap-render``."""
    return main("render", argv)


def visuals(argv: list[str] | None = None) -> int:
    """Run ``python -m sleap.io.visuals``."""
    return main("visuals", argv)


def label(argv: list[str] | None = None) -> int:
    """Run ``sleap-label``."""
    return main("label", argv)


def labels_info(argv: list[str] | None = None) -> int:
    """Run ``python -m sleap.info.labels``."""
    return main("labels_info", argv)


def write_tracking(argv: list[str] | None = None) -> int:
    """Run ``python -m sleap.info.write_tracking_h5``."""
    return main("write_tracking", argv)


def clean_tracks(argv: list[str] | None = None) -> int:
    """Run ``python -m sleap.info.trackcleaner``."""
    return main("clean_tracks", argv)


def main(name: str, argv: list[str] | None = None) -> int:
    """Run one command.

    Args:
        name: The module of ``sleap.cli.commands`` that holds it.
        argv: Its arguments; those of the process when None.

    Returns:
        The exit status.
    """
    command: Command = import_module(f"sleap.cli.commands.{name}").COMMAND
    arguments = make_parser(command).parse(sys.argv[1:] if argv is None else argv)
    try:
        options = read_options(arguments, command.options)
        from sleap.cli.output import make_progress

        progress = make_progress(arguments.verbosity)
        with _stop_on_interrupt(progress), progress:
            command.run(options, progress)
    except CancelledError as error:
        print(f"{command.program}: {error}", file=sys.stderr)
        return 130
    except SleapError as error:
        if arguments.debug:
            raise
        print(f"{command.program}: error: {error}", file=sys.stderr)
        return 2
    return 0


def make_parser(command: Command) -> Parser:
    """Build the argument parser of a command."""
    epilog = "\n".join(["examples:", *(f"  {line}" for line in command.examples)])
    parser = Parser(
        prog=command.program,
        usage=usage(command.options, command.program),
        description=command.summary,
        epilog=epilog if command.examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_options(parser, command.options)
    group = parser.add_argument_group("Output")
    group.add_argument(
        "--verbosity",
        choices=["none", "rich", "json"],
        default="rich",
        help="how progress is shown on stderr (default: rich)",
    )
    group.add_argument("--debug", action="store_true", help="show the traceback of an error")
    group.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


@contextmanager
def _stop_on_interrupt(progress: Progress) -> Iterator[None]:
    """Let the first Ctrl+C end the job cleanly, and a second one at once."""

    def stop(signum: int, frame: FrameType | None) -> None:
        if progress.is_cancelled:
            raise KeyboardInterrupt
        progress.is_cancelled = True
        progress.say("Stopping; press Ctrl+C again to stop at once.")

    previous = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
