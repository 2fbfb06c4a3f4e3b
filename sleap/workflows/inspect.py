"""Telling what is in a file or folder: ``sleap-inspect``.

Light until ``inspect`` is called: the options import only attrs.
"""

from sleap.progress import SILENT, Progress
from sleap.workflows.inspection.options import Inspection, InspectOptions

__all__ = ["InspectOptions", "Inspection", "inspect"]


def inspect(options: InspectOptions, progress: Progress = SILENT) -> Inspection:
    """Find out what a file or folder is and what it holds.

    Args:
        options: What to look at.
        progress: Told what a person should know.

    Returns:
        The facts, and lines to print.

    Raises:
        SleapError: If there is no such file, or it is of no known kind or damaged.
    """
    from sleap.workflows.inspection.kinds import look

    return look(options)
