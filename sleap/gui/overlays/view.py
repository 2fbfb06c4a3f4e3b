"""Which part of a frame a widget shows, and how large."""

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen
from qtpy.QtCore import QPointF, QRectF

FloatArray = npt.NDArray[np.float64]

MAX_ZOOM = 64.0
"""So many times larger than the whole frame in the widget can it be shown."""

_MARGIN = 0.12
"""So much of the widget, at most, lies beyond an edge of an enlarged frame."""


@frozen
class View:
    """Maps pixels of a frame to a widget and back.

    The centre of a pixel of the frame is at integers, so its first pixel reaches from -0.5 to 0.5.
    In the widget positions are logical pixels from its top left corner. The frame begins at a whole
    pixel of the screen, and points follow it, so that at 1:1 a pixel is a pixel.

    Args:
        image_size: (width, height) of the frame, px.
        size: (width, height) of the widget, logical px.
        centre: (x, y) of the frame in the middle of the widget, px.
        zoom: How much larger than the whole frame in the widget; 1 to ``MAX_ZOOM``.
        ratio: Pixels of the screen per logical pixel.
    """

    image_size: tuple[int, int]
    size: tuple[int, int]
    centre: tuple[float, float] = field()
    zoom: float = 1.0
    ratio: float = 1.0

    @centre.default
    def _middle(self) -> tuple[float, float]:
        width, height = self.image_size
        return (width - 1) / 2, (height - 1) / 2

    @property
    def scale(self) -> float:
        """Logical pixels of the widget per pixel of the frame."""
        return self.fit_scale * self.zoom

    @property
    def fit_scale(self) -> float:
        """The scale at which the whole frame just fits."""
        width, height = (max(side, 1) for side in self.image_size)
        return max(1e-6, min(self.size[0] / width, self.size[1] / height))

    @property
    def origin(self) -> tuple[float, float]:
        """(x, y) in the widget of the top left corner of the frame, on a pixel of the screen."""
        scale = self.scale
        corner = (
            side / 2 - (middle + 0.5) * scale
            for side, middle in zip(self.size, self.centre, strict=True)
        )
        left, top = (round(place * self.ratio) / self.ratio for place in corner)
        return left, top

    @property
    def rectangle(self) -> QRectF:
        """Where the frame lies in the widget, all of it."""
        scale, (left, top) = self.scale, self.origin
        return QRectF(left, top, self.image_size[0] * scale, self.image_size[1] * scale)

    def place(self, points: npt.ArrayLike) -> FloatArray:
        """Map (..., 2) px of the frame to the widget."""
        return np.asarray(
            (np.asarray(points, np.float64) + 0.5) * self.scale + np.array(self.origin)
        )

    def unplace(self, at: QPointF) -> tuple[float, float]:
        """Map a position in the widget to (x, y) px of the frame."""
        scale, (left, top) = self.scale, self.origin
        return (at.x() - left) / scale - 0.5, (at.y() - top) / scale - 0.5

    def place_box(self, x0: float, y0: float, x1: float, y1: float) -> QRectF:
        """Map a box of the frame to the widget."""
        (left, top), (right, bottom) = self.place([[x0, y0], [x1, y1]]).tolist()
        return QRectF(QPointF(left, top), QPointF(right, bottom)).normalized()

    # -- other views ----------------------------------------------------------------------------

    def zoomed(self, factor: float, about: QPointF | None = None) -> "View":
        """Return the view enlarged so many times; what lies under ``about`` stays there."""
        zoom = min(max(self.zoom * factor, 1.0), MAX_ZOOM)
        if about is None:
            return evolve(self, zoom=zoom).held()
        x, y = self.unplace(about)
        scale = self.fit_scale * zoom
        centre = (
            x + (self.size[0] / 2 - about.x()) / scale,
            y + (self.size[1] / 2 - about.y()) / scale,
        )
        return evolve(self, zoom=zoom, centre=centre).held()

    def moved(self, dx: float, dy: float) -> "View":
        """Return the view with the frame moved by logical pixels of the widget."""
        scale = self.scale
        return evolve(
            self, centre=(self.centre[0] - dx / scale, self.centre[1] - dy / scale)
        ).held()

    def showing(self, x0: float, y0: float, x1: float, y1: float) -> "View":
        """Return the view that just shows a box of the frame, px, in either order."""
        width, height = max(abs(x1 - x0), 1e-3), max(abs(y1 - y0), 1e-3)
        scale = min(self.size[0] / width, self.size[1] / height)
        zoom = min(max(scale / self.fit_scale, 1.0), MAX_ZOOM)
        return evolve(self, zoom=zoom, centre=((x0 + x1) / 2, (y0 + y1) / 2)).held()

    def whole(self) -> "View":
        """Return the view of the whole frame."""
        width, height = self.image_size
        return evolve(self, zoom=1.0, centre=((width - 1) / 2, (height - 1) / 2))

    def resized(self, size: tuple[int, int], ratio: float) -> "View":
        """Return the view in a widget of another size, as much enlarged."""
        return evolve(self, size=(max(size[0], 1), max(size[1], 1)), ratio=ratio).held()

    def held(self) -> "View":
        """Return the view moved so that the frame is not lost from sight.

        A side that fits is centred; of one that does not, the edge goes in a little at most.
        """
        scale = self.scale
        centre = []
        for middle, length, room in zip(self.centre, self.image_size, self.size, strict=True):
            seen = room / scale
            if length <= seen * (1 + 1e-9):
                centre.append((length - 1) / 2)
                continue
            spare = max(0.0, seen / 2 - _MARGIN * seen)
            low, high = -0.5 + spare, length - 0.5 - spare
            centre.append(min(max(middle, low), high))
        return evolve(self, centre=(centre[0], centre[1]))
