"""Videos made on the spot, whose frames carry their number."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest

Image = npt.NDArray[np.uint8]

N_BITS = 10
BLOCK = 8


def draw_number(number: int, height: int = 48, width: int = 96) -> Image:
    """Draw a frame: its number as bright and dark blocks, over a bar that moves."""
    image = np.full((height, width), 100, dtype=np.uint8)
    image += np.linspace(0, 60, width).astype(np.uint8)
    left = (5 * number) % (width - 8)
    image[20:40, left : left + 8] = 180
    for bit in range(N_BITS):
        value = 220 if number >> bit & 1 else 30
        image[4 : 4 + BLOCK, 4 + bit * BLOCK : 4 + (bit + 1) * BLOCK] = value
    return image


def read_number(image: Image) -> int:
    """Read the number off a frame, from its blocks."""
    gray = image[:, :, 1] if image.shape[2] == 3 else image[:, :, 0]
    middles = [4 + bit * BLOCK + BLOCK // 2 for bit in range(N_BITS)]
    return sum(1 << bit for bit, x in enumerate(middles) if gray[6:10, x - 2 : x + 2].mean() > 125)


@pytest.fixture
def numbered() -> Callable[..., Image]:
    """Draw a numbered frame."""
    return draw_number


@pytest.fixture
def number_of() -> Callable[[Image], int]:
    """Read the number off a frame."""
    return read_number


@pytest.fixture
def make_video(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a video of numbered frames."""

    def make(
        name: str,
        n_frames: int = 40,
        *,
        codec: str = "libx264",
        pix_fmt: str = "yuv420p",
        size: tuple[int, int] = (48, 96),
        options: dict[str, str] | None = None,
        times: Callable[[int], int] | None = None,
        colour: bool = False,
        context: dict[str, Any] | None = None,
    ) -> Path:
        path = tmp_path / name
        with av.open(str(path), "w") as container:
            stream = container.add_stream(codec, rate=25, options=options or {})
            stream.height, stream.width = size
            stream.pix_fmt = pix_fmt
            for key, value in (context or {}).items():
                setattr(stream.codec_context, key, value)
            if times is not None:
                stream.codec_context.time_base = Fraction(1, 1000)
            for number in range(n_frames):
                image = draw_number(number, *size)
                if colour:
                    image = np.stack([image, image, 255 - image // 2], axis=2)
                form = "rgb24" if colour else "gray"
                frame = av.VideoFrame.from_ndarray(image, form).reformat(format=pix_fmt)
                frame.pts = number if times is None else times(number)
                frame.time_base = Fraction(1, 25 if times is None else 1000)
                for packet in stream.encode(frame):
                    container.mux(packet)
            for packet in stream.encode(None):
                container.mux(packet)
        return path

    return make
