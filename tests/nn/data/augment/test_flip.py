import numpy as np

from sleap.nn.data.augment.flip import Flip


def test_half_of_the_examples_are_mirrored():
    rng = np.random.default_rng(0)
    drawn = [Flip().linear(rng) for _ in range(400)]
    mirrored = [matrix for matrix in drawn if matrix is not None]
    assert 150 < len(mirrored) < 250
    assert all(np.linalg.det(matrix) == -1 for matrix in mirrored)
