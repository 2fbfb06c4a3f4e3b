"""The names of the datasets and attributes of an analysis file."""

TRACKS, OCCUPANCY = "tracks", "track_occupancy"
POINT_SCORES, SCORES, TRACKING_SCORES = "point_scores", "instance_scores", "tracking_scores"

AXES = {
    TRACKS: ("track", "xy", "node", "frame"),
    POINT_SCORES: ("track", "node", "frame"),
    SCORES: ("track", "frame"),
    TRACKING_SCORES: ("track", "frame"),
    OCCUPANCY: ("frame", "track"),
}
"""The axes of each array, in the order in which they are stored."""

DIMS = "dims"
"""Attribute of an array: its axes, as JSON."""

UNTRACKED = "untracked"
"""Attribute of ``track_names``: which columns are not tracks."""

FIRST_FRAME = "first_frame"
"""Attribute of ``tracks``: index in the video of the first frame, where it is not 0."""
