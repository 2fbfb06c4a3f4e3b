"""What older versions of the labels file meant, brought to today's meaning."""

import numpy as np
import numpy.typing as npt

PIXEL_CENTRE = 1.1
"""From this version on the centre of the top-left pixel is (0, 0) in the table ``points``."""


def upgrade_points(points: npt.NDArray[np.void], format_id: float) -> npt.NDArray[np.void]:
    """Bring user points to pixel centres.

    Before 1.1 the user points of a labels file counted from the *corner* of the top-left pixel,
    so that its centre was (0.5, 0.5); predicted points counted from its centre even then.

    Args:
        points: (n,) rows of the table ``points``.
        format_id: Version of the file.

    Returns:
        The points, in pixels with the centre of the top-left pixel at (0, 0): a copy if they had
        to be moved.
    """
    if format_id < PIXEL_CENTRE:
        points = points.copy()
        points["x"] -= 0.5
        points["y"] -= 0.5
    return points
