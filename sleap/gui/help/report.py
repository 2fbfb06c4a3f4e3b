"""A file that tells what is needed to find out what went wrong, and nothing of the user's data."""

import re
import zipfile
from pathlib import Path

from sleap.core.labels import Labels
from sleap.gui.help.log import LOG
from sleap.gui.help.versions import as_text
from sleap.gui.settings_file import settings_path
from sleap.io.atomic import replacing

SETTINGS = ("preferences.yaml", "shortcuts.yaml", "colors.yaml")


def write_report(path: Path, labels: Labels | None = None) -> None:
    """Write a report.

    It holds versions, the last lines of the log, the files of settings, and of the project only
    how many of what there are. Names of the user's folders are left out.

    Args:
        path: A zip file, replaced whole or not at all.
        labels: The labels that were open.

    Raises:
        FileError: If it cannot be written.
    """
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as zip:
        zip.writestr("versions.txt", as_text())
        zip.writestr("log.txt", without_home(LOG.text()))
        if labels is not None:
            zip.writestr("project.txt", counts(labels))
        for name in SETTINGS:
            settings = settings_path(name)
            if settings.is_file():
                text = settings.read_text(encoding="utf-8", errors="replace")
                zip.writestr(name, without_home(text))


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


def without_home(text: str) -> str:
    """Leave paths out of a text, but for their last parts."""
    return re.sub(r"(?:[A-Za-z]:)?(?:[\\/][^\\/\s'\":]+)+[\\/](?=[^\\/\s'\"]+)", "…/", text)
