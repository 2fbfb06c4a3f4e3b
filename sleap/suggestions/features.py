"""An image as a vector: its pixels, its corners, or the directions of its edges.

All vectors together take at most ``MAX_BYTES``: images are shrunk as far as that needs.
"""

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt

from sleap.suggestions.clustering import Matrix, k_means, nearest
from sleap.suggestions.options import ImageFeaturesOptions
from sleap.video.reader import Image

MAX_BYTES = 128 * 2**20
"""Memory for the vectors of all images."""

CELL = 8
"""Side of the cells in which directions of edges are counted, pixels."""
N_DIRECTIONS = 9
HOG_SIDE = 256
"""Longest side of an image whose edges are looked at, pixels; larger ones are shrunk."""

N_CORNERS = 500
"""The most corners of one image: the strongest."""
N_LEARNED = 10_000
"""The most corners from which their kinds are learned."""

Bits = npt.NDArray[np.uint8]


def describe_images(
    images: Iterable[Image], n_images: int, options: ImageFeaturesOptions, seed: int
) -> Matrix:
    """Make a vector of each image.

    Args:
        images: (height, width, channels) uint8; looked at one by one, none is kept.
        n_images: How many there are.
        options: Which vectors.
        seed: What chance follows from.

    Returns:
        (n_images, d) float32.
    """
    if options.feature_type == "brisk":
        return _corners(images, n_images, options, seed)
    n_values = max(1, MAX_BYTES // 4 // max(n_images, 1))
    describe = _pixels if options.feature_type == "raw_images" else _edges
    size: tuple[int, int] | None = None
    result = np.zeros((0, 0), np.float32)
    for number, image in enumerate(images):
        gray = _gray(image)
        size = size or _shrunk_size(gray.shape, options, n_values)
        vector = describe(_resize(gray, *size))
        if not number:
            result = np.zeros((n_images, len(vector)), np.float32)
        result[number] = vector
    return result


def _gray(image: Image) -> Image:
    if image.shape[2] == 1:
        return image[:, :, 0]
    gray: Image = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    return gray


def _resize(gray: Image, height: int, width: int) -> Image:
    if gray.shape == (height, width):
        return gray
    return cv2.resize(gray, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8)


def _shrunk_size(
    shape: tuple[int, ...], options: ImageFeaturesOptions, n_values: int
) -> tuple[int, int]:
    """Return the (height, width) at which an image is described."""
    height, width = (side * options.scale for side in shape[:2])
    if options.feature_type == "hog":
        factor = min(1.0, HOG_SIDE / max(height, width))
        n_here = height * width * factor**2 / CELL**2 * N_DIRECTIONS
        factor *= min(1.0, (n_values / max(n_here, 1)) ** 0.5)
        rows, columns = (max(1, round(side * factor / CELL)) for side in (height, width))
        return rows * CELL, columns * CELL
    factor = min(1.0, (n_values / (height * width)) ** 0.5)
    return max(1, int(height * factor)), max(1, int(width * factor))


def _pixels(image: Image) -> Matrix:
    pixels: Matrix = image.ravel().astype(np.float32)
    return pixels


def _edges(image: Image) -> Matrix:
    """Count the directions of edges in cells (Dalal and Triggs 2005), normalized over 3x3 cells.

    Args:
        image: (height, width) uint8, multiples of ``CELL``.

    Returns:
        (n_cells * N_DIRECTIONS,) float32.
    """
    pixels = image.astype(np.float32)
    dx = np.zeros_like(pixels)
    dy = np.zeros_like(pixels)
    dx[:, 1:-1] = pixels[:, 2:] - pixels[:, :-2]
    dy[1:-1] = pixels[2:] - pixels[:-2]
    strength = np.hypot(dx, dy)
    direction = np.arctan2(dy, dx) % np.pi * (N_DIRECTIONS / np.pi)
    low = np.floor(direction)
    share = direction - low
    rows, columns = image.shape[0] // CELL, image.shape[1] // CELL
    cell = (np.arange(image.shape[0]) // CELL)[:, None] * columns + np.arange(
        image.shape[1]
    ) // CELL
    counts = np.zeros(rows * columns * N_DIRECTIONS)
    for bins, weights in ((low, strength * (1 - share)), (low + 1, strength * share)):
        places = cell * N_DIRECTIONS + bins.astype(np.int64) % N_DIRECTIONS
        counts += np.bincount(places.ravel(), weights.ravel(), minlength=len(counts))
    grid = counts.reshape(rows, columns, N_DIRECTIONS)
    squares = (grid * grid).sum(axis=2)
    energy = cv2.boxFilter(squares, -1, (3, 3), normalize=False, borderType=cv2.BORDER_REPLICATE)
    normalized: Matrix = (grid / np.sqrt(energy + 1)[:, :, None]).astype(np.float32)
    return normalized.ravel()


def _corners(
    images: Iterable[Image], n_images: int, options: ImageFeaturesOptions, seed: int
) -> Matrix:
    """Count which kinds of corners each image has; the kinds are learned from all images.

    OpenCV 5 has no BRISK any more. ORB (Rublee et al. 2011) also describes FAST corners by bits.
    """
    n_corners = max(16, min(N_CORNERS, MAX_BYTES // 64 // max(n_images, 1)))
    detector = cv2.ORB.create(nfeatures=n_corners, fastThreshold=options.brisk_threshold)
    found: list[Bits] = []
    for image in images:
        gray = _gray(image)
        height, width = (max(1, round(side * options.scale)) for side in gray.shape)
        bits = detector.detectAndCompute(_resize(gray, height, width), None)[1]
        found.append(np.zeros((0, 32), np.uint8) if bits is None else bits.astype(np.uint8))
    counts = np.zeros((n_images, options.vocab_size), np.float32)
    every = np.concatenate(found)
    if not len(every):
        return counts
    random = np.random.default_rng(seed)
    learned = every[random.permutation(len(every))[:N_LEARNED]]
    centers = k_means(_spell_out(learned), options.vocab_size, random, n_starts=1)[1]
    for number, bits in enumerate(found):
        if len(bits):
            kinds = nearest(_spell_out(bits), centers)[0]
            counts[number] = np.bincount(kinds, minlength=options.vocab_size) / len(bits)
    return counts


def _spell_out(bits: Bits) -> Matrix:
    """Return (n, 256) 0 or 1: so the squared distance is the number of different bits."""
    return np.unpackbits(bits, axis=1).astype(np.float32)
