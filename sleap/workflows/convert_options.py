"""What converting takes and tells; light, it imports only attrs."""

from pathlib import Path
from typing import Any

from attrs import Attribute, field, frozen

from sleap.errors import OptionError
from sleap.workflows.package import PackageOptions

RESOLUTIONS = ("both", "base", "new", "neither")


def _as_texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _as_paths(value: Any) -> tuple[Path, ...]:
    return (Path(value),) if isinstance(value, str | Path) else tuple(Path(one) for one in value)


@frozen(kw_only=True)
class ConvertOptions:
    """Options of ``sleap-convert``.

    Raises:
        OptionError: If a value is not known, or two of them do not go together.
    """

    input_path: Path = field(
        converter=Path,
        metadata={"help": "Labels file of any known format", "positional": True},
    )
    output: tuple[str, ...] = field(
        default=(),
        converter=_as_texts,
        metadata={
            "help": "File to write, or a folder; may be repeated where a format holds one video a"
            " file. If not given, the name is made of that of the input",
            "flags": ("-o",),
        },
    )
    format: str = field(
        default="",
        metadata={
            "help": "Format to write: slp, h5, json, analysis, analysis.csv, analysis.nix, coco,"
            " deeplabcut, nwb; if not given, told from the ending of the output",
        },
    )
    video: str = field(
        default="",
        metadata={"help": "Only this video: its number, counted from 0, or its name"},
    )
    search: tuple[Path, ...] = field(
        default=(),
        converter=_as_paths,
        metadata={
            "help": "Folder to search, with all below it, for videos that are not found; may be"
            " repeated"
        },
    )
    video_prefix: tuple[str, ...] = field(
        default=(),
        converter=_as_texts,
        metadata={
            "help": "Videos whose paths begin with OLD are now found at NEW; may be repeated",
            "flags": ("--video-prefix",),
            "metavar": "OLD=NEW",
        },
    )
    merge: tuple[Path, ...] = field(
        default=(),
        converter=_as_paths,
        metadata={"help": "Labels file to merge into the input; may be repeated"},
    )
    resolve: str = field(
        default="both",
        metadata={
            "help": "What to keep where merged files have other instances on one frame",
            "choices": RESOLUTIONS,
        },
    )
    same_videos: tuple[str, ...] = field(
        default=(),
        converter=_as_texts,
        metadata={
            "help": "When merging, say which videos are the same where names do not tell: number or"
            " name in the merged file, '=', number or name in the input; may be repeated",
            "flags": ("--same-videos",),
            "metavar": "NEW=BASE",
        },
    )
    replace_predictions: bool = field(
        default=False,
        metadata={
            "help": "Let the predictions of a merged file replace all older ones on their frames",
            "flags": ("--replace-predictions",),
        },
    )
    match_tracks: str = field(
        default="name",
        metadata={
            "help": "When merging, whether tracks of one name are one identity (name), or all of a"
            " merged file are new (none)",
            "choices": ("name", "none"),
            "flags": ("--match-tracks",),
        },
    )
    dry_run: bool = field(
        default=False,
        metadata={
            "help": "Only say what would be merged, and written where; write nothing",
            "flags": ("--dry-run",),
        },
    )
    repair: bool = field(
        default=False, metadata={"help": "Save what a damaged file still holds into a new one"}
    )
    all_frames: bool = field(
        default=True,
        metadata={
            "help": "Whether frames without instances are written, and one row per frame of the"
            " video where a format has rows for all",
            "flags": ("--all-frames",),
        },
    )
    no_empty_frames: bool = field(
        default=False,
        metadata={
            "help": "The same as --all-frames false: arrays begin with the first frame that has an"
            " instance and end with the last",
            "flags": ("--no-empty-frames",),
        },
    )
    package: PackageOptions = field(factory=PackageOptions, metadata={"prefix": ""})

    @resolve.validator
    def _check_resolve(self, attribute: "Attribute[Any]", value: str) -> None:
        if value not in RESOLUTIONS:
            raise OptionError(f"resolve is '{value}'; expected {', '.join(RESOLUTIONS)}.")

    def __attrs_post_init__(self) -> None:
        if self.repair and self.dry_run:
            raise OptionError("A repair always writes a new file: leave --dry-run out.")
        if self.package.is_on and self.format not in ("", "slp", "h5"):
            raise OptionError(
                f"A training package is a labels file: leave out --format {self.format} or --embed."
            )

    @property
    def keeps_empty_frames(self) -> bool:
        """Whether frames without instances are written."""
        return self.all_frames and not self.no_empty_frames


@frozen
class ConvertReport:
    """What was converted, or would be.

    Args:
        paths: The files written; of a dry run, those that would be.
        lines: What a person should know: what was merged, saved, found, and not kept.
        is_dry_run: Whether nothing was written.
    """

    paths: tuple[Path, ...]
    lines: tuple[str, ...] = ()
    is_dry_run: bool = False
