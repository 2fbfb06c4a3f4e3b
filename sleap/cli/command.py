"""What a command is: a program name, its options, and the use case it runs."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from sleap.progress import Progress


@frozen
class Command:
    """One program of the command line.

    Attributes:
        program: The name a user types (``sleap-train``).
        summary: What it does, in one sentence.
        options: The attrs class whose fields are its arguments (see ``sleap.cli.options``).
        run: Called with an instance of ``options`` and a ``Progress``.
        examples: Command lines worth copying, shown at the end of ``--help``.
    """

    program: str
    summary: str
    options: type
    run: Callable[[Any, Progress], None]
    examples: tuple[str, ...] = ()
