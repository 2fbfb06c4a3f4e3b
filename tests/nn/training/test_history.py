import math

from sleap.nn.training.history import Epoch, History


def test_best_is_the_lowest_watched_figure():
    epochs = [Epoch(0, 1.0, 3.0, 0.1, 1), Epoch(1, 2.0, 1.0, 0.1, 1), Epoch(2, 0.5, 2.0, 0.1, 1)]
    assert History("val_loss", epochs).best is epochs[1]
    assert History("loss", epochs).best is epochs[2]
    assert History().best is None


def test_loss_stands_in_for_a_missing_val_loss():
    assert Epoch(0, 1.5, math.nan, 0.1, 1).figure("val_loss") == 1.5


def test_waited_share():
    assert History().waited_share == 0
    assert History(seconds=10, waited_s=1).waited_share == 0.1
