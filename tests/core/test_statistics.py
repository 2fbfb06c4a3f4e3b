import numpy as np

from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.statistics import Statistics
from sleap.core.video import Video


def test_counts(labels: Labels) -> None:
    labels.add_frame(Video("b.mp4"), 0).append(Instance(labels.skeleton, np.ones((4, 2))))
    assert labels.statistics() == Statistics(2, 3, 3, 1, 5, 3, 2, 2, 3, 2)
    assert labels.statistics(labels.video) == Statistics(1, 2, 2, 1, 4, 2, 2, 2, 3, 2)
    assert labels.statistics(Video("c.mp4")).n_frames == 0
    assert Labels().statistics() == Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def test_counts_follow_edits(labels: Labels) -> None:
    labels.remove_predictions()
    found = labels.statistics()
    assert (found.n_predicted_instances, found.n_predicted_frames, found.n_tracks) == (0, 0, 1)
