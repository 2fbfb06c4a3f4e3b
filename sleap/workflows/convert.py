"""Turning a labels file into another: ``sleap-convert``.

Light until ``convert`` is called: the options import only attrs.
"""

from sleap.progress import SILENT, Progress
from sleap.workflows.convert_options import ConvertOptions, ConvertReport

__all__ = ["ConvertOptions", "ConvertReport", "convert"]


def convert(options: ConvertOptions, progress: Progress = SILENT) -> ConvertReport:
    """Read a labels file, change what is asked for, and write it.

    In this order: repaired, merged, videos found, frames chosen, written. The input stays as it is,
    unless it is named as the output; then, and whenever a file is replaced, its old version is kept
    as a backup.

    Args:
        options: What to do.
        progress: Told how far it is, and what a person should know.

    Returns:
        The files written and the same news.

    Raises:
        SleapError: If a file cannot be read or written, or the options do not fit the labels.
    """
    from sleap.workflows import converting

    return converting.convert(options, progress)
