from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sleap.errors import CancelledError, VideoError
from sleap.inference.peaks import PeakFinder
from sleap.inference.predictors.single_instance import SingleInstancePredictor
from sleap.inference.timings import BusyClock
from sleap.progress import Progress


@pytest.fixture
def predictor(skeleton: Any, make_stage: Callable[..., Any]) -> SingleInstancePredictor:
    return SingleInstancePredictor(
        skeleton, make_stage("confmaps", batch_size=3), PeakFinder(0.3), BusyClock()
    )


def test_frames_come_in_the_order_asked_for(predictor: Any, make_world: Any) -> None:
    world = make_world(1, n_frames=9)
    found = list(predictor.predict(world.reader, [7, 2, 8, 0]))
    assert [poses.frame_idx for poses in found] == [7, 2, 8, 0]
    np.testing.assert_allclose(found[1].points[0], world.points[2, 0], atol=0.05)


def test_images_come_with_the_poses(predictor: Any, make_world: Any) -> None:
    world = make_world(1, n_frames=4)
    for poses, image in predictor.stream(world.reader):
        np.testing.assert_array_equal(image, world.reader.images[poses.frame_idx])


def test_memory_is_bounded_by_reading_no_further_than_needed(
    predictor: Any, make_world: Any
) -> None:
    world = make_world(1, n_frames=2)
    world.reader.images = np.repeat(world.reader.images, 100, axis=0)
    found = predictor.predict(world.reader)
    next(found)
    found.close()
    assert world.reader.n_read < 60


def test_an_unreadable_frame_is_an_error_after_the_frames_before_it(
    predictor: Any, make_world: Any
) -> None:
    found = predictor.predict(make_world(1, n_frames=3).reader, [0, 1, 2, 99])
    assert len([next(found), next(found), next(found)]) == 3
    with pytest.raises(VideoError, match="no frame 99"):
        next(found)


def test_a_stopped_prediction_ends(predictor: Any, make_world: Any) -> None:
    progress = Progress()
    found = predictor.predict(make_world(1, n_frames=20).reader, progress=progress)
    next(found)
    progress.is_cancelled = True
    with pytest.raises(CancelledError):
        list(found)


def test_progress_and_timings_count_frames(predictor: Any, make_world: Any) -> None:
    class Counter(Progress):
        n = 0

        def advance(self, steps: int = 1, **facts: float | int | str) -> None:
            self.n += steps

    progress = Counter()
    list(predictor.predict(make_world(1, n_frames=6).reader, progress=progress))
    timings = predictor.timings
    assert progress.n == timings.n_frames == 6
    assert timings.total > 0 and timings.decode > 0 and timings.grouping > 0
    assert timings.frames_per_second == pytest.approx(6 / timings.total)


def test_nothing_to_do(predictor: Any, make_world: Any) -> None:
    assert list(predictor.predict(make_world(1).reader, [])) == []
