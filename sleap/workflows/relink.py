"""Pointing the videos of a project to where they lie now: ``sleap-convert --video-prefix``.

Light until ``relink`` is called: the options import only attrs.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sleap.workflows.relink_options import Content, Relinked, RelinkOptions

if TYPE_CHECKING:
    from sleap.core.labels import Labels

__all__ = ["Content", "RelinkOptions", "Relinked", "relink"]


def relink(labels: "Labels", path: Path, options: RelinkOptions) -> list[Relinked]:
    """Find the videos of labels, and write down where they lie now.

    What is found where its path says, or beside the project, keeps its path, which stays true when
    project and videos move together.

    Args:
        labels: The labels; ``Video.filename`` of what is found elsewhere is changed.
        path: The labels file, from whose folder relative paths count.
        options: What is known of where they lie.

    Returns:
        What became of each video that lies outside of the labels file, in their order; the
        recordings behind embedded images are among them.

    Raises:
        OptionError: If a prefix is not written OLD=NEW, or ``files`` names no video.
    """
    from sleap.workflows import relinking

    return relinking.relink(labels, path, options)
