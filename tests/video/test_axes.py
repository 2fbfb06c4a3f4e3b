import logging

import numpy as np
import pytest

from sleap.errors import VideoError
from sleap.video.axes import find_axes


@pytest.mark.parametrize(
    ("shape", "input_format", "found", "kind"),
    [
        ((7, 20, 30, 1), None, (7, 20, 30, 1), "channels_last"),
        ((7, 20, 30, 3), "channels_last", (7, 20, 30, 3), "channels_last"),
        ((7, 20, 30), None, (7, 20, 30, 1), "channels_last"),
        ((7, 1, 30, 20), None, (7, 20, 30, 1), "channels_first"),
        ((7, 3, 30, 20), "channels_first", (7, 20, 30, 3), "channels_first"),
        ((3, 7, 20, 30), "channels_first", (7, 20, 30, 3), "channels_first"),
        ((1, 7, 20, 30), None, (7, 20, 30, 1), "channels_first"),
        ((1, 1, 30, 20), "channels_first", (1, 20, 30, 1), "channels_first"),
        ((1, 20, 30, 1), "channels_first", (20, 30, 1, 1), "channels_first"),
        ((1, 20, 30, 1), None, (1, 20, 30, 1), "channels_last"),
    ],
)
def test_orders_of_axes(
    shape: tuple[int, ...], input_format: str | None, found: tuple[int, ...], kind: str
) -> None:
    axes = find_axes(shape, input_format, name="array 'a'")
    assert axes.shape(shape) == found
    assert axes.input_format == kind
    frame = np.zeros(shape)[axes.selection(0)]
    assert axes.upright(frame).shape == found[1:]


def test_the_shape_overrules_a_wrong_format_and_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        axes = find_axes((9, 1, 30, 20), "channels_last", name="dataset 'box'")
    assert axes.shape((9, 1, 30, 20)) == (9, 20, 30, 1)
    assert "dataset 'box' of shape (9, 1, 30, 20) is not channels_last" in caplog.text


@pytest.mark.parametrize("shape", [(5,), (5, 6), (2, 5, 6, 7), (1, 2, 3, 4, 5)])
def test_other_shapes_are_no_video(shape: tuple[int, ...]) -> None:
    with pytest.raises(VideoError, match=r"Expected \(frames, height, width\)"):
        find_axes(shape, None, name="array 'a'")
