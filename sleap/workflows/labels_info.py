"""A short text about a labels file: ``python -m sleap.info.labels``.

Light until ``describe_labels`` is called: the options import only attrs.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from sleap.core.labels import Labels


@frozen(kw_only=True)
class LabelsInfoOptions:
    """Options of ``python -m sleap.info.labels``."""

    data_path: Path = field(
        converter=Path,
        metadata={"help": "Labels file of any known format", "positional": True},
    )


def labels_info(options: LabelsInfoOptions) -> list[str]:
    """Read a labels file and count what it holds.

    Args:
        options: Which file.

    Returns:
        Lines to print.

    Raises:
        SleapError: If the file cannot be read.
    """
    from sleap.io.files import load_file

    return describe_labels(load_file(options.data_path))


def describe_labels(labels: "Labels") -> list[str]:
    """Count labeled frames and tracks, over all and by video."""
    from sleap.workflows.inspection.counts import count

    counts, _ = count(labels.store)
    lines = [
        f"Labeled frames: {len(labels)}",
        f"Tracks: {len(labels.tracks)}",
        f"Videos: {len(labels.videos)}",
    ]
    for number, video in enumerate(labels.videos):
        name = video.filename if isinstance(video.filename, str) else video.filename[0]
        facts = counts.of(number)
        lines.append(f"  {name}")
        if facts["frames"]:
            lines += [
                f"    labeled from frame {facts['first']} to {facts['last']}",
                f"    labeled frames: {facts['frames']}",
                f"    user-labeled frames: {facts['user_frames']}",
                f"    tracks: {facts['tracks']}",
                f"    most instances on one frame: {facts['max_instances']}",
            ]
        else:
            lines.append("    no labeled frames")
    lines.append(f"User-labeled frames in all: {int(counts.user_frames.sum())}")
    return lines
