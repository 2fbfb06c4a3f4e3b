"""Writing training packages: labels with the images they were made on.

Light until ``package`` is called: the options import only attrs.
"""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import Attribute, field, frozen

from sleap.errors import OptionError, did_you_mean
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    from sleap.core.labels import Labels
    from sleap.io.slp.embed import PackageReport

FRAMES = ("user", "user+suggested", "user+suggested+predicted")
ENCODINGS = ("png", "jpg", "raw")

SUFFIX = ".pkg.slp"
"""How the name of a package ends."""


@frozen(kw_only=True)
class PackageOptions:
    """What goes into a training package.

    Raises:
        OptionError: If a value is not known or out of its range.
    """

    embed: str = field(
        default="",
        metadata={
            "help": "Write a training package with the images of these frames: those labeled by"
            " the user, also the suggested ones, or also those with predictions",
            "choices": FRAMES,
        },
    )
    encoding: str = field(
        default="png",
        metadata={
            "help": "How a package stores images: png (exact), jpg (smaller), raw (exact, large)",
            "choices": ENCODINGS,
        },
    )
    quality: int = field(
        default=95, metadata={"help": "Quality of JPEG images in a package, 1 to 100"}
    )
    skip_missing: bool = field(
        default=False,
        metadata={
            "help": "Write a package without the frames of videos that are missing",
            "flags": ("--skip-missing",),
        },
    )

    @embed.validator
    def _check_embed(self, attribute: "Attribute[Any]", value: str) -> None:
        _check(value, ("", *FRAMES), "embed")

    @encoding.validator
    def _check_encoding(self, attribute: "Attribute[Any]", value: str) -> None:
        _check(value, ENCODINGS, "encoding")

    @quality.validator
    def _check_quality(self, attribute: "Attribute[Any]", value: int) -> None:
        if not 1 <= value <= 100:
            raise OptionError(f"quality is {value}; expected 1 to 100.")

    @property
    def is_on(self) -> bool:
        """Whether a package is asked for."""
        return bool(self.embed)


def package(
    labels: "Labels",
    path: str | Path,
    options: PackageOptions | None = None,
    progress: Progress = SILENT,
    *,
    backups: int = 0,
) -> "PackageReport":
    """Write a training package, and say what is in it and what could not be.

    A package is written whole or not at all: when it fails or is cancelled, an old file of that
    name is as it was.

    Args:
        labels: What to write; left as they are.
        path: The package; by custom its name ends in ``.pkg.slp``.
        options: Which frames, and how; by default those labeled by the user, as PNG.
        progress: Told of each image; may cancel.
        backups: How many earlier versions of the file to keep.

    Returns:
        What is in the package, and what was left out.

    Raises:
        SleapError: If there is nothing to write, an image is missing, or the file cannot be
            written.
    """
    from sleap.io.atomic import keeping
    from sleap.io.backups import kept_or_warned
    from sleap.io.slp.embed import write_package

    options = options or PackageOptions()
    with keeping(path, lambda old: kept_or_warned(old, backups) if backups else nullcontext()):
        report = write_package(
            labels,
            path,
            options.embed or "user",  # type: ignore[arg-type]
            options.encoding,  # type: ignore[arg-type]
            options.quality,
            progress,
            skip_missing=options.skip_missing,
        )
    for line in describe(report, path):
        progress.say(line)
    return report


def describe(report: "PackageReport", path: str | Path) -> list[str]:
    """Say in sentences what is in a package and what was left out."""
    size = Path(path).stat().st_size / 1e6
    copied = f", {report.n_copied} of them copied as they were" if report.n_copied else ""
    lines = [
        f"{path}: {report.n_images} images of {report.n_videos} videos{copied}; {size:.1f} MB."
    ]
    return lines + [f"Left out: {one}." for one in report.left_out]


def _check(value: str, known: tuple[str, ...], name: str) -> None:
    if value not in known:
        expected = ", ".join(word for word in known if word)
        raise OptionError(f"{name} is '{value}'; expected {expected}.{did_you_mean(value, known)}")
