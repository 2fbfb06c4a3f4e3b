import attrs
import numpy as np
import pytest

from sleap.nn.data.example import Address, Batch


def test_address_of_a_whole_frame_has_no_instance():
    assert Address(3).instance is None
    assert Address(3, 1) == Address(3, 1) != Address(3)


def test_batch_cannot_be_exchanged_in_part():
    batch = Batch(np.zeros((1, 8, 8, 1), np.float32), np.zeros((1, 4, 4, 2), np.float32))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        batch.images = batch.targets
