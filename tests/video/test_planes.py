import av
import numpy as np
import pytest

from sleap.video.pixels import to_gray
from sleap.video.planes import LUMA_FIRST, FrameConverter


def ramp(pix_fmt: str, color_range: int = 0) -> av.VideoFrame:
    """Make a frame with every brightness and neutral colour."""
    frame = av.VideoFrame(256, 16, pix_fmt)
    for number, plane in enumerate(frame.planes):
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        rows[:] = 128
        if number == 0:
            rows[:, :256] = np.arange(256, dtype=np.uint8)
    frame.color_range = color_range
    return frame


@pytest.mark.parametrize("color_range", [0, 1, 2])
@pytest.mark.parametrize("pix_fmt", sorted(LUMA_FIRST - {"yuvj410p"}))
def test_brightness_plane_reads_as_the_conversion_through_rgb(
    pix_fmt: str, color_range: int
) -> None:
    try:
        frame = ramp(pix_fmt, color_range)
    except ValueError:
        pytest.skip(f"this build of av has no {pix_fmt}")
    one, three = FrameConverter(frame, True), FrameConverter(frame, False)
    through_rgb = to_gray(three.convert(frame)).astype(int)
    assert np.abs(one.convert(frame).astype(int) - through_rgb).max() <= 1
    assert one.is_grayscale and not three.is_grayscale
    assert FrameConverter(frame).is_grayscale, "told from the pixels"


def test_limited_range_is_expanded_and_full_range_is_not() -> None:
    for pix_fmt, expected in (("yuv420p", [0, 0, 128, 255, 255]), ("yuvj420p", None)):
        image = FrameConverter(ramp(pix_fmt)).convert(ramp(pix_fmt))[0, :, 0].astype(int)
        values = image[[0, 16, 126, 235, 255]]
        assert np.abs(values - (expected or [0, 16, 126, 235, 255])).max() <= 1


def test_colour_of_hd_matrix_is_not_taken_from_the_brightness_plane() -> None:
    green = np.zeros((16, 256, 3), np.uint8)
    green[..., 1] = 200
    frame = av.VideoFrame.from_ndarray(green, "rgb24").reformat(
        format="yuv420p", dst_colorspace="ITU709"
    )
    frame.colorspace = 1
    gray = FrameConverter(frame, True).convert(frame)
    assert np.abs(gray.astype(int) - to_gray(green).astype(int)).max() <= 2


def test_a_picture_does_not_share_memory_with_the_decoder() -> None:
    frame = av.VideoFrame.from_ndarray(np.full((8, 32, 3), 9, np.uint8), "rgb24")
    converter = FrameConverter(frame, False)
    converter.convert(frame)[:] = 200
    assert converter.convert(frame).max() == 9
