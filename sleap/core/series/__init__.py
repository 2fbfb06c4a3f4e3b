"""Statistics over the frames of a video: what the header of a timeline draws.

``STATISTICS`` is the table of them, ``compute`` gives one as an array with a value per frame, and
``LiveSeries`` keeps such an array that follows edits.
"""

from sleap.core.series import confidence, motion, proximity
from sleap.core.series.live import LiveSeries
from sleap.core.series.statistic import STATISTICS, Statistic, compute, update

__all__ = [
    "STATISTICS",
    "LiveSeries",
    "Statistic",
    "compute",
    "confidence",
    "motion",
    "proximity",
    "update",
]
