"""The optimizers, by their names in profiles."""

from typing import Any

from sleap.nn.config.optimization import TrainerConfig


def make_optimizer(trainer: TrainerConfig) -> Any:
    """Make the optimizer that a profile names.

    Args:
        trainer: ``optimizer`` ("adam" or "rmsprop"), ``amsgrad`` and ``learning_rate``.

    Returns:
        A Keras optimizer: Adam (Kingma and Ba 2015), with ``amsgrad`` in the variant of Reddi et
        al. 2018; or RMSprop.
    """
    import keras

    if trainer.optimizer == "rmsprop":
        return keras.optimizers.RMSprop(learning_rate=trainer.learning_rate)
    return keras.optimizers.Adam(learning_rate=trainer.learning_rate, amsgrad=trainer.amsgrad)
