"""Where the parts of a timeline lie, from top to bottom, in pixels of the widget."""

import math

from attrs import frozen

MARGIN = 12.0
"""Free room left and right of the frames, for the handle of the first and last one."""

TOP, GAP = 3.0, 3.0
GRAPH, LABELS, SUGGESTIONS, UNTRACKED, RULER = 30.0, 7.0, 13.0, 4.0, 18.0
ROW, ROW_GAP = 3.0, 1.0
N_ROWS = 20
"""Rows of tracks that are visible at once; with more of them they get thinner, then scroll."""

THINNEST = 2.0


@frozen
class Lane:
    """A horizontal strip.

    Attributes:
        y: Its upper border.
        height: 0: it is not there.
    """

    y: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower border."""
        return self.y + self.height

    def holds(self, y: float) -> bool:
        """Tell whether a place lies in it."""
        return self.y <= y < self.bottom


@frozen
class Lanes:
    """All strips of a timeline.

    Attributes:
        graph: The graph of a statistic.
        labels: Marks of labeled frames.
        suggestions: Marks of suggestions.
        tracks: A row for each track.
        untracked: Ticks of frames with instances without a track.
        ruler: Numbers of frames, and the handle.
        pitch: From one row of tracks to the next.
        row: Height of a row of tracks.
        n_rows: Rows there are; ``n_visible`` of them are visible at once.
        n_visible: Rows that are visible at once.
        height: Of all together.
    """

    graph: Lane
    labels: Lane
    suggestions: Lane
    tracks: Lane
    untracked: Lane
    ruler: Lane
    pitch: float
    row: float
    n_rows: int
    n_visible: int
    height: float

    @property
    def scrolls(self) -> bool:
        """Whether some rows of tracks are out of sight."""
        return self.n_visible < self.n_rows

    @classmethod
    def arrange(
        cls,
        n_tracks: int,
        *,
        has_graph: bool = False,
        has_suggestions: bool = False,
        has_untracked: bool = False,
        ratio: float = 1.0,
    ) -> "Lanes":
        """Lay out what there is.

        Args:
            n_tracks: Tracks that occur in the video.
            has_graph: Whether a statistic was chosen.
            has_suggestions: Whether any frame is suggested.
            has_untracked: Whether any instance has no track.
            ratio: Pixels of the screen for one of the widget.
        """
        pitch, row, n_visible = _rows(n_tracks, ratio)
        y = TOP
        lanes: list[Lane] = []
        heights = (
            (GRAPH, has_graph, GAP),
            (LABELS, True, 1.0 if has_suggestions else GAP),
            (SUGGESTIONS, has_suggestions, GAP),
            (pitch * n_visible, n_tracks > 0, 1.0 if has_untracked else GAP),
            (UNTRACKED, has_untracked, GAP),
            (RULER, True, 0.0),
        )
        for height, is_there, gap in heights:
            lanes.append(Lane(y, height if is_there else 0.0))
            y += height + gap if is_there else 0.0
        graph, labels, suggestions, tracks, bare, ruler = lanes
        return cls(
            *(graph, labels, suggestions, tracks, bare, ruler),
            pitch=pitch,
            row=row,
            n_rows=n_tracks,
            n_visible=n_visible,
            height=math.ceil(y),
        )


def _rows(n_tracks: int, ratio: float) -> tuple[float, float, int]:
    """Return the pitch and height of a row of tracks, and how many are visible."""
    pitch = ROW + ROW_GAP
    if n_tracks <= N_ROWS:
        return pitch, ROW, n_tracks
    room = N_ROWS * pitch
    thin = math.floor(room / n_tracks * ratio) / ratio
    if thin >= THINNEST:
        gap = 1 / ratio if thin >= THINNEST + 1 / ratio else 0.0
        return thin, thin - gap, n_tracks
    return pitch, ROW, N_ROWS
