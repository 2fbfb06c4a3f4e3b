"""A small project of two videos."""

from typing import Any

import numpy as np

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video

BODY = np.array([(100.0, 100), (120, 100), (120, 90), (120, 110)])
"""Head, thorax, left and right of an animal that looks to the left; pixels."""


def sample_project() -> Labels:
    """Frames 10, 11, 12, 20 of the first video and 5 of the second.

    10: predictions of tracks 1, 2 (one node not found), a user instance made from the first;
    11: predictions of tracks 1, 2; 12: user instances of track 1 and of none; 20: a poor
    prediction of track 3; 5 of the second video: a prediction of track 1.
    """
    skeleton = Skeleton(["head", "thorax", "left", "right"], [(1, 0), (1, 2), (1, 3)], [(2, 3)])
    videos = [Video(f"day{day}.mp4", shape=(100, 480, 640, 1)) for day in (1, 2)]
    one, two, three = tracks = [Track("1"), Track("2", 10), Track("3", 20)]

    def found(dx: float, track: Track, score: float, missing: int | None = None) -> Any:
        points = BODY + np.array((dx, 0))
        if missing is not None:
            points[missing] = np.nan
        return PredictedInstance(skeleton, points, track, point_scores=[score] * 4, score=score)

    first = found(0, one, 0.9)
    made = Instance(skeleton, BODY + 1, one, from_predicted=first)
    made.points["complete"][0] = True
    alone = Instance(skeleton, {"head": (300, 100), "thorax": (320, 100)})
    return Labels(
        [
            LabeledFrame(videos[0], 10, [first, found(200, two, 0.4, 3), made]),
            LabeledFrame(videos[0], 11, [found(5, one, 0.8), found(205, two, 0.7)]),
            LabeledFrame(videos[0], 12, [Instance(skeleton, BODY + np.array((10, 0)), one), alone]),
            LabeledFrame(videos[0], 20, [found(50, three, 0.1)]),
            LabeledFrame(videos[1], 5, [found(7, one, 0.6)]),
        ],
        videos=videos,
        skeletons=[skeleton],
        tracks=tracks,
        suggestions=[SuggestionFrame(videos[0], 10), SuggestionFrame(videos[1], 7, 2)],
        negative_anchors={0: [(10, 5.0, 5.0)], 1: [(5, 1.0, 2.0), (6, 3.0, 4.0)]},
        provenance={"source": "day1"},
    )
