import pytest

from sleap.nn.data.split import split


@pytest.mark.parametrize("n", [1, 2, 3, 10, 97])
@pytest.mark.parametrize("val_size", [0, 0.01, 0.1, 0.5, 0.99])
def test_every_frame_is_on_one_side(n, val_size):
    train, val = split(n, val_size, seed=3)
    assert sorted(train + val) == list(range(n))
    assert train == sorted(train)
    assert train
    if n > 1:
        assert bool(val) == (val_size > 0)


def test_fraction():
    assert len(split(100, 0.1, seed=0)[1]) == 10


def test_seed_decides():
    assert split(50, 0.2, seed=1) == split(50, 0.2, seed=1)
    assert split(50, 0.2, seed=1) != split(50, 0.2, seed=2)


def test_all_for_validation_is_refused():
    with pytest.raises(ValueError, match="below 1"):
        split(10, 1.0, seed=0)
