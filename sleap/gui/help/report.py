"""A file that tells what is needed to find out what went wrong; nothing private unless wanted."""

import re
import zipfile
from pathlib import Path

from attrs import field, frozen

from sleap.core.labels import Labels
from sleap.gui.help.log import LOG
from sleap.gui.help.versions import as_text
from sleap.gui.settings_file import settings_path
from sleap.io.atomic import replacing

SETTINGS = ("preferences.yaml", "shortcuts.yaml", "colors.yaml")

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”")
_FOLDERS = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][^\\/\s'\":]+)+[\\/](?=[^\\/\s'\"]+)")
_PATH = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][^\\/\s'\":]+){2,}")


@frozen(kw_only=True)
class ReportOptions:
    """What goes into a report beside versions, counts and the log without names."""

    description: str = field(
        default="", metadata={"title": "What happened", "help": "What you did, and what came of it"}
    )
    with_names: bool = field(
        default=False,
        metadata={
            "title": "Names that the log mentions",
            "help": "Names of files, videos, nodes and tracks; folders are left out all the same",
        },
    )
    with_settings: bool = field(
        default=False,
        metadata={
            "title": "Your preferences, keys and palettes",
            "help": "The files of settings, without folders",
        },
    )


def write_report(
    path: Path, labels: Labels | None = None, options: ReportOptions | None = None
) -> None:
    """Write a report.

    It holds versions, the last lines of the log without what stands in quotes, and of the project
    only how many of what there are; more if the user wants it. Names of folders are left out.

    Args:
        path: A zip file, replaced whole or not at all.
        labels: The labels that were open.
        options: What else goes in; None: nothing.

    Raises:
        FileError: If it cannot be written.
    """
    options = options or ReportOptions()
    log = LOG.text()
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as zip:
        zip.writestr("versions.txt", as_text())
        zip.writestr("log.txt", without_folders(log) if options.with_names else without_names(log))
        if options.description.strip():
            zip.writestr("description.txt", options.description.strip() + "\n")
        if labels is not None:
            zip.writestr("project.txt", counts(labels))
        for name in SETTINGS if options.with_settings else ():
            settings = settings_path(name)
            if settings.is_file():
                text = settings.read_text(encoding="utf-8", errors="replace")
                zip.writestr(name, without_folders(text))


def counts(labels: Labels) -> str:
    """Return how many of what there are, without a name of anything."""
    store = labels.store
    lines = [
        f"videos: {len(store.videos)}",
        f"shapes: {sorted({str(video.shape) for video in store.videos})[:20]}",
        f"skeletons: {[len(one) for one in store.skeletons]} nodes",
        f"tracks: {len(store.tracks)}",
        f"labeled frames: {store.n_frames}",
        f"instances: {store.n_instances}",
        f"suggestions: {len(labels.suggestions)}",
    ]
    return "\n".join(lines) + "\n"


def without_names(text: str) -> str:
    """Leave out of a text what stands in quotes, and paths; but not modules of a traceback."""
    return _PATH.sub(_module, _QUOTED.sub(_module, text))


def without_folders(text: str) -> str:
    """Leave paths out of a text, but for their last parts."""
    return _FOLDERS.sub("…/", text)


def _module(found: re.Match[str]) -> str:
    name = re.split(r"[\\/]", found[0].strip("'\"“”"))[-1]
    return f'"…/{name}"' if name.endswith(".py") else "…"
