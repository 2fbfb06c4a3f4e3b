"""Random numbers drawn once and read many times.

Drawing a normal number for each pixel of each example costs more than the rest of an example
together; a random stretch of numbers drawn beforehand serves as well.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from sleap.nn.data.example import Float32Array

SPARE = 1 << 20
"""How many numbers a bank has beyond the largest stretch read from it."""


def normal(n: int, rng: np.random.Generator) -> Float32Array:
    """Return ``n`` numbers of mean 0 and standard deviation 1 (a view, not to be written to)."""
    return _stretch(n, rng, _normal_bank)


def uniform(n: int, rng: np.random.Generator) -> Float32Array:
    """Return ``n`` numbers between 0 and 1 (a view, not to be written to)."""
    return _stretch(n, rng, _uniform_bank)


def _stretch(
    n: int, rng: np.random.Generator, bank_of: Callable[[int], Float32Array]
) -> Float32Array:
    bank = bank_of(1 << max(n - 1, 1).bit_length())
    first = int(rng.integers(0, len(bank) - n + 1))
    return bank[first : first + n]


@lru_cache(maxsize=4)
def _normal_bank(n: int) -> Float32Array:
    return _frozen(np.random.default_rng(n).standard_normal(n + SPARE, dtype=np.float32))


@lru_cache(maxsize=4)
def _uniform_bank(n: int) -> Float32Array:
    return _frozen(np.random.default_rng(n).random(n + SPARE, dtype=np.float32))


def _frozen(bank: Float32Array) -> Float32Array:
    bank.setflags(write=False)
    return bank
