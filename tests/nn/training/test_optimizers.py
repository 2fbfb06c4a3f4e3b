import pytest

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.training.optimizers import make_optimizer


@pytest.mark.parametrize("amsgrad", [True, False])
def test_adam(amsgrad):
    optimizer = make_optimizer(TrainerConfig(amsgrad=amsgrad, learning_rate=0.25))
    assert type(optimizer).__name__ == "Adam"
    assert optimizer.amsgrad is amsgrad
    assert float(optimizer.learning_rate) == 0.25


def test_rmsprop_is_what_it_is_called():
    assert type(make_optimizer(TrainerConfig(optimizer="rmsprop"))).__name__ == "RMSprop"
