"""Random changes that make a few labeled frames stand for many.

To add one: a module with a class, and its line here. The order of the lines is the order of work.
"""

from sleap.nn.data.augment import (  # noqa: I001  the order of work
    rotation,
    scaling,
    flip,
    contrast,
    brightness,
    uniform_noise,
    gaussian_noise,
)

__all__ = [
    "brightness",
    "contrast",
    "flip",
    "gaussian_noise",
    "rotation",
    "scaling",
    "uniform_noise",
]
