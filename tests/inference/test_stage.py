from typing import Any

import numpy as np
import pytest

from sleap.inference.stage import output_stride


def test_large_batches_go_in_parts(make_stage: Any) -> None:
    stage = make_stage("confmaps", batch_size=2)
    images = np.zeros((5, 16, 24, 3), dtype=np.uint8)
    result = stage.submit(images)
    assert result.exception() is None
    assert result.result().shape == (5, 8, 12, 3)
    assert [shape[0] for shape in stage.engine.shapes] == [2, 2, 1]


def test_nothing_is_run_for_no_images(make_stage: Any) -> None:
    stage = make_stage("confmaps")
    assert len(stage.submit(np.zeros((0, 16, 16, 3), dtype=np.uint8)).result()) == 0
    assert stage.engine.shapes == []


def test_the_output_tells_the_stride() -> None:
    assert output_stride(np.zeros((1, 64, 32, 1)), np.zeros((1, 16, 8, 5))) == 4


def test_tolerance_is_in_pixels_of_the_frame(make_stage: Any) -> None:
    assert make_stage("confmaps", scale=0.5, sigma=4.0).point_tolerance == pytest.approx(4)
