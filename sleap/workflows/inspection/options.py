"""What inspecting takes and tells; light, it imports only attrs."""

from pathlib import Path
from typing import Any

from attrs import field, frozen


def _as_paths(value: Any) -> tuple[Path, ...]:
    return (Path(value),) if isinstance(value, str | Path) else tuple(Path(one) for one in value)


@frozen(kw_only=True)
class InspectOptions:
    """Options of ``sleap-inspect``."""

    path: Path = field(
        converter=Path,
        metadata={
            "help": "Labels file of any format, training package, predictions (also unfinished:"
            " .partial), analysis, skeleton, model folder, training profile or video",
            "positional": True,
        },
    )
    json: bool = field(
        default=False, metadata={"help": "Print JSON, with the keys that the documentation lists"}
    )
    verbose: bool = field(
        default=False,
        metadata={"help": "Also list tracks, all suggested frames, and where the labels come from"},
    )
    search: tuple[Path, ...] = field(
        default=(),
        converter=_as_paths,
        metadata={"help": "Folder in which to look for videos; may be repeated"},
    )


@frozen
class Inspection:
    """What was found.

    Args:
        facts: Plain data that fits into JSON; ``kind`` says what it is.
        lines: The same for people.
    """

    facts: dict[str, Any]
    lines: tuple[str, ...]
